import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LpError } from '../../../src/model/error.ts';
import { loadRules } from '../../../src/sigma/load.ts';
import { rulesFrom } from '../../support/records.ts';

const single = (detection: string, rest = ''): string =>
  `title: t\nlogsource: {product: linux}\n${rest}\ndetection: ${detection}`;
const counted = (correlation: string): string =>
  `${single('{s: {message: x}, condition: s}', 'name: base')}\n---\ntitle: c\ncorrelation: ${correlation}`;

const rows: readonly (readonly [what: string, yaml: string, message: RegExp])[] = [
  ['broken YAML', 'title: [', /rule\.yaml:\d+: not YAML/],
  ['a key twice', 'title: a\ntitle: b', /rule\.yaml:2: not YAML: Map keys must be unique/],
  ['an alias', 'title: &a x\nname: *a', /aliases are not supported/],
  ['a text instead of a rule', 'hello', /rule\.yaml:1: a rule must be a map/],
  ['no title', 'detection: {}', /needs a "title"/],
  ['no detection', 'title: t', /needs a "detection" or a "correlation"/],
  ['no logsource', 'title: t\ndetection: {s: {message: x}, condition: s}', /needs a "logsource"/],
  ['no condition', single('{s: {message: x}}'), /rule\.yaml:4: a detection needs a "condition"/],
  ['an unknown selection', single('{s: {message: x}, condition: z}'), /no selection "z"/],
  ['a bracket that is not closed', single('{s: {message: x}, condition: (s}'), /a "\)" is missing/],
  ['a condition that goes on', single('{s: {message: x}, condition: s s}'), /"s" is not expected after "s"/],
  ['a condition that ends early', single('{s: {message: x}, condition: s and}'), /ends too early/],
  ['the old aggregations', single('{s: {message: x}, condition: s | count() > 5}'), /count with a correlation/],
  ['2 of', single('{s: {message: x}, condition: 2 of them}'), /"2 of" is not supported/],
  ['a selection pattern that names nothing', single('{s: {message: x}, condition: 1 of z*}'), /no selection is called "z\*"/],
  ['timeframe', single('{s: {message: x}, timeframe: 5m, condition: s}'), /"timeframe" is not supported/],
  [
    'a modifier of later versions',
    single('{s: {message|re: x}, condition: s}'),
    /rule\.yaml:4: the modifier "re" is not supported yet/,
  ],
  ['an unknown modifier', single('{s: {message|contain: x}, condition: s}'), /no modifier "contain"/],
  ['modifiers that contradict', single('{s: {message|contains|endswith: x}, condition: s}'), /"endswith" does not go/],
  ['an unknown field', single('{s: {cs-uri-qery: x}, condition: s}'), /field "cs-uri-qery" is not known/],
  ['a bad network', single('{s: {source.ip|cidr: 10.0.0.0/99}, condition: s}'), /not a network/],
  ['a comparison with a text', single('{s: {message|gt: x}, condition: s}'), /must be a number/],
  ['an empty list', single('{s: {message: []}, condition: s}'), /has no values/],
  [
    'an unknown log source',
    'title: t\nlogsource: {product: windows}\ndetection: {s: {message: x}, condition: s}',
    /rule\.yaml:2: .*"windows" is not supported/,
  ],
  [
    'an unknown key of a log source',
    'title: t\nlogsource: {servce: sshd}\ndetection: {s: {message: x}, condition: s}',
    /has no "servce"/,
  ],
  ['an unknown level', single('{s: {message: x}, condition: s}', 'level: urgent'), /rule\.yaml:3: there is no level "urgent"/],
  ['an unknown key of lp', single('{s: {message: x}, condition: s}', 'lp: {entitty: source.ip}'), /lp has no "entitty"/],
  ['an unknown category', single('{s: {message: x}, condition: s}', 'lp: {category: bad}'), /no category "bad"/],
  [
    'an unknown correlation type',
    counted('{type: value_avg, rules: base, timespan: 1m, condition: {gte: 2}}'),
    /rule\.yaml:7: the correlation type "value_avg" is not supported yet/,
  ],
  ['a correlation without a timespan', counted('{type: event_count, rules: base, condition: {gte: 2}}'), /needs "timespan"/],
  ['a strange timespan', counted('{type: event_count, rules: base, timespan: 1y, condition: {gte: 2}}'), /like 30s, 10m/],
  [
    'a condition that asks for few',
    counted('{type: event_count, rules: base, timespan: 1m, condition: {lt: 2}}'),
    /"lt" in a correlation condition is not supported/,
  ],
  ['aliases', counted('{type: temporal, rules: [base], timespan: 1m, aliases: {}}'), /"aliases" .* not supported/],
  [
    'a value_count without a field',
    counted('{type: value_count, rules: base, timespan: 1m, condition: {gte: 2}}'),
    /needs the "field"/,
  ],
  [
    'a rule that is not there',
    counted('{type: event_count, rules: bse, timespan: 1m, condition: {gte: 2}}'),
    /there is no rule "bse"/,
  ],
  [
    'a correlation of itself',
    'title: c\ncorrelation: {type: event_count, rules: c, timespan: 1m, condition: {gte: 2}}',
    /refers to itself/,
  ],
  [
    'a name used twice',
    `${single('{s: {message: x}, condition: s}')}\n---\n${single('{s: {message: y}, condition: s}')}`,
    /name of another rule/,
  ],
];

describe('a mistake in a rule', () => {
  for (const [what, yaml, message] of rows) {
    it(`is told with file and line: ${what}`, async () => {
      await assert.rejects(rulesFrom(yaml), (thrown) => {
        assert.ok(thrown instanceof LpError, String(thrown));
        assert.equal(thrown.status, 78);
        assert.match(thrown.message, /^rule\.yaml:\d+: /);
        assert.match(thrown.message, message);
        return true;
      });
    });
  }

  it('is a path without rules, too', async () => {
    await assert.rejects(loadRules(['/nowhere/rules']), /cannot read the rules in \/nowhere\/rules/);
  });
});
