import { joined, type PrintableText, printable } from '../io/printable.ts';
import type { Compiled, CompiledFormat } from './compiled.ts';
import { fieldNames } from './fields.ts';
import type { Reading } from './format.ts';
import { padded, type ReaderOptions } from './reader.ts';
import { Scanner } from './scan/scanner.ts';
import { held } from './scan/slots.ts';
import type { Stretch } from './scan/values.ts';
import { Clock, qualityNames } from './time/clock.ts';
import { numberAt } from './time/digits.ts';

/** Tells people how a line is read: which formats were tried and how far each came, which took it, and each field's origin. */
export type Explain = (line: string) => PrintableText;

/** How much of a line is shown where a format failed. */
const shownBytes = 24;

/** Makes the explanation of lines by these formats, in the order in which they are tried. */
export function explainer({ formats, image }: Compiled, options: ReaderOptions): Explain {
  const clock = new Clock(options);
  const scanner = new Scanner(image, clock);
  return (line) => {
    const bytes = padded(Buffer.from(line));
    const length = bytes.length - padded(Buffer.alloc(0)).length;
    const lines = [printable(line)];
    for (const format of formats) {
      const { read, entry } = format;
      const fields = read === undefined ? scanFields(scanner, entry, { bytes, from: 0, to: length }) : readFields(read(line));
      if (fields === undefined) {
        lines.push(refusal(format, read !== undefined ? undefined : bytes.subarray(scanner.furthest, length)));
        continue;
      }
      const time = scanner.hasTime ? `${clock.text.toString('latin1')}${note(qualityNames[clock.quality])}` : 'not in the line';
      lines.push(printable(`  ${format.name} reads it: ${format.title}`), printable(`    timestamp = ${time}`), ...fields);
      break;
    }
    return joined([...lines, printable('')], '\n');
  };
}

function refusal(format: CompiledFormat, rest: Uint8Array | undefined): PrintableText {
  if (rest === undefined) return printable(`  ${format.name} does not read it`);
  const place = Buffer.from(rest.subarray(0, shownBytes)).toString('utf8');
  return printable(`  ${format.name} does not fit ${place === '' ? 'at the end' : `at "${place}"`}`);
}

function note(quality: string | undefined): string {
  return quality === undefined ? '' : ` (${quality})`;
}

function readFields(reading: Reading | undefined): PrintableText[] | undefined {
  if (reading === undefined) return undefined;
  const time = reading.timeText ?? reading.timeMs;
  const times = time === undefined ? [] : [printable(`    time = ${time}`)];
  return [...times, ...[...reading.fields].map(([name, value]) => printable(`    ${name} = ${JSON.stringify(value)}`))];
}

function scanFields(scanner: Scanner, entry: number, { bytes, to: end }: Stretch): PrintableText[] | undefined {
  if (!scanner.scan(entry, bytes, 0, end)) return undefined;
  return fieldNames.flatMap((name, slot) => {
    const kind = scanner.slots.held[slot];
    if (kind === held.nothing) return [];
    const from = numberAt(scanner.slots.from, slot);
    const to = numberAt(scanner.slots.to, slot);
    const isOfLine = kind === held.text || kind === held.digits;
    const memory = isOfLine ? bytes : kind === held.json ? scanner.pool : scanner.sessions.bytes;
    const value = Buffer.from(memory.subarray(from, to)).toString('utf8');
    const origin = isOfLine ? `bytes ${from} to ${to}` : kind === held.json ? 'what this kind of line means' : 'an earlier line';
    return [printable(`    ${name} = ${value}  (${origin})`)];
  });
}
