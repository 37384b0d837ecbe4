import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planFor } from '../../src/parse/structured/plan-for.ts';
import { fc } from '../support/generated.ts';
import { text } from '../support/members.ts';
import { parseLines } from '../support/parse-lines.ts';

const name = fc.constantFrom(
  ...['MESSAGE', 'PRIORITY', 'SYSLOG_IDENTIFIER', '_COMM', '_HOSTNAME', 'SYSLOG_PID', '_PID', '_SOURCE_REALTIME_TIMESTAMP'],
  ...['__CURSOR', '_SYSTEMD_UNIT', 'time', 'level', 'msg', '__proto__', '7'],
);
const value = fc.oneof(
  { weight: 3, arbitrary: text },
  fc.constantFrom('0', '6', '7', '8', '06', '801', '1795354560123456', '179535456012345', '1795354560123999', '-1', ' 6 ', '1e3'),
  fc.constantFrom(
    ...['sshd', 'sudo', 'Failed password for root from 203.0.113.5 port 4022 ssh2', '{"level":50,"msg":"x"}', 'level=warn msg=x'],
    ...['Accepted publickey for deploy from 192.0.2.10 port 50022 ssh2', '2026-11-22 13:36:00 x', '[1]', ' spaced '],
  ),
  fc.constantFrom<unknown>(6, null, true, ['a', 'b'], [104, 105], []),
);
const entry = fc
  .tuple(fc.array(fc.tuple(name, value), { maxLength: 9 }), fc.oneof(fc.constant('1795354560123456'), value))
  .map(([members, time]): Record<string, unknown> => ({ ...Object.fromEntries(members), __REALTIME_TIMESTAMP: time }));

test('the kernel reads entries of the journal as code does, whatever is in them', async () => {
  await fc.assert(
    fc.asyncProperty(entry, fc.array(text, { minLength: 3 }), async (journal, texts) => {
      const line = JSON.stringify(journal);
      let next = 0;
      const other = JSON.stringify(journal, (_, one: unknown) => (typeof one === 'string' ? texts[next++ % texts.length] : one));
      const lines = [line, line, line, other, line, '{"level":30,"msg":"x"}', line, line];
      const { counts } = await parseLines(lines, { kind: 'raw' });
      assert.equal(counts.lines, lines.length);
    }),
    { numRuns: 500 },
  );
});

test('an entry of the journal is read by a plan unless one of its fields is a list', () => {
  assert.ok(planFor('{"__REALTIME_TIMESTAMP"s"MESSAGE"s"_PID"s}'));
  assert.equal(planFor('{"__REALTIME_TIMESTAMP"s"MESSAGE"[n]}'), undefined);
});
