/*
 * A long line must cost no more than many short ones of the same bytes: whoever can write to a log could otherwise stop its
 * reader. Lines are made of what each format looks for, again and again, behind a start that the format takes.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Element, Pattern } from '../../src/parse/pattern.ts';
import { catalog, parseBytes } from '../support/parse-lines.ts';

const shortBytes = 1_024;
const longBytes = 64 * shortBytes;
/** What a long line may cost, as many times as the short ones; quadratic cost shows as 64 times. */
const mostTimes = 8;
/** Too little to tell from what else the machine does. */
const leastMs = 20;

/** The literal texts that a pattern looks for. */
function literalsOf(pattern: Pattern): readonly string[] {
  return pattern.flatMap(textsOf);
}

function textsOf(element: Element): readonly string[] {
  switch (element.kind) {
    case 'literal':
      return [element.text];
    case 'text':
    case 'stops':
      return literalsOf(element.inside ?? []);
    case 'pairs':
      return [...element.keys].flatMap(([key, inside]) => [`${key}=`, ...literalsOf(inside)]);
    case 'oneOf':
      return element.patterns.flatMap(literalsOf);
    case 'not':
      return literalsOf(element.pattern);
    default:
      return [];
  }
}

function repeated(start: string, unit: string, bytes: number): Buffer {
  const line = Buffer.alloc(bytes, unit === '' ? 'x' : unit);
  line.write(start.slice(0, bytes / 2));
  return Buffer.from(line.map((byte) => (byte === 0x0a ? 0x20 : byte)));
}

async function costMs(lines: readonly Buffer[]): Promise<number> {
  const bytes = Buffer.concat(lines.flatMap((line) => [line, Buffer.from('\n')]));
  const startMs = performance.now();
  await parseBytes([bytes], { kind: 'raw', maxLineBytes: longBytes });
  return performance.now() - startMs;
}

/** What else the machine does may make one measurement slow, but not three. */
async function assertLinear(start: string, unit: string): Promise<void> {
  const short = repeated(start, unit, shortBytes);
  const shorts = Array.from({ length: longBytes / shortBytes }, () => short);
  const long = repeated(start, unit, longBytes);
  const costs: string[] = [];
  for (let turn = 0; turn < 3; turn++) {
    const [one, many] = [await costMs([long]), await costMs(shorts)];
    if (one < leastMs || one < mostTimes * many) return;
    costs.push(`${one.toFixed(0)} ms, not ${many.toFixed(0)} ms`);
  }
  assert.fail(`${start.slice(0, 60)} … ${JSON.stringify(unit.slice(0, 40))}: ${costs.join('; ')}`);
}

for (const format of catalog.formats) {
  test(`a long line costs ${format.name} as much as many short ones`, async () => {
    const literals = 'pattern' in format ? [...new Set(literalsOf(format.pattern))] : ['"', '\\', '{"a":', '[', '},{'];
    const start = format.samples.find(({ kind }) => kind === 'good')?.line ?? '';
    for (const unit of [literals.join(''), literals.toReversed().join(''), start]) {
      await assertLinear(start, unit);
      await assertLinear(start.slice(0, start.length / 2), unit);
    }
  });
}

for (const dataset of catalog.datasets) {
  test(`a long message costs ${dataset.name} as much as many short ones`, async () => {
    const literals = [...new Set(dataset.messages.flatMap(literalsOf))];
    const start = dataset.samples.find(({ kind }) => kind === 'good')?.line ?? '';
    const header = `${start.slice(0, start.indexOf(': ') + 2)}${literals[0] ?? ''}`;
    for (const unit of [literals.join(''), literals.toReversed().join('')]) await assertLinear(header, unit);
  });
}
