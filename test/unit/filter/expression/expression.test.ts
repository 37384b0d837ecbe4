import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compileExpression, hasRegex } from '../../../../src/filter/expression/expression.ts';
import type { LogRecord } from '../../../../src/model/envelope.ts';
import { LpError } from '../../../../src/model/error.ts';
import { loadRegexEngine } from '../../../../src/sigma/regex.ts';
import { failedLogin, record, request } from '../../../support/records.ts';

const regexes = await loadRegexEngine();
const warned = record({ log: { source: 'a log', offset: 1, format: 'x', level: 'error' } });

const rows: readonly (readonly [expression: string, record: LogRecord, isMatch: boolean])[] = [
  ['http.response.status_code >= 500', request('/', 502), true],
  ['http.response.status_code >= 500', request('/', 404), false],
  ['http.response.status_code >= 500', failedLogin(0), false],
  ['http.response.status_code < 500', failedLogin(0), false],
  ['http.response.status_code = 404', request('/', 404), true],
  ['http.response.status_code == 404', request('/', 404), true],
  ['http.response.status_code<=404', request('/', 404), true],
  ['user.name = ROOT', failedLogin(0), true],
  ['user.name != root', failedLogin(0), false],
  ['user.name != root', request('/'), true],
  ['event.category = authentication', failedLogin(0), true],
  ['source.ip in 203.0.113.0/24', failedLogin(0), true],
  ['source.ip not in 203.0.113.0/24', failedLogin(0), false],
  ['source.ip in (10.0.0.0/8, 203.0.113.5)', failedLogin(0), true],
  ['user.name in [ann, "bob"]', failedLogin(0), false],
  ['source.ip in fe80::/10', failedLogin(0), false],
  ['message contains "FAILED password"', failedLogin(0), true],
  ['message startswith Failed', failedLogin(0), true],
  ["message endswith 'ssh2'", failedLogin(0), true],
  ['message ~ "port \\\\d+ ssh2$"', failedLogin(0), true],
  ['message !~ "^failed"', failedLogin(0), true],
  ['user.name exists', failedLogin(0), true],
  ['user.name not exists', failedLogin(0), false],
  ['log.level >= warning', warned, true],
  ['log.level >= critical', warned, false],
  ['log.level < critical', warned, true],
  ['log.level >= warning', failedLogin(0), false],
  ['log.source = "a log"', warned, true],
  ['timestamp > 2026-11-22T13:36:00Z', failedLogin(1), true],
  ['timestamp > 2026-11-22T13:36:00Z', failedLogin(0), false],
  ['not user.name = root', failedLogin(0), false],
  ['user.name = ann and user.name = bob or user.name = root', failedLogin(0), true],
  ['user.name = ann and (user.name = bob or user.name = root)', failedLogin(0), false],
  ['not user.name = ann AND source.port not exists', failedLogin(0), true],
  ['constructor.name exists', failedLogin(0), false],
];

describe('an expression', () => {
  for (const [expression, entry, isMatch] of rows) {
    it(`${expression} ${isMatch ? 'holds' : 'does not hold'} for ${entry.message ?? entry.original}`, () => {
      assert.equal(compileExpression(expression, regexes).test(entry), isMatch);
    });
  }

  it('needs the engine only for expressions', () => {
    assert.equal(hasRegex('message ~ x'), true);
    assert.equal(hasRegex('message = "~"'), false);
  });
});

const mistakes: readonly (readonly [expression: string, at: number, what: RegExp])[] = [
  ['user.name =', 11, /a value is expected/],
  ['user.name root', 10, /one of =, !=/],
  ['= 5', 0, /name of a field/],
  ['user.name = a user.id = b', 14, /"and" or "or" is missing/],
  ['(user.name = a', 14, /a "\)" is missing/],
  ['message = "abc', 10, /does not end/],
  ['source.ip in 10.0.0.0/99', 13, /not a network/],
  ['source.port > many', 14, /a number is expected/],
  ['log.level > loud', 12, /not a level/],
  ['timestamp > noon', 12, /not a time/],
  ['user.name in (a b)', 16, /a "," or a "\)" is missing/],
  ['message ~ "(?=x)"', 10, /regular expression/],
  ['not and', 4, /name of a field/],
  [`${'('.repeat(200)}a = b`, 100, /nested too deeply/],
];

describe('a mistake in an expression', () => {
  for (const [expression, at, what] of mistakes) {
    it(`has a caret under it: ${expression.slice(0, 40)}`, () => {
      assert.throws(
        () => compileExpression(expression, regexes),
        (thrown) => {
          assert.ok(thrown instanceof LpError, String(thrown));
          assert.equal(thrown.status, 64);
          assert.match(thrown.message, what);
          assert.deepEqual(thrown.details, [expression, `${' '.repeat(at)}^`]);
          return true;
        },
      );
    });
  }
});
