import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstSeed } from '../support/generated.ts';
import { numbersFrom } from '../support/log-lines.ts';
import { parseBytes } from '../support/parse-lines.ts';
import { allSamples } from '../support/samples.ts';

/** Longer with LP_FUZZ_SECONDS, and from elsewhere with LP_TEST_SEED; the seed of a failure is in its message. */
const seconds = Number(process.env['LP_FUZZ_SECONDS'] ?? 5);
const linesPerRound = 64;
/** A line of a log, even on a busy machine, and all its lines together. */
const roundMs = 2_000;

const lines = allSamples.map(({ line }) => Buffer.from(line));
const pieces = [...new Set(allSamples.flatMap(({ line }) => line.match(/[^\w ]+|\w+| +/g) ?? []))].map((text) =>
  Buffer.from(text),
);
const nasty = ['%', '::', '-', '"', '\\', '\\"', "='", '="', '[', ']', '{', '}', '<', '\0', '\r', '\u2028', '😀', '\ufffd'].map(
  (text) => Buffer.from(text),
);

/** One change that an attacker, a crash or an odd program may make. */
function mutated(line: Buffer, next: () => number): Buffer {
  const place = (): number => Math.floor(next() * (line.length + 1));
  const one = <T>(list: readonly T[], other: T): T => list[Math.floor(next() * list.length)] ?? other;
  const at = place();
  const to = Math.min(line.length, at + Math.floor(next() * 12));
  const cuts: readonly (() => Buffer)[] = [
    () => line.subarray(0, at),
    () => line.subarray(at),
    () => Buffer.concat([line.subarray(0, at), line.subarray(to)]),
    () => Buffer.concat([line.subarray(0, to), line.subarray(at)]),
    () => Buffer.concat([line.subarray(0, at), one(nasty, line), line.subarray(at)]),
    () => Buffer.concat([line.subarray(0, at), one(pieces, line), line.subarray(to)]),
    () => Buffer.concat([line.subarray(0, at), Buffer.from([Math.floor(next() * 256)]), line.subarray(at + 1)]),
    () => Buffer.concat([line.subarray(0, at), one(lines, line).subarray(place())]),
    () => Buffer.concat(Array.from({ length: 1 + Math.floor(next() * 20) }, () => line.subarray(at, to + 1))),
  ];
  return one(cuts, () => line)();
}

function streamOf(seed: number): Buffer {
  const next = numbersFrom(seed);
  const all: Buffer[] = [];
  for (let index = 0; index < linesPerRound; index++) {
    let line: Buffer = lines[Math.floor(next() * lines.length)] ?? Buffer.alloc(0);
    for (let changes = Math.floor(next() * 4); changes > 0; changes--) line = mutated(line, next);
    all.push(Buffer.from(line.filter((byte) => byte !== 0x0a)), Buffer.from('\n'));
  }
  return Buffer.concat(all);
}

test(`mutated lines are all read, and in time, for ${seconds} s`, async () => {
  const endMs = performance.now() + seconds * 1_000;
  for (let seed = firstSeed; performance.now() < endMs; seed++) {
    const startMs = performance.now();
    const { counts, records } = await parseBytes([streamOf(seed)], { kind: 'raw' }).catch((thrown: unknown) => {
      throw new Error(`seed ${seed}`, { cause: thrown });
    });
    assert.equal(counts.lines, linesPerRound, `seed ${seed}`);
    assert.equal(counts.lines, counts.records + counts.joined, `seed ${seed}`);
    assert.equal(counts.records, records.length, `seed ${seed}`);
    assert.ok(performance.now() - startMs < roundMs, `seed ${seed} took ${Math.round(performance.now() - startMs)} ms`);
  }
});
