import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { LogRecord } from '../../../src/model/envelope.ts';
import type { RuleSet } from '../../../src/sigma/rule-set.ts';
import { failedLogin, record, request, rulesFrom } from '../../support/records.ts';

const any = record({
  message: 'Hello World',
  process: { pid: 42, name: 'web' },
  source: { ip: '10.1.2.3' },
  event: { category: ['iam', 'host'] },
});

/** A record whose message is the base64 of a text. */
function base64(bytes: string | Buffer): LogRecord {
  return record({ message: Buffer.from(bytes).toString('base64') });
}

const rows: readonly (readonly [what: string, detection: string, record: LogRecord, isMatch: boolean])[] = [
  ['a value is the whole field, in any case', '{s: {message: hello world}, condition: s}', any, true],
  ['a value is not a part of the field', '{s: {message: hello}, condition: s}', any, false],
  ['cased wants the same case', '{s: {message|cased: hello world}, condition: s}', any, false],
  ['cased goes with contains', '{s: {message|contains|cased: World}, condition: s}', any, true],
  ['wildcards work in values', '{s: {message: "hel*rld"}, condition: s}', any, true],
  [
    'contains, startswith and endswith',
    '{s: {message|contains: "o w", message|startswith: hel, message|endswith: LD}, condition: s}',
    any,
    true,
  ],
  ['a map needs all its fields', '{s: {message|contains: hello, process.name: db}, condition: s}', any, false],
  ['a list of maps needs one of them', '{s: [{process.name: db}, {process.name: web}], condition: s}', any, true],
  ['a list of values needs one of them', '{s: {process.name: [db, mail, web]}, condition: s}', any, true],
  ['ends share a test', '{s: {message|endswith: [x, d, LD], message|startswith: [x, HEL]}, condition: s}', any, true],
  ['ends share a test that may fail', '{s: {message|endswith: [hello, xworld]}, condition: s}', any, false],
  ['many words share a test', '{s: {message|contains: [one, two, three, four, "o w"]}, condition: s}', any, true],
  ['many words with a wildcard among them', '{s: {message|contains: [one, two, three, "h*d"]}, condition: s}', any, true],
  ['many words of which none is there', '{s: {message|contains: [one, two, "a+", four]}, condition: s}', any, false],
  ['all needs every value', '{s: {message|contains|all: [hello, moon]}, condition: s}', any, false],
  ['all is content with every value', '{s: {message|contains|all: [hello, world]}, condition: s}', any, true],
  ['a number is compared as text', '{s: {process.pid: 42}, condition: s}', any, true],
  ['gte holds at the limit', '{s: {process.pid|gte: 42}, condition: s}', any, true],
  ['gt does not hold at the limit', '{s: {process.pid|gt: 42}, condition: s}', any, false],
  ['lt and lte', '{s: {process.pid|lt: 43, process.pid|lte: 42}, condition: s}', any, true],
  ['a comparison needs a number in the record', '{s: {message|gt: 0}, condition: s}', any, false],
  ['cidr holds inside the network', '{s: {source.ip|cidr: 10.0.0.0/8}, condition: s}', any, true],
  ['cidr does not hold outside', '{s: {source.ip|cidr: [192.168.0.0/16, "fe80::/10"]}, condition: s}', any, false],
  ['exists true', '{s: {source.ip|exists: true}, condition: s}', any, true],
  ['exists false', '{s: {user.name|exists: false}, condition: s}', any, true],
  ['neq', '{s: {process.name|neq: db}, condition: s}', any, true],
  ['neq to a list is equal to none of it', '{s: {process.name|neq: [db, web]}, condition: s}', any, false],
  ['null wants the field absent', '{s: {user.name: null}, condition: s}', any, true],
  ['null is not a field that is there', '{s: {process.name: null}, condition: s}', any, false],
  ['the empty text is a field without content', "{s: {user_agent.original: ''}, condition: s}", any, true],
  ['a list in the record matches by any item', '{s: {event.category: host}, condition: s}', any, true],
  ['a keyword is anywhere in the entry', '{keywords: [LINE, x], condition: keywords}', any, true],
  ['all keywords', "{keywords: {'|all': [a, line]}, condition: keywords}", any, true],
  ['all keywords, one of which is missing', "{keywords: {'|all': [moon, line]}, condition: keywords}", any, false],
  [
    'a keyword is found behind percent encoding',
    '{keywords: ["<script>"], condition: keywords}',
    request('/?q=%3Cscript%3E'),
    true,
  ],
  ['cs-uri-query is path and query', '{s: {cs-uri-query|startswith: /shop?}, condition: s}', request('/shop?id=1'), true],
  ['cs-uri-stem is the path', '{s: {cs-uri-stem: /shop}, condition: s}', request('/shop?id=1'), true],
  [
    'an address is decoded',
    '{s: {cs-uri-query|contains: "union select"}, condition: s}',
    request('/?id=1%20UNION%2f**%2fSELECT'),
    true,
  ],
  ['sc-status is a number', '{s: {sc-status|gte: 500}, condition: s}', request('/', 502), true],
  [
    'and, or, not and brackets',
    '{a: {process.name: web}, b: {process.name: db}, condition: "a and not (b or not a)"}',
    any,
    true,
  ],
  ['and binds closer than or', '{a: {process.name: web}, b: {process.name: db}, condition: a or b and b}', any, true],
  ['not binds closest', '{a: {process.name: web}, b: {process.name: db}, condition: not b and a}', any, true],
  ['1 of a name with a star', '{s_a: {process.name: db}, s_b: {process.name: web}, condition: 1 of s_*}', any, true],
  ['all of a name with a star', '{s_a: {process.name: db}, s_b: {process.name: web}, condition: all of s_*}', any, false],
  ['1 of them', '{a: {process.name: db}, b: {process.name: web}, condition: 1 of them}', any, true],
  ['all of them leaves out names with _', '{_a: {process.name: db}, b: {process.name: web}, condition: all of them}', any, true],
  ['words of conditions in any case', '{a: {process.name: web}, b: {process.name: db}, condition: a AND NOT b}', any, true],
  ['null in a list is a field that is absent', '{s: {user.name: [bob, null]}, condition: s}', any, true],
  ['an escaped wildcard is itself', String.raw`{s: {message: 'hello\*'}, condition: s}`, any, false],
  ['re is looked for anywhere', '{s: {message|re: "W.r"}, condition: s}', any, true],
  ['re sees capitals', '{s: {message|re: "world"}, condition: s}', any, false],
  ['re|i does not', '{s: {message|re|i: "^hello w"}, condition: s}', any, true],
  ['re takes line ends only with s', '{s: {message|re: "a.b"}, condition: s}', record({ message: 'a\nb' }), false],
  ['re|s lets a dot be a line end', '{s: {message|re|s: "a.b"}, condition: s}', record({ message: 'a\nb' }), true],
  ['re|m knows lines', '{s: {message|re|m: "^b$"}, condition: s}', record({ message: 'a\nb' }), true],
  ['re alternatives need no word in common', '{s: {message|re: "(moon|World)$|^x"}, condition: s}', any, true],
  ['all of several expressions', '{s: {message|re|all: ["^Hello", "moon"]}, condition: s}', any, false],
  ['a keyword may be an expression', "{k: {'|re': 'a l[aeiou]n'}, condition: k}", any, true],
  ['cased sees decoded capitals', '{s: {cs-uri-query|contains|cased: "<Script"}, condition: s}', request('/?q=%3CScript'), true],
  [
    'cased sees no decoded small letters',
    '{s: {cs-uri-query|contains|cased: "<Script"}, condition: s}',
    request('/?q=%3Cscript'),
    false,
  ],
  ['base64', '{s: {message|base64|contains: foobar}, condition: s}', record({ message: 'x Zm9vYmFy x' }), true],
  ['base64offset at no offset', '{s: {message|base64offset|contains: foobar}, condition: s}', base64('foobar!'), true],
  ['base64offset at one', '{s: {message|base64offset|contains: foobar}, condition: s}', base64('-foobar-'), true],
  ['base64offset at two', '{s: {message|base64offset|contains: foobar}, condition: s}', base64('--foobar'), true],
  ['base64offset of something else', '{s: {message|base64offset|contains: foobar}, condition: s}', base64('--fooban-'), false],
  ['wide', '{s: {message|wide|base64offset|contains: ping}, condition: s}', base64(Buffer.from('x ping', 'utf16le')), true],
  [
    'utf16le is wide',
    '{s: {message|utf16le|base64offset|contains: ping}, condition: s}',
    base64(Buffer.from('ping', 'utf16le')),
    true,
  ],
  ['utf16be', '{s: {message|utf16be|base64: ping}, condition: s}', base64(Buffer.from('\0p\0i\0n\0g')), true],
  ['utf16 has a mark', '{s: {message|utf16|base64: ping}, condition: s}', base64(Buffer.from('\ufeffping', 'utf16le')), true],
  ['utf16 differs from the plain text', '{s: {message|utf16|base64: ping}, condition: s}', base64('ping'), false],
  ['windash is a slash', '{s: {message|windash|contains: " -force"}, condition: s}', record({ message: 'rm /force' }), true],
  [
    'windash is an en dash',
    '{s: {message|windash|contains: " -force"}, condition: s}',
    record({ message: 'rm \u2013force' }),
    true,
  ],
  ['windash leaves other dashes alone', '{s: {message|windash: "a-b -c"}, condition: s}', record({ message: 'a/b -c' }), false],
  [
    'all needs one form of each value',
    '{s: {message|windash|contains|all: [" -a", " -b"]}, condition: s}',
    record({ message: 'x /b -a' }),
    true,
  ],
  [
    'fieldref',
    '{s: {user.name|fieldref: host.name}, condition: s}',
    record({ user: { name: 'Web' }, host: { name: 'web' } }),
    true,
  ],
  [
    'fieldref that differs',
    '{s: {user.name|fieldref: host.name}, condition: s}',
    record({ user: { name: 'ann' }, host: { name: 'web' } }),
    false,
  ],
  [
    'fieldref|startswith',
    '{s: {message|fieldref|startswith: process.name}, condition: s}',
    record({ message: 'web: up', process: { name: 'web' } }),
    true,
  ],
  [
    'not equal to another field',
    '{s: {user.name|fieldref|neq: host.name}, condition: s}',
    record({ user: { name: 'ann' }, host: { name: 'web' } }),
    true,
  ],
  ['hour', '{s: {timestamp|hour: 13}, condition: s}', any, true],
  ['hour goes with comparisons', '{s: {timestamp|hour|gte: 14}, condition: s}', any, false],
  [
    'week',
    '{s: {timestamp|week: 47, timestamp|day: 22, timestamp|month: 11, timestamp|year: 2026, timestamp|minute: 36}, condition: s}',
    any,
    true,
  ],
  [
    'a program is the first word of its command line',
    '{s: {Image|endswith: /id}, condition: s}',
    record({ process: { command_line: '/usr/bin/id -u' } }),
    true,
  ],
  ['a list of conditions needs one of them', '{a: {process.name: web}, b: {process.name: db}, condition: [b, a]}', any, true],
];

describe('a detection', () => {
  for (const [what, detection, subject, isMatch] of rows) {
    it(what, async () => {
      const source =
        detection.includes('cs-') || detection.includes('sc-') || detection.includes('<script')
          ? 'category: webserver'
          : 'product: linux';
      const rules = await rulesFrom(`{title: t, logsource: {${source}}, detection: ${detection}}`);
      assert.equal(rules.isRelevant(subject), isMatch);
    });
  }
});

describe('a placeholder', () => {
  const yaml = '{title: t, logsource: {product: linux}, detection: {s: {message|expand|contains: "by %who% "}, condition: s}}';

  it('stands for each of its values', async () => {
    const rules = await rulesFrom(yaml, { placeholders: new Map([['who', ['ann', 'b*b']]]) });
    const isMatch = (message: string): boolean => rules.isRelevant(record({ message }));
    assert.deepEqual(['by ann !', 'by barb !', 'by eve !'].map(isMatch), [true, true, false]);
  });

  it('is an ordinary text without expand', async () => {
    const rules = await rulesFrom(yaml.replace('|expand', ''));
    assert.equal(rules.isRelevant(record({ message: 'done by %who% today' })), true);
  });
});

describe('documents of one file', () => {
  const titles = async (yaml: string): Promise<readonly string[]> => (await rulesFrom(yaml)).rules.map(({ title }) => title);

  it('share what a global one says, until a reset', async () => {
    const rules = await rulesFrom(`
action: global
logsource: {product: linux}
detection: {condition: s}
---
title: a
detection: {s: {message: one}}
---
title: b
detection: {s: {message: two}}
---
action: reset
---
title: c
logsource: {product: linux}
detection: {k: [three], condition: k}
`);
    assert.deepEqual(
      rules.rules.map(({ title }) => title),
      ['a', 'b', 'c'],
    );
    assert.equal(rules.isRelevant(record({ message: 'two' })), true);
  });

  it('may repeat the one before with changes', async () => {
    const yaml = `
title: a
logsource: {product: linux}
detection: {k: [one], condition: k}
---
action: repeat
title: b
detection: {k: [two]}
`;
    assert.deepEqual(await titles(yaml), ['a', 'b']);
    const rules = await rulesFrom(yaml);
    assert.deepEqual(
      rules.matching(rules.subjectOf(record({ original: 'two' }))).map(({ title }) => title),
      ['b'],
    );
  });
});

describe('a filter', () => {
  const rule = (name: string, service: string): string =>
    `title: ${name}\nlogsource: {product: linux, service: ${service}}\ndetection: {s: {event.outcome: failure}, condition: s}\n`;
  const set = (filter: string): Promise<RuleSet> =>
    rulesFrom(`${rule('a', 'sshd')}---\n${rule('b', 'auth')}---
title: not the backup
logsource: {product: linux, service: sshd}
filter:
  ${filter}
  own: {user.name: backup}
  condition: not own
`);
  const titles = (rules: RuleSet, user: string): string =>
    rules
      .matching(rules.subjectOf(failedLogin(0, '192.0.2.1', user)))
      .map(({ title }) => title)
      .join('');

  it('takes matches away from the rule that it names, and from no other', async () => {
    const rules = await set('rules: a');
    assert.equal(titles(rules, 'backup'), 'b');
    assert.equal(titles(rules, 'root'), 'ab');
  });

  it('for any rule is for those of its log source', async () => {
    assert.equal(titles(await set('rules: any'), 'backup'), 'b');
  });
});
