import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { exclusionOf } from '../../../src/filter/exclude.ts';
import { type FilterOptions, filter } from '../../../src/filter/filter.ts';
import { defaultKeywords, keywordTest, readKeywords } from '../../../src/filter/keywords.ts';
import type { LogRecord } from '../../../src/model/envelope.ts';
import { LpError } from '../../../src/model/error.ts';
import { testContext } from '../../support/context.ts';
import { failedLogin, filterOptions, record, request } from '../../support/records.ts';

const options = filterOptions;
const log = { source: '-', offset: 0, format: 'syslog' };
const quiet = record({ message: 'session opened for user ann' });

async function kept(entry: LogRecord, given: Partial<FilterOptions> = {}): Promise<boolean> {
  const context = testContext([`${JSON.stringify(entry)}\n`]);
  await filter({ ...options, ...given }, context);
  return context.lines().length === 1;
}

const rows: readonly (readonly [what: string, entry: LogRecord, given: Partial<FilterOptions>, isKept: boolean])[] = [
  ['drops noise', quiet, {}, false],
  ['keeps what a rule looks for', failedLogin(0), {}, true],
  ['keeps what only a correlation counts', request('/nothing-here', 404), {}, true],
  ['keeps a keyword in the message, in any case', record({ message: 'Disk FAILURE' }), {}, true],
  ['keeps no keyword that is in the header alone', record({ message: 'hello', original: 'fail-server app: hello' }), {}, false],
  ['keeps a keyword in the address of a request', request('/exploit'), {}, true],
  ['drops an ordinary request', request('/'), {}, false],
  ['keeps a level from warning on', record({ log: { ...log, level: 'warning' }, message: 'x' }), {}, true],
  ['drops a level below', record({ log: { ...log, level: 'notice' }, message: 'x' }), {}, false],
  ['takes another level', record({ log: { ...log, level: 'notice' }, message: 'x' }), { minLevel: 'info' }, true],
  ['asks rules no more with only keywords', request('/.env', 404), { isOnlyKeywords: true }, false],
  [
    'asks levels no more with only keywords',
    record({ log: { ...log, level: 'error' }, message: 'x' }),
    { isOnlyKeywords: true },
    false,
  ],
  ['takes own keywords instead', record({ message: 'fail' }), { isOnlyKeywords: true, keywords: 'blue,GREEN' }, false],
  ['takes own keywords in any case', record({ message: 'a green one' }), { isOnlyKeywords: true, keywords: 'blue, GREEN' }, true],
  ['adds own keywords', record({ message: 'fail' }), { isOnlyKeywords: true, keywords: '+blue' }, true],
  [
    'drops what is excluded, whatever it is',
    { ...failedLogin(0), original: 'from 10.0.0.1' },
    { excluded: ['FROM 10.*.1'] },
    false,
  ],
  ['drops what is too old', failedLogin(0), { since: new Date('2026-11-22T13:36:01Z') }, false],
  [
    'keeps what is at the border',
    failedLogin(0),
    { since: new Date('2026-11-22T13:36:00Z'), until: new Date('2026-11-22T13:36:00Z') },
    true,
  ],
  ['drops what is too new', failedLogin(0), { until: new Date('2026-11-22T13:35:59Z') }, false],
  ['drops by time with only keywords, too', record({ message: 'fail' }), { isOnlyKeywords: true, until: new Date(0) }, false],
];

describe('lp-filter', () => {
  for (const [what, entry, given, isKept] of rows) {
    it(what, async () => {
      assert.equal(await kept(entry, given), isKept);
    });
  }

  it('keeps bytes and order, and what is not a record', async () => {
    const mark = '{"schema":"lp/1","type":"mark","mark":{"seq":1,"positions":[]},  "x":1}';
    const spaced = JSON.stringify(failedLogin(0)).replace('{"schema"', '{ "schema"').replace('Failed', '\\u0046ailed');
    const novel = '{"schema":"lp/1","type":"novel"}';
    const input = [novel, spaced, JSON.stringify(quiet), mark];
    const context = testContext([`${input.join('\n')}\n`]);
    await filter(options, context);
    assert.deepEqual(context.lines(), [novel, spaced, mark]);
    const again = testContext([`${context.lines().join('\n')}\n`]);
    await filter(options, again);
    assert.deepEqual(again.lines(), context.lines());
  });

  it('tells its counts on request', async () => {
    const context = testContext([`${JSON.stringify(quiet)}\n${JSON.stringify(failedLogin(0))}\n`]);
    await filter({ ...options, isCounting: true }, context);
    assert.match(context.messages(), /read 2 records, kept 1 \(1 for rules, .* dropped 1 \(1 as noise/);
  });

  it('counts bad lines and goes on', async () => {
    const context = testContext([`nonsense\n${JSON.stringify(failedLogin(0))}\n`]);
    await filter(options, context);
    assert.equal(context.lines().length, 1);
    assert.match(context.messages(), /1 line could not be used.*standard input, line 1: not JSON/);
  });
});

describe('lp-filter before which lp-parse was forgotten', () => {
  it('ends with status 65', async () => {
    const context = testContext(['Nov 22 13:36:00 web1 sshd[801]: hello\n']);
    await assert.rejects(
      filter(options, context),
      (thrown) => thrown instanceof LpError && thrown.status === 65 && /put lp-parse before lp-filter$/.test(thrown.message),
    );
    assert.match(context.messages(), /1 line could not be used/);
  });

  it('says so while its input goes on', async () => {
    const context = testContext([`${'hello\n'.repeat(100)}${JSON.stringify(quiet)}\n`]);
    assert.equal(await filter(options, context), 0);
    assert.match(context.messages(), /the first 100 lines of standard input are not records: put lp-parse before lp-filter/);
  });

  it('is content with empty input', async () => {
    assert.equal(await filter(options, testContext([])), 0);
  });
});

describe('keywords', () => {
  it('are the default ones without a list', () => {
    assert.equal(readKeywords(undefined), defaultKeywords);
    assert.deepEqual(readKeywords(' a , ,B'), ['a', 'b']);
    assert.deepEqual(readKeywords('+a'), [...defaultKeywords, 'a']);
  });

  it('are in lower case and stand once', () => {
    assert.deepEqual([...new Set(defaultKeywords.map((word) => word.toLowerCase()))], defaultKeywords);
  });

  it('are looked for in the whole entry when it has neither message nor request', () => {
    assert.equal(keywordTest(['fatal'])(record({ original: 'a fatal thing' })), true);
  });
});

describe('an exclusion', () => {
  it('is linear in a hostile entry', () => {
    const isExcluded = exclusionOf(['*a*a*a*a*a*a*a*b*']);
    const start = performance.now();
    assert.equal(isExcluded('a'.repeat(1_000_000)), false);
    assert.ok(performance.now() - start < 1_000);
  });

  it('of nothing excludes nothing', () => {
    assert.equal(exclusionOf([])('x'), false);
  });
});

it('tells of what is wrong with its settings before the first record comes', async () => {
  const wrong = [
    [{ where: 'event.action =' }, 64],
    [{ rules: ['/nonexistent/rules'] }, 78],
  ] as const;
  for (const [given, status] of wrong) {
    await assert.rejects(filter({ ...filterOptions, ...given }, testContext([])), { name: 'LpError', status });
  }
});
