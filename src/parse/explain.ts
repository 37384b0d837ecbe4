import { joined, type PrintableText, printable } from '../io/printable.ts';
import type { Compiled, CompiledFormat } from './compiled.ts';
import { EntryReader } from './entry-reader.ts';
import { fieldNames } from './fields.ts';
import { withoutColours } from './inside.ts';
import type { ReaderOptions } from './reader.ts';
import { heldIn } from './scan/held-in.ts';
import type { LineScanner } from './scan/line-scanner.ts';
import { Scanner } from './scan/scanner.ts';
import { held } from './scan/slots.ts';
import { padded } from './slack.ts';
import { Clock, qualityNames } from './time/clock.ts';
import { numberAt } from './time/digits.ts';

/** Tells people how a line is read: which formats nearly took it, which took it, and each field's origin. */
export type Explain = (line: string) => PrintableText;

/** How much of a line is shown where a format failed. */
const shownBytes = 24;
/** Formats that are shown of those that were tried before: the ones that came furthest. */
const shownRefusals = 3;

/** A format that does not read a line; `read` is how many bytes of it do fit, 0 where nobody knows. */
interface Refusal {
  readonly format: CompiledFormat;
  readonly read: number;
}

/** Makes the explanation of lines by these formats, in the order in which they are tried. */
export async function explainer(compiled: Compiled, options: ReaderOptions): Promise<Explain> {
  const { formats } = compiled;
  const forScanner = await compiled.forScanner();
  const clock = new Clock(options);
  const scanner = new Scanner(forScanner.image, clock);
  const entries = new EntryReader(formats, forScanner, { scanner, clock });
  return (line) => {
    const text = Buffer.from(line);
    const plain = withoutColours({ bytes: text, from: 0, to: text.length }) ?? text;
    const bytes = padded(plain);
    const refusals: Refusal[] = [];
    for (const format of formats) {
      if (!entries.read(format, { bytes, from: 0, to: plain.length })) {
        refusals.push({ format, read: format.program < 0 ? 0 : scanner.furthest });
        continue;
      }
      const lines = [printable(line), ...refused(refusals, plain, options.format?.name)];
      const [outer, ...inner] = entries.chain;
      lines.push(printable(`  ${outer?.name} reads it: ${outer?.title}`));
      for (const { name, title } of inner) lines.push(printable(`    ${name} reads the line in it: ${title}`));
      const time = entries.hasTime ? `${clock.text.toString('latin1')}${note(qualityNames[clock.quality])}` : 'not in the line';
      lines.push(printable(`    timestamp = ${time}`), ...fieldsOf(entries));
      return joined([...lines, printable('')], '\n');
    }
    throw new TypeError('a format reads every line as text');
  };
}

/** Those that came furthest, but for those that only looked for a word up to the end; the one that was asked for, and how many others there were. */
function refused(refusals: readonly Refusal[], plain: Uint8Array, asked: string | undefined): readonly PrintableText[] {
  const nearest = refusals.filter(({ read }) => read > 0 && read < plain.length).sort((a, b) => b.read - a.read);
  const shown = new Set([...nearest.slice(0, shownRefusals), ...refusals.filter(({ format }) => format.name === asked)]);
  const others = refusals.length - shown.size;
  return [
    ...refusals.filter((refusal) => shown.has(refusal)).map((refusal) => refusalOf(refusal, plain)),
    ...(others > 0 ? [printable(`  ${others} ${shown.size > 0 ? 'others' : 'formats'} do not read it`)] : []),
  ];
}

function refusalOf({ format, read }: Refusal, plain: Uint8Array): PrintableText {
  if (format.program < 0) return printable(`  ${format.name} does not read it`);
  const place = Buffer.from(plain.subarray(read, read + shownBytes)).toString('utf8');
  return printable(`  ${format.name} does not fit ${place === '' ? 'at the end' : `at "${place}"`}`);
}

function note(quality: string | undefined): string {
  return quality === undefined ? '' : ` (${quality})`;
}

function fieldsOf({ scanner, bytes, texts, chain }: EntryReader): PrintableText[] {
  // What code has read, or what stands in another line, has no place in this one.
  const hasPlaces = chain.length === 1 && (chain[0]?.program ?? -1) >= 0;
  return fieldNames.flatMap((name, slot) => {
    const text = texts.get(slot);
    if (text !== undefined) return [printable(`    ${name} = ${text}`)];
    const found = heldIn(scanner, bytes, slot);
    if (found === undefined) return [];
    return [printable(`    ${name} = ${found.json}${originOf(scanner, slot, hasPlaces)}`)];
  });
}

function originOf({ slots }: LineScanner, slot: number, hasPlaces: boolean): string {
  const kind = slots.held[slot];
  if (kind === held.json) return '  (what this kind of line means)';
  if (kind === held.session) return '  (an earlier line)';
  return hasPlaces ? `  (bytes ${numberAt(slots.from, slot)} to ${numberAt(slots.to, slot)})` : '';
}
