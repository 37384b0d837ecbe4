import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readKeywords } from '../../../src/filter/keywords.ts';
import { sieveFor } from '../../../src/filter/sieve.ts';
import type { LogRecord } from '../../../src/model/envelope.ts';
import { builtInRules, loadRules } from '../../../src/sigma/load.ts';
import { failedLogin, record, request } from '../../support/records.ts';

const finder = await sieveFor({
  keywords: readKeywords(undefined),
  isExcluded: () => false,
  isExcluding: false,
  minLevel: 'warning',
  since: undefined,
  until: undefined,
  where: undefined,
  isOnlyKeywords: false,
  rules: await loadRules([builtInRules]),
});

/** The numbers of the lines that must be read. */
function read(lines: readonly string[], end = '\n'): readonly number[] {
  assert.ok(finder !== undefined, 'the kernel is built');
  const length = finder.memory.write(lines.join('\n') + end);
  const found: number[] = [];
  const passedOver = finder.lines(length, (one) => found.push(one.passedOver + found.length));
  assert.equal(passedOver + found.length, lines.length);
  return found;
}

/** With the texts last, as lp-parse writes a record. */
function asWritten({ original, ...rest }: LogRecord): string {
  return JSON.stringify({ ...rest, original });
}

const page = request('/a/page.html?id=7');
const message = record({ log: { source: 'x', offset: 0, format: 'syslog', dataset: 'cron' }, message: 'session opened' });

describe('the sieve', () => {
  const noise: readonly (readonly [what: string, line: string])[] = [
    ['an ordinary request', asWritten(page)],
    [
      'one that a page led to',
      asWritten({ ...page, http: { ...page.http, request: { method: 'GET', referrer: 'https://www.example.com/a' } } }),
    ],
    [
      'one of a robot',
      asWritten({ ...page, user_agent: { original: 'Mozilla/5.0 (compatible; Examplebot/2.1; +https://bot.example/)' } }),
    ],
    ['a message that nothing asks for', asWritten(message)],
    ['fields in another order', JSON.stringify(message)],
    [
      'lists and objects that it does not know',
      asWritten({ ...message, novel: { a: [1, -2.5e3, { b: 'fail' }], c: null } } as LogRecord),
    ],
    ['other letters where nothing is asked', asWritten({ ...message, host: { name: 'żółw' } })],
    ['a keyword in the entry of a request', asWritten({ ...page, original: 'failed' })],
  ];
  for (const [what, line] of noise) it(`passes over ${what}`, () => assert.deepEqual(read([line, line]), []));

  const interesting: readonly (readonly [what: string, line: string])[] = [
    ['a failed login', asWritten(failedLogin(0))],
    ['a request for what is not there', asWritten(request('/nothing', 404))],
    ['an answer of an error', asWritten(request('/', 503))],
    ['a request in an encoding', asWritten(request('/a%2eb'))],
    ['an attack in the address', asWritten(request("/?id=1'or'1"))],
    ['a probe', asWritten(request('/.ENV'))],
    ['an agent that is a tool', asWritten({ ...page, user_agent: { original: 'SQLMap/1.7' } })],
    ['an agent that begins like a command', asWritten({ ...page, user_agent: { original: '(x' } })],
    ['a keyword in a message', asWritten({ ...message, message: 'disk FAILURE' })],
    ['a keyword in an entry that is all there is', asWritten(record({ original: 'failed' }))],
    ['an urgent level', asWritten({ ...message, log: { ...message.log, level: 'error' } })],
    ['a letter that folds to one of ASCII', asWritten({ ...message, message: '\u212aernel' })],
    ['an escaped letter', asWritten(message).replace('opened', '\\u0066ailed')],
    ['a status in another notation', asWritten(request('/')).replace('"status_code":200', '"status_code":4.04e2')],
    ['a status in quotes', asWritten(request('/')).replace('"status_code":200', '"status_code":"503"')],
    ['an escaped key', asWritten({ ...message, message: 'failed' }).replace('"message"', '"m\\u0065ssage"')],
    ['an entry that only looks like one of a request', asWritten({ ...message, log: page.log, original: 'wget x' })],
    [
      'an entry of a request that tells of more',
      JSON.stringify({ ...page, original: 'wget x', event: { kind: 'alert' } } as LogRecord),
    ],
    ['a message that is no text', asWritten(message).replace(/"message":"[^"]*"/, '"message":5')],
    ['a message that is a list', asWritten(message).replace(/"message":"[^"]*"/, '"message":["x"]')],
    ['two datasets', asWritten(page).replace('"dataset":', '"dataset":"web.access","dataset":')],
    ['an audit record', asWritten({ ...message, log: { ...message.log, dataset: 'auditd' } })],
    ['a mark', '{"schema":"lp/1","type":"mark","mark":{"seq":1,"positions":[]}}'],
    ['a record of a newer version', asWritten(message).replace('lp/1', 'lp/2')],
    ['blanks between fields', asWritten(message).replace(',"message"', ', "message"')],
    ['half a record', asWritten(message).slice(0, -9)],
    ['a record without a time', asWritten(message).replace('"timestamp"', '"time"')],
    ['a comma too many', asWritten(message).replace(',"message"', ',,"message"')],
    ['a bracket too many', `${asWritten(message)}}`],
    ['lists deep within each other', asWritten({ ...message, novel: JSON.parse('['.repeat(40) + ']'.repeat(40)) } as LogRecord)],
    ['a blank line', ''],
  ];
  // The second time, what stands between its values is known.
  for (const [what, line] of interesting)
    it(`has ${what} read`, () => assert.deepEqual(read([asWritten(page), line, asWritten(page), line, asWritten(page)]), [1, 3]));

  it('finds the same in records of ever new outlines, more than it keeps', () => {
    const outlines = Array.from({ length: 3_000 }, (_, index) => ({
      [`k${index % 1_500}`]: { a: [index, 'x', { b: null }], c: '' },
    }));
    const lines = outlines.flatMap((more, index) => [
      asWritten({ ...message, ...more } as LogRecord),
      asWritten({ ...more, ...(index % 2 === 0 ? message : page), message: 'failed' } as LogRecord),
      asWritten({ ...more, ...page } as LogRecord)
        .replace('"schema":"lp/1","type":"record",', '')
        .replace('{', '{"schema":"lp/1","type":"record",'),
    ]);
    for (let from = 0; from < lines.length; from += 300) {
      const some = lines.slice(from, from + 300);
      assert.deepEqual(
        read(some),
        some.flatMap((line, index) =>
          line.startsWith('{"schema":"lp/1","type":"record"') && !line.includes('failed') ? [] : [index],
        ),
      );
    }
  });

  it('takes a value for what it is, whatever it was in records of the same outline', () => {
    const values = ['1', '"x"', 'null', '[]', '["x"]', '[1]', '{}', '{"a":1}', '[[]]', '[{"a":"x"}]', '"failed"'];
    const lines = values.map((value) => asWritten(message).replace('"message":', `"novel":${value},"message":`));
    const found = values.map((value) => asWritten(message).replace('"message":"session opened"', `"message":${value}`));
    assert.deepEqual(read([...lines, ...lines]), []);
    // A message that is no text, or holds a keyword.
    const mustRead = found.flatMap((_, index) => (values[index] === '"x"' ? [] : [index]));
    assert.deepEqual(read(found), mustRead);
    assert.deepEqual(read([...found].reverse()), mustRead.map((index) => found.length - 1 - index).reverse());
  });

  it('keeps what is like a record that is kept for the sake of what decides, unless it may be none', () => {
    assert.ok(finder !== undefined);
    const login = asWritten(failedLogin(0));
    finder.keepLike(finder.memory.subarray(0, finder.memory.write(`${login}\n`) - 1));
    const others: readonly (readonly [line: string, isKept: boolean])[] = [
      [asWritten(failedLogin(7, '192.0.2.1', 'ann "x" \\ \u212a')), true],
      [asWritten({ ...failedLogin(0), event: { ...failedLogin(0).event, action: 'ssh_denied' } }), false],
      [asWritten({ ...failedLogin(0), http: { request: {} } }), false],
      [login.replace('"pid":801', '"pid":0801').replace('"offset":', '"offset":0'), false],
      [login.replace(/"timestamp":"[^"]*"/, '"timestamp":"2026-13-22T13:36:00.000Z"'), false],
      [login.replace('"source":"auth.log"', '"source":5'), false],
      [login.replace('"name":"root"', '"name":null'), false],
      [login.replace('"name":"root"', '"name":"a\\x"'), false],
      [login.replace('"name":"root"', '"name":"a\tb"'), false],
      [login.replace('"outcome":', '"outcome":"success","outcome":'), false],
      [login.replace('["authentication"]', '[["authentication"]]'), false],
      [login.slice(0, -1), false],
    ];
    const length = finder.memory.write(others.map(([line]) => `${line}\n`).join(''));
    const kept: boolean[] = [];
    finder.lines(length, (lines) => kept.push(lines.kept > 0));
    assert.deepEqual(
      kept,
      others.map(([, isKept]) => isKept),
    );
  });

  it('passes over what is like a record that is of no use for what decides, unless something else is found', () => {
    assert.ok(finder !== undefined);
    const { event } = failedLogin(0);
    const accepted = (reason: unknown, text = 'Accepted'): LogRecord =>
      ({ ...failedLogin(0), event: { ...event, outcome: 'success', reason }, message: text }) as LogRecord;
    const key = asWritten(accepted('publickey'));
    assert.deepEqual(read([key]), [0]);
    finder.passLike(finder.memory.subarray(0, finder.memory.write(`${key}\n`) - 1));
    assert.deepEqual(read([key, key]), []);
    const long = asWritten(accepted('a reason of many words'));
    finder.passLike(finder.memory.subarray(0, finder.memory.write(`${long}\n`) - 1));
    const others = [
      asWritten(accepted('password')),
      asWritten(accepted('publickey', 'out of memory')),
      asWritten(accepted(5)),
      asWritten(accepted(undefined)),
      asWritten({ ...accepted('publickey'), event: { ...event, action: 'su', reason: 'publickey' } } as LogRecord),
      key.replace(
        '"reason":"publickey"',
        `"reason":"${[...'password'].map((one) => `\\u00${one.charCodeAt(0).toString(16)}`).join('')}"`,
      ),
    ];
    assert.deepEqual(
      read(others),
      others.map((_, line) => line),
    );
  });

  it('keeps what is like a record that is kept for words in its message, where it holds them all', () => {
    assert.ok(finder !== undefined);
    const closed = (message: string, outcome: 'failure' | 'unknown' = 'unknown'): string =>
      asWritten({ ...failedLogin(0), event: { action: 'ssh_invalid_user', outcome }, message });
    const line = closed('by authenticating user root [preauth]');
    finder.keepLike(finder.memory.subarray(0, finder.memory.write(`${line}\n`) - 1), ['authenticating user', '[preauth]']);
    const others: readonly (readonly [line: string, isKept: boolean])[] = [
      [closed('[PREAUTH] Authenticating User ann \u017c'), true],
      [closed('authenticating user[preauth]'), true],
      [closed('authenticating user ann [preauth'), false],
      [closed('uthenticating user ann [preauth]'), false],
      [closed('authenticating user "ann" [preauth]'), false],
      [closed(''), false],
      [line.replace(/"message":"[^"]*",/, ''), false],
      [closed('authenticating user ann [preauth]', 'failure'), false],
    ];
    const length = finder.memory.write(others.map(([other]) => `${other}\n`).join(''));
    const kept: boolean[] = [];
    finder.lines(length, (lines) => kept.push(...Array.from({ length: Math.max(lines.kept, 1) }, () => lines.kept > 0)));
    assert.deepEqual(
      kept,
      others.map(([, isKept]) => isKept),
    );
  });

  it('has a last line without an end read', () => assert.deepEqual(read([asWritten(page), asWritten(page)], ''), [1]));
});
