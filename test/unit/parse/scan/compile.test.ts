import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fieldNames } from '../../../../src/parse/fields.ts';
import * as p from '../../../../src/parse/pattern.ts';
import { compile } from '../../../../src/parse/scan/compile.ts';
import { Scanner } from '../../../../src/parse/scan/scanner.ts';
import { held } from '../../../../src/parse/scan/slots.ts';
import { Clock } from '../../../../src/parse/time/clock.ts';
import { zoneNamed } from '../../../../src/parse/time/zone.ts';

/** The fields that a pattern reads out of a line, or undefined where it does not match. */
function read(pattern: p.Pattern, line: string): Readonly<Record<string, unknown>> | undefined {
  const clock = new Clock({ zone: zoneNamed('utc'), isZoneKnown: true, anchorMs: () => 0 });
  const image = compile([pattern], []);
  const scanner = new Scanner(image, clock);
  const bytes = Buffer.from(`before${line}\nbehind a line is another${' '.repeat(64)}`);
  const to = 6 + Buffer.byteLength(line);
  if (!scanner.scan(image.entries[0] ?? -1, bytes, 6, to)) return undefined;
  const found: [string, unknown][] = [];
  for (const [slot, name] of fieldNames.entries()) {
    const [kind, from, end] = [scanner.slots.held[slot], scanner.slots.from[slot], scanner.slots.to[slot]];
    if (kind === held.text) found.push([name, bytes.toString('utf8', from, end)]);
    if (kind === held.digits) found.push([name, Number(bytes.toString('utf8', from, end))]);
    if (kind === held.json) found.push([name, JSON.parse(Buffer.from(scanner.pool).toString('utf8', from, end))]);
  }
  if (scanner.hasTime) found.push(['timestamp', clock.text.toString()]);
  return Object.fromEntries(found);
}

type Row = readonly [shows: string, pattern: p.Pattern, line: string, fields: Readonly<Record<string, unknown>> | undefined];

const user = p.text('user.name');
const words = { a: { 'event.action': 'first' }, b: { 'event.action': 'second', 'event.category': ['x', 'y'] } } as const;

const pairs = p.pattern`${p.pairs({ user: [p.rest('user.name')], pid: [p.number('process.pid')] })}`;

const rows: readonly Row[] = [
  ['a literal matches itself', p.pattern`abc`, 'abc', {}],
  ['a literal does not match a part of itself', p.pattern`abcd`, 'abc', undefined],
  ['a literal may hold tabs, line feeds and characters of many bytes', p.pattern`a\t\n\\é`, 'a\t\n\\é', {}],
  ['what stands behind a pattern does not matter', p.pattern`abc`, 'abcdef', {}],
  ['the end matters where it is asked for', p.pattern`abc${p.end()}`, 'abcdef', undefined],
  [
    'text ends at the first place of what follows',
    p.pattern`${user} x ${p.rest('message')}`,
    'a x b x c',
    { 'user.name': 'a', message: 'b x c' },
  ],
  [
    'the longest text ends at the last such place',
    p.pattern`${p.longest('user.name')} x ${p.rest('message')}`,
    'a x b x c',
    { 'user.name': 'a x b', message: 'c' },
  ],
  ['text does not match without what follows', p.pattern`${user} x `, 'abc', undefined],
  ['text does not look beyond its line', p.pattern`${user} a line`, 'abc', undefined],
  ['text at the end of a pattern is all the rest', p.pattern`a ${user}`, 'a b c', { 'user.name': 'b c' }],
  ['a dash is no text', p.pattern`${user} x`, '- x', {}],
  ['two dashes are text', p.pattern`${user} x`, '-- x', { 'user.name': '--' }],
  ['nothing is no text', p.pattern`${user}x`, 'x', {}],
  ['a word ends at a space', p.pattern`${p.word('user.name')} b`, 'a b', { 'user.name': 'a' }],
  ['a word may hold tabs', p.pattern`${p.word('user.name')} b`, 'a\tc b', { 'user.name': 'a\tc' }],
  ['a word is not empty', p.pattern`${p.word('user.name')}`, ' b', undefined],
  [
    'quoted text ends at a quote without a backslash',
    p.pattern`"${p.quoted('user.name')}"`,
    '"a\\"b" c"',
    { 'user.name': 'a\\"b' },
  ],
  [
    'a backslash before a quote may be escaped itself',
    p.pattern`"${p.quoted('user.name')}"${p.end()}`,
    '"a\\\\"',
    { 'user.name': 'a\\\\' },
  ],
  ['quoted text needs its quote', p.pattern`"${p.quoted('user.name')}"`, '"a\\"', undefined],
  ['blanks are read over', p.pattern`${p.skip('blanks')}${user}`, '   a', { 'user.name': 'a' }],
  ['no blanks are fine too', p.pattern`${p.skip('blanks')}${user}`, 'a', { 'user.name': 'a' }],
  ['structured data is read over', p.pattern`${p.skip('structured')} ${user}`, '[a b="] c"] d', { 'user.name': 'd' }],
  [
    'a stretch may end at one of several bytes',
    p.pattern`${p.upTo(':,', 'user.name')}${p.rest('message')}`,
    'ab,c:d',
    { 'user.name': 'ab', message: ',c:d' },
  ],
  ['a stretch may end at none of them', p.pattern`${p.upTo(':,', 'user.name')}${p.end()}`, 'ab', { 'user.name': 'ab' }],
  ['a stretch up to a byte is not empty', p.pattern`${p.upTo(':', 'user.name')}`, ':a', undefined],
  ['pairs come in any order', pairs, 'pid=7 user=eve', { 'user.name': 'eve', 'process.pid': 7 }],
  ['pairs may stand in quotes', pairs, `user="a \\" b" pid='7'`, { 'user.name': 'a \\" b', 'process.pid': 7 }],
  ['other pairs and words are passed over', pairs, 'a b=c user=eve =x pid', { 'user.name': 'eve' }],
  ['the first pair of a key counts', pairs, 'user=eve user=bob', { 'user.name': 'eve' }],
  ['a pair in the quotes of another is none', pairs, 'a="user=bob" user=eve', { 'user.name': 'eve' }],
  ['a value that its pattern does not read is passed over', pairs, 'pid=x user=eve', { 'user.name': 'eve' }],
  ['a run of pairs may be empty', pairs, '', {}],
  [
    'pairs may be parted by commas',
    p.pattern`${p.pairs({ user: [p.rest('user.name')] }, ',')}`,
    'a=b, user=eve x , c=d',
    { 'user.name': 'eve x ' },
  ],
  ['text that is read over goes into no field', p.pattern`${p.skip()} ${user}`, 'a b', { 'user.name': 'b' }],

  ['a number is digits', p.pattern`${p.number('process.pid')}x`, '42x', { 'process.pid': 42 }],
  ['a number loses its zeros in front', p.pattern`${p.number('process.pid')}x`, '0042x', { 'process.pid': 42 }],
  ['nought is a number', p.pattern`${p.number('process.pid')}x`, '000x', { 'process.pid': 0 }],
  ['a dash is no number, and fine', p.pattern`${p.number('process.pid')} x`, '- x', {}],
  [
    'a number has 15 digits at most',
    p.pattern`${p.number('process.pid')}`,
    '999999999999999',
    { 'process.pid': 999_999_999_999_999 },
  ],
  ['a number of 16 digits does not match', p.pattern`${p.number('process.pid')}`, '1000000000000000', undefined],
  ['a letter is no number', p.pattern`${p.number('process.pid')}`, 'x', undefined],
  ['a number stops at the end of its line', p.pattern`a${p.number('process.pid')}`, 'a', undefined],

  ['an address is an IP', p.pattern`${p.address('source')} x`, '192.0.2.1 x', { 'source.ip': '192.0.2.1' }],
  ['an address may be a name', p.pattern`${p.address('source')} x`, 'gate.example x', { 'source.domain': 'gate.example' }],
  ['an address may be missing', p.pattern`${p.address('source')} x`, '- x', {}],
  ['an address is nothing else', p.pattern`${p.address('source')} x`, 'a/b x', undefined],
  [
    'a mapped address is taken out',
    p.pattern`${p.address('destination')}`,
    '::ffff:192.0.2.1',
    { 'destination.ip': '192.0.2.1' },
  ],
  ['an IP is not a name', p.pattern`${p.ip('source')}`, 'gate.example', undefined],
  ['an IP is not a dash', p.pattern`${p.ip('source')}`, '-', undefined],

  ['a URL has a path', p.pattern`${p.url('word')}`, '/a/b', { 'url.original': '/a/b', 'url.path': '/a/b' }],
  [
    'a URL has a query',
    p.pattern`${p.url('word')}`,
    '/a?b=?c',
    { 'url.original': '/a?b=?c', 'url.path': '/a', 'url.query': 'b=?c' },
  ],
  ['a URL may have an empty query', p.pattern`${p.url('word')}`, '/a?', { 'url.original': '/a?', 'url.path': '/a' }],
  [
    'a URL may have a host',
    p.pattern`${p.url('word')}`,
    'https://a.example:8443/b?c',
    { 'url.original': 'https://a.example:8443/b?c', 'url.domain': 'a.example', 'url.path': '/b', 'url.query': 'c' },
  ],
  [
    'a URL may be a host alone',
    p.pattern`${p.url('word')}`,
    'http://a.example',
    { 'url.original': 'http://a.example', 'url.domain': 'a.example' },
  ],
  ['a URL of another kind is kept whole', p.pattern`${p.url('word')}`, 'a.example:443', { 'url.original': 'a.example:443' }],
  ['a URL may be a star', p.pattern`${p.url('word')}`, '*', { 'url.original': '*' }],

  ['a stamp is a time', p.pattern`${p.stamp('slashed')} x`, '2026/11/22 14:10:22 x', { timestamp: '2026-11-22T14:10:22.000Z' }],
  ['a stamp that is none does not match', p.pattern`${p.stamp('slashed')}`, '2026/13/22 14:10:22', undefined],
  [
    'a stamp does not reach beyond its stretch',
    p.pattern`${p.within('first', [p.stamp('slashed')])}22 x`,
    '2026/11/22 14:10:22 x',
    undefined,
  ],

  [
    'a word of a table means its constants',
    p.pattern`${p.oneWord(words)} x`,
    'b x',
    { 'event.action': 'second', 'event.category': ['x', 'y'] },
  ],
  ['a word of no table does not match', p.pattern`${p.oneWord(words)} x`, 'c x', undefined],
  ['a word that is on every object does not match', p.pattern`${p.oneWord(words)} x`, 'constructor x', undefined],
  ['an open table lets other words pass', p.pattern`${p.anyWord(words)} x`, 'c x', {}],
  [
    'constants are set where the pattern matches',
    p.pattern`a${p.set({ 'event.action': 'x "y"' })}`,
    'a',
    { 'event.action': 'x "y"' },
  ],
  [
    'a later value replaces an earlier one',
    p.pattern`${p.set({ 'event.action': 'x' })}${p.set({ 'event.action': 'y' })}`,
    '',
    { 'event.action': 'y' },
  ],

  ['a priority is a level', p.pattern`<${p.priority()}>`, '<86>', { 'log.syslog.priority': 86, 'log.level': 'info' }],
  [
    'a priority of 0 is an emergency',
    p.pattern`<${p.priority()}>`,
    '<0>',
    { 'log.syslog.priority': 0, 'log.level': 'emergency' },
  ],
  ['a priority is at most 191', p.pattern`<${p.priority()}>`, '<192>', undefined],
  ['a priority is not missing', p.pattern`<${p.priority()}>`, '<->', undefined],

  [
    'the first of several patterns counts',
    p.pattern`${p.oneOf(p.pattern`a${p.set({ 'event.action': '1' })}`, p.pattern`ab${p.set({ 'event.action': '2' })}`)}`,
    'ab',
    { 'event.action': '1' },
  ],
  ['the next is tried where the first does not match', p.pattern`${p.oneOf(p.pattern`ab`, p.pattern`ac`)}d`, 'acd', {}],
  ['none of several does not match', p.pattern`${p.oneOf(p.pattern`ab`, p.pattern`ac`)}`, 'ad', undefined],
  [
    'what was chosen stands, even if the rest does not match',
    p.pattern`${p.oneOf(p.pattern`a`, p.pattern`ab`)}c`,
    'abc',
    undefined,
  ],
  [
    'a choice that fails takes its fields back',
    p.pattern`${p.oneOf(p.pattern`${p.word('user.name')} ${p.number('process.pid')}!`, p.pattern`${p.skip('word')}`)} ${p.rest('message')}`,
    'a 7 b',
    { message: '7 b' },
  ],
  [
    'a choice that fails gives fields back what they held',
    p.pattern`${p.set({ 'event.action': 'x' })}${p.optional(p.pattern`${p.set({ 'event.action': 'y' })}a`)}b`,
    'b',
    { 'event.action': 'x' },
  ],
  [
    'what is optional may be there',
    p.pattern`${p.optional(p.pattern`a${p.number('process.pid')}`)}b`,
    'a1b',
    { 'process.pid': 1 },
  ],
  ['what is optional may be missing', p.pattern`${p.optional(p.pattern`a${p.number('process.pid')}`)}b`, 'b', {}],
  [
    'what is optional may be cut',
    p.pattern`${p.optional(p.pattern`a${p.number('process.pid')}`)}${p.rest('message')}`,
    'ab',
    { message: 'ab' },
  ],
  [
    'choices lie in choices',
    p.pattern`${p.oneOf(p.pattern`a${p.oneOf(p.pattern`b!`, p.pattern`c!`)}`, p.pattern`ab`)}c`,
    'abc',
    {},
  ],
  ['an empty choice at the end of a line matches', p.pattern`a${p.optional(p.pattern`b`)}${p.end()}`, 'a', {}],

  ['what must not be there is not', p.pattern`${p.not(p.pattern`a`)}${user}`, 'b', { 'user.name': 'b' }],
  ['what must not be there is', p.pattern`${p.not(p.pattern`a`)}${user}`, 'ab', undefined],
  [
    'what must not be there leaves no fields',
    p.pattern`${p.not(p.pattern`${p.number('process.pid')}x`)}${user}`,
    '1y',
    { 'user.name': '1y' },
  ],

  [
    'a stretch is read by a pattern of its own',
    p.pattern`(${p.within('first', p.pattern`${user}=${p.rest('user.id')}`)}) ${p.rest('message')}`,
    '(a=b) c',
    { 'user.name': 'a', 'user.id': 'b', message: 'c' },
  ],
  ['a stretch is all that its pattern sees', p.pattern`(${p.within('first', p.pattern`${user}=`)})`, '(a) =', undefined],
  ['what a stretch leaves over is read over', p.pattern`(${p.within('first', p.pattern`a`)})${p.end()}`, '(abc)', {}],
  [
    'a stretch may be a field too',
    p.pattern`${p.within('rest', p.pattern`${user} `, 'message')}`,
    'a b',
    { 'user.name': 'a', message: 'a b' },
  ],
  [
    'a stretch that fails is left by a choice',
    p.pattern`${p.oneOf(p.pattern`${p.within('word', p.pattern`a${p.end()}`)}`, p.pattern`${p.skip('word')}`)} ${user}`,
    'ab c',
    { 'user.name': 'c' },
  ],
  [
    'stretches lie in stretches',
    p.pattern`${p.within('last', p.pattern`${p.within('first', p.pattern`${user}`)},${p.rest('user.id')}`)};`,
    'a,b;c;',
    { 'user.name': 'a', 'user.id': 'b;c' },
  ],
];

for (const [shows, pattern, line, fields] of rows) test(shows, () => assert.deepEqual(read(pattern, line), fields));

test('text without an end is refused when it is compiled', () => {
  assert.throws(() => compile([p.pattern`${user}${p.number('process.pid')}`], []), /what follows user\.name must be literal/);
  assert.throws(() => compile([p.pattern`${p.skip()}${p.end()}`], []), /what follows skipped text must be literal/);
});

describe('a message', () => {
  const datasets = [
    { name: 'door', programs: ['doord', 'door'], messages: [p.pattern`opened by ${user}.`, p.pattern`shut by ${user}.`] },
  ];
  const format = p.pattern`${p.text('process.name')}: ${p.message()}`;

  function readMessage(line: string): Readonly<Record<string, unknown>> {
    const image = compile([format], datasets);
    const scanner = new Scanner(image, new Clock({ zone: zoneNamed('utc'), isZoneKnown: true, anchorMs: () => 0 }));
    const bytes = Buffer.from(`${line}${' '.repeat(64)}`);
    assert.ok(scanner.scan(image.entries[0] ?? -1, bytes, 0, line.length));
    const value = (name: 'user.name' | 'log.dataset' | 'message'): string | undefined => {
      const slot = fieldNames.indexOf(name);
      const pool = scanner.slots.held[slot] === held.json ? Buffer.from(scanner.pool) : bytes;
      return scanner.slots.held[slot] === held.nothing
        ? undefined
        : pool.toString('utf8', scanner.slots.from[slot], scanner.slots.to[slot]);
    };
    return { user: value('user.name'), dataset: value('log.dataset'), message: value('message') };
  }

  const cases: readonly (readonly [shows: string, line: string, user: string | undefined, dataset: string | undefined])[] = [
    ['is read by the dataset of its program', 'doord: opened by eve.', 'eve', '"door"'],
    ['is read by the second pattern too', 'door: shut by eve.', 'eve', '"door"'],
    ['that no pattern knows is just a message', 'doord: creaks', undefined, '"door"'],
    ['of another program is just a message', 'window: opened by eve.', undefined, undefined],
  ];
  for (const [shows, line, user, dataset] of cases) {
    test(shows, () => assert.deepEqual(readMessage(line), { user, dataset, message: line.slice(line.indexOf(' ') + 1) }));
  }
});
