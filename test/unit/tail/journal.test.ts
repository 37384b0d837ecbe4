import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { after, test } from 'node:test';
import { decodeLine } from '../../../src/model/decode.ts';
import { Journal } from '../../../src/tail/journal.ts';
import { run } from '../../support/process.ts';

const directory = mkdtempSync(join(tmpdir(), 'lp-journal-'));
after(() => rmSync(directory, { recursive: true }));

/** Stands for journalctl: notes how it was called, and gives the entries behind the cursor. */
const fake = `#!/bin/sh
echo "$*" >>${directory}/calls
case "$*" in
  *after-cursor=c2*) ;;
  *after-cursor=c1*) sed -n 2p ${directory}/entries ;;
  *) cat ${directory}/entries ;;
esac
`;
writeFileSync(join(directory, 'journalctl'), fake);
chmodSync(join(directory, 'journalctl'), 0o755);

const entry = (cursor: string, time: number, message: string): string =>
  JSON.stringify({ __CURSOR: cursor, __REALTIME_TIMESTAMP: String(time), MESSAGE: message, SYSLOG_IDENTIFIER: 'sshd' });

const env = { PATH: `${directory}${delimiter}${process.env['PATH']}`, HOME: directory };
const options = ['--once', '--state', join(directory, 'state'), 'journald'];

async function read(): Promise<readonly (readonly [offset: number, text: string])[]> {
  const { output, errors } = await run('tail', options, '', { env });
  assert.equal(errors, '');
  return output.split('\n').flatMap((line) => {
    const decoded = decodeLine(line);
    if (!decoded.ok || decoded.envelope.type !== 'line') return [];
    return [[decoded.envelope.log.offset, JSON.parse(decoded.envelope.original).MESSAGE] as const];
  });
}

test('the journal is read on behind the cursor of the last mark', async () => {
  // A message cannot pass for a cursor.
  writeFileSync(join(directory, 'entries'), `${entry('c1', 1_000_000, 'first "__CURSOR":"x"')}\nnonsense\n`);
  assert.deepEqual(await read(), [[1_000_000, 'first "__CURSOR":"x"']]);
  writeFileSync(join(directory, 'entries'), `${entry('c1', 1_000_000, 'first')}\n${entry('c2', 2_000_000, 'second')}\n`);
  assert.deepEqual(await read(), [[2_000_000, 'second']]);
  assert.deepEqual(await read(), []);
  const calls = readFileSync(join(directory, 'calls'), 'utf8').trim().split('\n');
  assert.deepEqual(
    calls.map((call) => / --after-cursor=\S+/.exec(call)?.[0] ?? ''),
    ['', ' --after-cursor=c1', ' --after-cursor=c2'],
  );
});

test('a journal that cannot be read is told of, and is no reason to leave the rest unread', async () => {
  writeFileSync(join(directory, 'a.log'), 'one\n');
  const { status, output, errors } = await run('tail', [...options, 'journald:none', join(directory, 'a.log')], '', {
    env: { ...env, PATH: directory },
  });
  assert.equal(status, 0);
  assert.match(output, /"original":"one"/);
  assert.match(errors, /^lp-tail: journald:none: .*it is tried again/m);
});

test('a machine without journalctl is told of in one line, and the rest is read', async () => {
  const log = join(directory, 'b.log');
  writeFileSync(log, 'one\n');
  const { status, output, errors } = await run('tail', ['--once', '--state', join(directory, 'other'), 'journald', log], '', {
    env: { ...env, PATH: join(directory, 'nothing') },
  });
  assert.equal(status, 0);
  assert.match(output, /"original":"one"/);
  assert.equal(errors, 'lp-tail: journald: there is no journalctl on this machine; it is tried again\n');
});

test('a journal that cannot be read is tried again, and the same reason is told of once', async (t) => {
  const warnings: string[] = [];
  const parts = { start: 'end', isOnce: false, clock: () => nowMs, warn: (text: string) => warnings.push(text) } as const;
  let [nowMs, ended] = [0, () => {}];
  const journal = new Journal('journald', undefined, { ...parts, onChange: () => ended() });
  const before = process.env['PATH'];
  t.after(() => {
    process.env['PATH'] = before;
  });
  process.env['PATH'] = join(directory, 'nothing');
  for (let tries = 0; tries < 3; tries++) {
    const end = new Promise<void>((resolve) => {
      ended = resolve;
    });
    journal.check();
    await end;
    nowMs += 20_000;
  }
  assert.deepEqual(warnings, ['journald: there is no journalctl on this machine; it is tried again']);
});
