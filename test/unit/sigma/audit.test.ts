import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { LogRecord } from '../../../src/model/envelope.ts';
import { auditValue, commandLineOf } from '../../../src/sigma/audit.ts';
import { record } from '../../support/records.ts';

function audit(code: string, pairs: string): LogRecord {
  return record({
    log: { source: 'audit.log', offset: 0, format: 'auditd', dataset: 'auditd' },
    event: { code },
    original: `type=${code} msg=audit(1795354560.579:2996): ${pairs}`,
  });
}

describe('auditValue', () => {
  const rows: readonly (readonly [string, LogRecord, string, string | undefined])[] = [
    ['takes quotes off', audit('EXECVE', 'argc=1 a0="ls -l"'), 'a0', 'ls -l'],
    ['decodes an argument with odd characters', audit('EXECVE', 'argc=1 a0=6C73202D6C'), 'a0', 'ls -l'],
    ['leaves the numbers of a call to the system alone', audit('SYSCALL', 'syscall=59 a0=6C73'), 'a0', '6C73'],
    ['leaves other words alone', audit('SYSCALL', 'syscall=59 success=yes'), 'success', 'yes'],
    ['does not take the quote around a program’s part', audit('USER_AUTH', "msg='op=x res=failed'"), 'res', 'failed'],
    ['does not take the end of a longer key', audit('SYSCALL', 'auid=1000 uid=0'), 'uid', '0'],
    ['gives nothing for a key that is not there', audit('SYSCALL', 'uid=0'), 'a0', undefined],
    ['gives nothing for a quote that is not closed', audit('EXECVE', 'a0="ls'), 'a0', undefined],
    ['gives nothing for other logs', record({ original: 'x a0="ls"' }), 'a0', undefined],
  ];
  for (const [title, entry, key, expected] of rows)
    it(title, () => {
      assert.equal(auditValue(entry, key), expected);
    });
});

describe('commandLineOf', () => {
  it('joins the arguments of an audit record', () => {
    assert.equal(commandLineOf(audit('EXECVE', 'argc=3 a0="sh" a1="-c" a2=6964203E2078')), 'sh -c id > x');
  });

  it('reads what sudo ran out of an audit record', () => {
    assert.equal(commandLineOf(audit('USER_CMD', `pid=9 msg='cwd="/root" cmd=6C73202D6C terminal=pts/0 res=success'`)), 'ls -l');
  });

  it('takes the command line of other records as it is', () => {
    assert.equal(commandLineOf(record({ process: { command_line: 'ls' } })), 'ls');
    assert.equal(commandLineOf(record({ message: 'ls' })), undefined);
    assert.equal(commandLineOf(audit('SYSCALL', 'a0=55')), undefined);
  });
});
