import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { LogRecord } from '../../../src/model/envelope.ts';
import { record, request, rulesFrom } from '../../support/records.ts';

const any = record({
  message: 'Hello World',
  process: { pid: 42, name: 'web' },
  source: { ip: '10.1.2.3' },
  event: { category: ['iam', 'host'] },
});

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
