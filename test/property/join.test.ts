/*
 * Lines of one log by several writers, in any order, among lines that go on with others or do not: the kernel and the scanner join
 * them alike, however they are cut into chunks, and each line is accounted for.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { numbersFrom } from '../support/log-lines.ts';
import { cutAt, parseBytes } from '../support/parse-lines.ts';

const texts = ['ERROR:  no such cart', 'LOG:  ready', 'STATEMENT:  SELECT *', 'DETAIL:  of eve', 'HINT:  "x\\y"'];
const others = [
  '\tFROM carts',
  '\tat a.b(C.java:1)',
  'KeyError: 7',
  '',
  '\r',
  '  of it',
  '#0 /srv/index.php(3): add()',
  '203.0.113.5 - - [22/Nov/2026:13:36:00 +0000] "GET / HTTP/1.1" 200 1',
  '2026-11-22 13:36:00,123 ERROR [main] org.example.Cart - no such cart',
  '2026-11-22 13:36:00 INFO ready',
  '[2026-11-22 13:36:00] local.ERROR: x {"a":"b"} []',
  '{"level":"error","msg":"x"}',
  '{"log":"x\\n","stream":"stdout","time":"2026-11-22T13:36:00.5Z"}',
  '\u001b[31m2026-11-22 13:36:02.000 UTC [1] LOG:  red\u001b[0m',
];

function linesFrom(seed: number): Buffer {
  const next = numbersFrom(seed);
  const one = <T>(list: readonly T[]): T | undefined => list[Math.floor(next() * list.length)];
  const share = next();
  const lines = Array.from({ length: 300 }, () => {
    if (next() < share / 2) return one(others);
    const pid = Math.floor(next() * (seed % 3 === 0 ? 4 : 200));
    const second = String(Math.floor(next() * 60)).padStart(2, '0');
    return `2026-11-22 13:36:${second}.123 UTC [${pid}] eve@shop ${one(texts)}`;
  });
  return Buffer.from(`${lines.join('\n')}\n`);
}

for (const seed of [1, 2, 3, 4, 5, 6]) {
  test(`lines of several writers are joined alike, however they come (${seed})`, async () => {
    const bytes = linesFrom(seed);
    const whole = await parseBytes([bytes], { kind: 'raw' });
    assert.equal(whole.counts.lines, whole.counts.records + whole.counts.joined);
    const next = numbersFrom(seed);
    const places = Array.from({ length: 40 }, () => Math.floor(next() * bytes.length));
    const parts = await parseBytes(cutAt(bytes, places), { kind: 'raw' });
    assert.equal(parts.text, whole.text);
    assert.deepEqual(parts.summaries, whole.summaries);
  });
}
