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
  ['no detection', 'title: t', /needs a "detection", a "correlation" or a "filter"/],
  [
    'two kinds of rule in one',
    single('{s: {message: x}, condition: s}', 'correlation: {}'),
    /detection and correlation, not both/,
  ],
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
    'a second timespan of a correlation',
    `${counted('{type: event_count, rules: base, timespan: 1m, condition: {gte: 2}}')}\nlp: {timespan: 1h}`,
    /"lp.timespan" is for rules of single records/,
  ],
  ['an expression that must look ahead', single('{s: {message|re: "x(?=y)"}, condition: s}'), /4: .*look-ahead .* are not/],
  ['an expression that refers back', single('{s: {message|re: "(x)\\\\1"}, condition: s}'), /"\(x\)\\1" is not supported/],
  ['bytes of a wildcard', single('{s: {message|base64: "a*"}, condition: s}'), /takes a value without wildcards/],
  ['too many dashes', single('{s: {message|windash: "-a -b -c -d -e"}, condition: s}'), /at most 4 dashes/],
  ['a placeholder without values', single('{s: {message|expand: "%admins%"}, condition: s}'), /%admins%.*--expand admins=VALUE/],
  ['an ordering of keywords', single("{s: {'|startswith': x}, condition: s}"), /keywords may stand anywhere/],
  ['flags without an expression', single('{s: {message|i: x}, condition: s}'), /"i" does not go with/],
  ['a field to compare with that is not known', single('{s: {message|fieldref: xyz}, condition: s}'), /field "xyz" is not known/],
  ['an action of no name', `action: globl\n${single('{s: {message: x}, condition: s}')}`, /global, repeat or reset/],
  ['a repetition of nothing', `action: repeat\n${single('{s: {message: x}, condition: s}')}`, /no document before/],
  [
    'a filter of a rule that is not there',
    'title: f\nlogsource: {product: linux}\nfilter: {rules: [gone], s: {message: x}, condition: s}',
    /rule\.yaml:1: the filter "f" is for a rule that is not there: "gone"/,
  ],
  [
    'a filter of a correlation',
    `${counted('{type: event_count, rules: base, timespan: 1m, condition: {gte: 2}}')}
---
title: f
logsource: {product: linux}
filter: {rules: c, s: {message: x}, condition: s}`,
    /for the correlation "c"/,
  ],
  [
    'a filter of another log source',
    `${single('{s: {message: x}, condition: s}', 'name: base')}
---
title: f
logsource: {product: linux, service: sshd}
filter: {rules: base, s: {message: x}, condition: s}`,
    /not of the log source of the rule "base"/,
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
    counted('{type: value_median, rules: base, timespan: 1m, condition: {gte: 2}}'),
    /rule\.yaml:7: the correlation type "value_median" is not supported/,
  ],
  ['a correlation without a timespan', counted('{type: event_count, rules: base, condition: {gte: 2}}'), /needs "timespan"/],
  ['a strange timespan', counted('{type: event_count, rules: base, timespan: 1y, condition: {gte: 2}}'), /like 30s, 10m/],
  [
    'an unknown limit',
    counted('{type: event_count, rules: base, timespan: 1m, condition: {min: 2}}'),
    /has no "min"; it has gt, gte/,
  ],
  [
    'a percentile without a number',
    counted('{type: value_percentile, rules: base, timespan: 1m, condition: {field: process.pid, gte: 2}}'),
    /needs the "percentile"/,
  ],
  [
    'an alias that leaves out a rule',
    counted('{type: temporal, rules: [base], timespan: 1m, aliases: {who: {}}}'),
    /the alias "who" does not say which field it is in "base"/,
  ],
  [
    'an alias for another rule',
    counted('{type: temporal, rules: [base], timespan: 1m, aliases: {who: {other: user.name}}}'),
    /the alias "who" of this correlation has no "other"/,
  ],
  [
    'words about a rule that is not there',
    counted('{type: temporal, rules: [base], timespan: 1m, condition: base and bse}'),
    /there is no selection "bse"/,
  ],
  [
    'words that hold when nothing matches',
    counted('{type: temporal, rules: [base], timespan: 1m, condition: not base}'),
    /must name a rule that has to match/,
  ],
  [
    'more rules than there are',
    counted('{type: temporal, rules: [base], timespan: 1m, condition: {gte: 2}}'),
    /of at most its 1 rules/,
  ],
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
