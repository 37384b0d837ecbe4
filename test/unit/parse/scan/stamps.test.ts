/*
 * The kernel knows a stamp again by what it has read last, and asks the host only where something else may stand behind it.
 * What stood behind the last one must not tell how the next one is read; `parseLines` holds the kernel against the scanner.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseLines } from '../../../support/parse-lines.ts';

const stamps = [
  '2026-11-22 01:36:00',
  '2026-11-22 01:36:00.123',
  '2026-11-22T01:36:00Z',
  '05/06/2026 01:36:00',
  '22/Nov/2026:01:36:00',
  'Nov 22 01:36:00',
  '22.11.2026 1:36:00',
  '1795354560',
  '01:36:00',
];
const tails = [
  ' WARN x',
  ' UTC x',
  ' UT.123 x',
  ' UTC.123 x',
  ' [7] x',
  ' [UTC] x',
  '[Europe/Berlin] x',
  '[Europe/Berlin_] x',
  ' Europe/Berlin x',
  ' Europe/Nowhere x',
  ' EuropeBerlin x',
  ' PM x',
  'PM x',
  ' pm: x',
  ' pmx x',
  ' am CET x',
  ' CETX x',
  ' 2026 x',
  ' 2025 CET x',
  ' 20265 x',
  ' +0100 x',
  ' + x',
  ' +01',
  '+01:00 x',
  ' - x',
  ' -0800] x',
  '.5 x',
  ',5 x',
  ':500 x',
  ', x',
  ']: x',
  '> x',
  '"x',
  '\tx',
  '  x',
  '',
  ' ',
  ' é',
  'Z x',
  'x',
];

for (const stamp of stamps) {
  test(`${stamp} is read in the same way, whatever stood behind the one before`, async () => {
    const later = stamp.replace('36:00', '36:59');
    const lines = tails.flatMap((first) => tails.flatMap((second) => [`${stamp}${first}`, `${later}${second}`]));
    const { counts } = await parseLines(lines, { kind: 'raw' });
    assert.equal(counts.lines, lines.length);
  });
}
