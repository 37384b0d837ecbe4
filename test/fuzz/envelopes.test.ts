/*
 * Envelopes that a broken or odd program may send: members missing, of the wrong type, too large, twice. None may stop the
 * reader, and each is a record, belongs to one, is a dead letter or passes through.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeLine, isFields } from '../../src/model/decode.ts';
import { firstSeed } from '../support/generated.ts';
import { numbersFrom } from '../support/log-lines.ts';
import { parseBytes } from '../support/parse-lines.ts';
import { allSamples } from '../support/samples.ts';

/** Longer with LP_FUZZ_SECONDS, and from elsewhere with LP_TEST_SEED; the seed of a failure is in its message. */
const seconds = Number(process.env['LP_FUZZ_SECONDS'] ?? 3);
const linesPerRound = 64;

const originals = allSamples.map(({ line }) => line);
const odd: readonly unknown[] = [
  null,
  true,
  '',
  '-',
  'x'.repeat(5_000),
  '\u0000\ud800\n',
  0,
  -1,
  1.5,
  1e308,
  Number.MAX_SAFE_INTEGER,
  2 ** 53,
  [],
  {},
  [{}],
  { toString: 1 },
  ['a', 'b'],
];
const names = [
  'schema',
  'type',
  'log',
  'source',
  'offset',
  'dev',
  'inode',
  'original',
  'context',
  'encoding',
  '__proto__',
  'mark',
];

type Next = () => number;
const one = <T>(list: readonly T[], next: Next, other: T): T => list[Math.floor(next() * list.length)] ?? other;

function mutated(value: unknown, next: Next): unknown {
  if (!isFields(value) || next() < 0.1) return one(odd, next, null);
  const members = Object.entries(value);
  const at = Math.floor(next() * members.length);
  const choices: readonly (() => readonly (readonly [string, unknown])[])[] = [
    () => members.filter((_, index) => index !== at),
    () => members.map(([name, inner], index) => [name, index === at ? mutated(inner, next) : inner]),
    () => [...members, [one(names, next, ''), one(odd, next, null)]],
    () => members.map(([name, inner], index) => [index === at ? one(names, next, '') : name, inner]),
    () => members.toReversed(),
  ];
  return Object.fromEntries(one(choices, next, () => members)());
}

function lineOf(next: Next): string {
  const original = one(originals, next, '');
  let value: unknown = {
    schema: 'lp/1',
    type: 'line',
    log: { source: `/var/log/${Math.floor(next() * 4)}`, offset: 77 },
    original,
  };
  for (let changes = Math.floor(next() * 4); changes > 0; changes--) value = mutated(value, next);
  const text = JSON.stringify(value);
  const cut = Math.floor(next() * text.length);
  return next() < 0.05 ? text.slice(0, cut) : next() < 0.05 ? `${text.slice(0, cut)}${text.slice(cut + 1)}` : text;
}

/** Tells whether a line was read before, and is there only for what it tells of those behind it. */
function isContext(line: string): boolean {
  const decoded = decodeLine(line);
  return decoded.ok && decoded.envelope.type === 'line' && decoded.envelope.context === true;
}

test(`envelopes that were changed are all accounted for, for ${seconds} s`, async () => {
  const endMs = performance.now() + seconds * 1_000;
  for (let seed = firstSeed; performance.now() < endMs; seed++) {
    const next = numbersFrom(seed);
    const lines = Array.from({ length: linesPerRound }, () => lineOf(next)).filter((line) => line !== '');
    const { counts, records, others } = await parseBytes([Buffer.from(`${lines.join('\n')}\n`)], { kind: 'envelopes' }).catch(
      (thrown: unknown) => {
        throw new Error(`seed ${seed}`, { cause: thrown });
      },
    );
    assert.equal(counts.lines, counts.records + counts.joined + counts.dead, `seed ${seed}`);
    assert.equal(counts.records, records.length, `seed ${seed}`);
    assert.equal(counts.lines + others.length, lines.filter((line) => !isContext(line)).length, `seed ${seed}`);
  }
});
