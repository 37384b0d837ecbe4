import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planFor } from '../../src/parse/structured/plan-for.ts';
import { fc } from '../support/generated.ts';
import { parseLines } from '../support/parse-lines.ts';

const names = [
  ...['date', 'time', 'c-ip', 's-ip', 'c-port', 's-port', 'cs-method', 'cs-uri-stem', 'cs-uri-query', 'cs-username', 'cs-uri'],
  ...[
    'cs(User-Agent)',
    'cs(Referer)',
    'cs-host',
    'cs(Host)',
    'sc-status',
    'sc-bytes',
    's-reason',
    'cs-version',
    'x-edge-location',
  ],
  ...['time-taken', '__proto__'],
];
const day = fc.constantFrom('2026-11-22', '2026-11-23', '2026-13-45', '2026-11-2', '-', '');
const clock = fc.constantFrom('13:36:00', '13:36:59', '24:00:00', '13:36', '-', '');
const other = fc.oneof(
  fc.constantFrom(
    ...['-', '', '203.0.113.5', '2001:db8::5%0', 'fe80::1%3', '::ffff:192.0.2.1', '1.2.3', 'GET', '/a', '/a?b=c', '?', '/?-'],
  ),
  fc.constantFrom(
    ...['HTTP/1.1', 'HTTP/', 'HTTP/-', 'http/1.1', '443', '00443', '0', '1234567890123456', 'é', '#x', 'Bad', 'a\\"b', '%'],
  ),
);
const columns = fc.array(fc.constantFrom(...names), { minLength: 2, maxLength: 12 });

function lineOf(header: readonly string[], [days, clocks, others]: readonly (readonly string[])[], parting: string): string {
  const kinds: Readonly<Record<string, readonly string[] | undefined>> = { date: days, time: clocks };
  return header.map((name, index) => (kinds[name] ?? others ?? [])[index]).join(parting);
}

const list = (one: fc.Arbitrary<string>): fc.Arbitrary<string[]> => fc.array(one, { minLength: 12, maxLength: 12 });
const values = fc.tuple(list(day), list(clock), list(other));

test('the kernel reads columns by their header as code does, whatever is in them', async () => {
  await fc.assert(
    fc.asyncProperty(
      columns,
      columns,
      fc.array(values, { minLength: 4 }),
      fc.constantFrom(' ', '\t'),
      async (first, second, rows, by) => {
        const of = (header: readonly string[]): string[] => [
          `#Fields: ${header.join(' ')}`,
          ...rows.map((row) => lineOf(header, row, by)).filter((line) => line !== ''),
        ];
        const login = 'Nov 22 13:36:00 web1 sshd[801]: Failed password for root from 203.0.113.5 port 4022 ssh2';
        const lines = [
          ...of(first),
          `${lineOf(first, rows[0] ?? [], by)}${by}more`,
          ...of(second),
          login,
          ...of(second),
          '#Version: 1.0',
        ];
        const { counts } = await parseLines(lines, { kind: 'raw' });
        assert.equal(counts.lines, lines.length);
      },
    ),
    { numRuns: 500 },
  );
});

const envelope = (source: string, original: string): string =>
  JSON.stringify({ schema: 'lp/1', type: 'line', log: { source, offset: 0 }, original });

test('a header counts for the lines of its own source alone', async () => {
  const line = '2026-11-22 13:36:00 alice 203.0.113.5';
  const one = '#Fields: date time cs-username c-ip';
  const other = '#Fields: date time cs-method c-ip';
  const lines = [envelope('a', one), envelope('b', other), ...['a', 'b', 'a', 'b', 'c'].map((source) => envelope(source, line))];
  const { records } = await parseLines(lines, { kind: 'envelopes' });
  assert.deepEqual(
    records.slice(2).map(({ user, http }) => [user, http]),
    [
      [{ name: 'alice' }, undefined],
      [undefined, { request: { method: 'alice' } }],
      [{ name: 'alice' }, undefined],
      [undefined, { request: { method: 'alice' } }],
      [undefined, undefined],
    ],
  );
});

test('a header is known as long as its source is, whatever other sources write', async () => {
  const line = envelope('a', '2026-11-22 13:36:00 alice 203.0.113.5');
  const header = envelope('a', '#Fields: date time cs-username c-ip');
  for (const [others, user] of [
    [500, { name: 'alice' }],
    [1_000, undefined],
  ] as const) {
    const between = Array.from({ length: others }, (_, index) => envelope(`b${index}`, '{"level":"info","of":[[1]]}'));
    const { records } = await parseLines([header, line, ...between, line, line], { kind: 'envelopes' });
    assert.deepEqual(
      [1, -2, -1].map((index) => records.at(index)?.user),
      [{ name: 'alice' }, user, user],
    );
  }
});

test('names with line feeds in them, as only envelopes can have, are names', async () => {
  const lines = ['#Fields: cs-method c-ip\nss', 'GET 203.0.113.5', 'GET 203.0.113.5'].map((line) => envelope('a', line));
  const { records } = await parseLines(lines, { kind: 'envelopes' });
  assert.deepEqual(
    records.slice(1).map(({ http, source }) => [http, source]),
    [1, 2].map(() => [{ request: { method: 'GET' } }, undefined]),
  );
});

test('columns are read by a plan where there are as many as names', () => {
  assert.ok(planFor('#date time c-ip\nsss'));
  assert.equal(planFor('#date time c-ip\nss'), undefined);
  assert.equal(planFor('#date c-ip\nss\nsss'), undefined);
});
