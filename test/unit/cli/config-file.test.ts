import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseConfigFile } from '../../../src/cli/config-file.ts';
import { LpError } from '../../../src/model/error.ts';
import { exitStatus } from '../../../src/model/exit-status.ts';

const lines: readonly (readonly [shows: string, line: string, name: string, value: string])[] = [
  ['a plain pair', 'DB_PATH=/var/lib/lp.db', 'DB_PATH', '/var/lib/lp.db'],
  ['spaces around =', '  max-line =  64K  ', 'max-line', '64K'],
  ['export', 'export LP_TZ=UTC', 'LP_TZ', 'UTC'],
  ['an empty value', 'LP_TZ=', 'LP_TZ', ''],
  ['an = in the value', 'A=b=c', 'A', 'b=c'],
  ['a comment behind a value', 'A=b # why', 'A', 'b'],
  ['a # inside a value', 'A=b#c', 'A', 'b#c'],
  ['a comment in place of a value', 'A= # none', 'A', ''],
  ['double quotes', 'A=" b # c " # why', 'A', ' b # c '],
  ['escapes in double quotes', String.raw`A="a\"b\\c\nd\$e"`, 'A', 'a"b\\c\nd$e'],
  ['single quotes, which keep all as it is', String.raw`A='a\nb"'`, 'A', String.raw`a\nb"`],
  ['dollars, which are not expanded', 'A=$HOME', 'A', '$HOME'],
];
for (const [shows, line, name, value] of lines) {
  test(`parseConfigFile takes ${shows}`, () => {
    assert.deepEqual(parseConfigFile(line, 'f'), [{ section: '', name, value, place: 'f:1' }]);
  });
}

test('parseConfigFile keeps track of sections and lines, whatever the line ends', () => {
  const text = '\ufeff# settings\r\nA=1\r\n; old style\r\n[parse]\r\nb = 2\r\n\r\n [ lp-Store ] # ours\r\nc=3';
  assert.deepEqual(parseConfigFile(text, '/etc/x'), [
    { section: '', name: 'A', value: '1', place: '/etc/x:2' },
    { section: 'parse', name: 'b', value: '2', place: '/etc/x:5' },
    { section: 'store', name: 'c', value: '3', place: '/etc/x:8' },
  ]);
});

const bad: readonly (readonly [line: string, message: RegExp])[] = [
  ['just words', /^f:2: expected NAME=VALUE, \[section\] or # comment$/],
  ['[parse', /^f:2: expected NAME=VALUE/],
  ['=x', /^f:2: expected NAME=VALUE/],
  ['A="open', /^f:2: a quoted value must end with its " on the same line$/],
  ["A='a' b", /^f:2: a quoted value must end with its '/],
];
for (const [line, message] of bad) {
  test(`parseConfigFile refuses: ${line}`, () => {
    assert.throws(
      () => parseConfigFile(`A=1\n${line}\n`, 'f'),
      (thrown) => {
        assert(thrown instanceof LpError);
        assert.equal(thrown.status, exitStatus.config);
        assert.match(thrown.message, message);
        return true;
      },
    );
  });
}
