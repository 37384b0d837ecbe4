/*
 * The nights in which clocks are changed: a log without zones shows one hour twice, or leaves one out, and all in it is
 * counted as in any other.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { decodeLine } from '../../src/model/decode.ts';
import type { Finding } from '../../src/model/envelope.ts';

const bin = fileURLToPath(new URL('../../bin', import.meta.url));
const directory = mkdtempSync(join(tmpdir(), 'lp-dst-'));
after(() => rmSync(directory, { recursive: true }));

const stepMs = 20_000;
const berlin = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Berlin',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

/** Guesses at a password for two hours around a moment, as sshd logs them in Berlin, the first hour and the second. */
function guessesAround(moment: string, day: string): readonly (readonly string[])[] {
  const startMs = Date.parse(moment) - 3_600_000;
  const lines = Array.from({ length: 7_200_000 / stepMs }, (_, index) => {
    const time = berlin.format(startMs + index * stepMs);
    return `${day} ${time} web1 sshd[801]: Failed password for root from 203.0.113.5 port ${1024 + index} ssh2\n`;
  });
  return [lines.slice(0, lines.length / 2), lines.slice(lines.length / 2)];
}

function findingsOf(command: string, now: string): readonly Finding[] {
  const PATH = `${bin}${delimiter}${process.env['PATH'] ?? ''}`;
  const env = { PATH, HOME: directory, TZ: 'Europe/Berlin', LC_ALL: 'C.UTF-8', NO_COLOR: '1' };
  const output = execFileSync('sh', ['-c', `${command.replace('lp-parse', `lp-parse --now ${now}`)} | lp-filter | lp-analyze`], {
    ...{ cwd: directory, env, encoding: 'utf8' },
  });
  const last = new Map<string, Finding>();
  for (const line of output.split('\n').filter(Boolean)) {
    const decoded = decodeLine(line);
    if (decoded.ok && decoded.envelope.type === 'finding') last.set(decoded.envelope.id, decoded.envelope);
  }
  return [...last.values()].filter(({ rule }) => rule.name === 'lp.ssh_bruteforce');
}

for (const [what, moment, day] of [
  ['back', '2026-10-25T01:00:00Z', 'Oct 25'],
  ['forward', '2026-03-29T01:00:00Z', 'Mar 29'],
] as const)
  test(`no guess is lost in the night in which clocks are put ${what}, in one log or two`, () => {
    const hours = guessesAround(moment, day);
    writeFileSync(join(directory, 'auth.log.1'), hours[0]?.join('') ?? '');
    writeFileSync(join(directory, 'auth.log'), hours[1]?.join('') ?? '');
    writeFileSync(join(directory, 'whole.log'), hours.flat().join(''));
    const now = `${moment.slice(0, 10)}T12:00:00Z`;
    for (const command of [
      'lp-parse whole.log',
      'lp-tail --once --from beginning auth.log --since 2020-01-01 | lp-parse',
      'cat whole.log | lp-parse',
    ]) {
      const counts = findingsOf(command, now).map(({ count }) => count);
      assert.equal(
        counts.reduce((sum, count) => sum + count, 0),
        7_200_000 / stepMs,
        `${command}: ${counts.join(' + ')}`,
      );
    }
  });
