import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { eventNames, levelNames, messageNames, outcomeNames, textNames, timeNames } from '../../src/parse/structured/names.ts';
import { addressNames, numberNames } from '../../src/parse/structured/number-names.ts';
import { holders } from '../../src/parse/structured/reading.ts';
import { requestNames } from '../../src/parse/structured/request-names.ts';
import { parseLines } from '../support/parse-lines.ts';

/** Brings the kernel to read objects by plans: it does so behind one that code has read. */
const first = '{"level":30,"time":1795354560123,"msg":"x"}';

const names = [
  ...new Set([
    ...[...messageNames, ...timeNames, ...levelNames, ...eventNames, ...outcomeNames, ...holders],
    ...[textNames, numberNames, addressNames, requestNames].flatMap((table) => Object.values(table).flat()),
    ...['request', 'requestUri', 'host', 'error', 'err', 'controller', 'event_id', 'stream', 'log', '7', '__proto__', 'x', ''],
  ]),
];
const name = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...names) },
  fc.constantFrom('time', 'level', 'msg', 'method', 'url', 'status', 'ip', 'remote_addr', 'app', 'pid', 'request', 'meta'),
  fc.string({ maxLength: 4 }),
);
const number = fc.oneof(
  fc.constantFrom(
    0,
    -0,
    7,
    30,
    50,
    200,
    404,
    1e21,
    1.5,
    -1,
    1795354560,
    1795354560.5,
    1795354560123,
    1795354560123456,
    99999999999,
  ),
  fc.integer({ min: 1_500_000_000, max: 1_900_000_000 }).map((seconds) => seconds + 0.25),
  fc.nat({ max: 999_999 }).map((micros) => Number(`1795354560.${String(micros).padStart(6, '0')}`)),
);
const text = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom(...['', '-', '--', 'null', ' x ', '\u00a0x\u3000', 'é😀', 'a"b\\c\n\td', '\u0000', '\ud800']),
  },
  fc.constantFrom(
    ...['INFO', 'warn', 'E', 'D2', 'Fatal', '30', '007', '200', '2026-11-22T13:36:00.5Z', '2026-11-22 13:36:01', '13:36'],
  ),
  fc.constantFrom(...['22/Nov/2026:13:36:00 +0100', '1795354560', '1795354560.25', 'Nov 22 13:36:00', 'Sunday', '1795354560123']),
  fc.constantFrom(
    ...['203.0.113.5', '::ffff:203.0.113.5', '[2001:db8::5]:4022', '203.0.113.5:80', '203.0.113.5:080', 'web1', 'ip/192.0.2.1'],
  ),
  fc.constantFrom(
    ...['GET', 'get', 'BREW', 'GET /x?a=1 HTTP/1.1', 'GET  HTTP/1.1', ' /x', 'GET /', 'HTTP/2.0', '1.1', '2', 'tcp', 'UDP'],
  ),
  fc.constantFrom(
    ...['/x?a=1', '/', 'http://shop.example:80/x?y', 'x://', '*', 'shop.example:443', ':443', 'login failed', 'user.auth'],
  ),
  fc.constantFrom(
    ...['Failed password for root from 192.0.2.1 port 4022 ssh2', 'sshd', 'invalid password', 'unauthorized', 'sign in'],
  ),
  fc.string({ maxLength: 8 }),
);
const scalar: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: text },
  { weight: 2, arbitrary: number },
  fc.boolean(),
  fc.constant(null),
);
const { object } = fc.letrec<{ value: unknown; object: Record<string, unknown> }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', weight: 6, arbitrary: scalar },
    { weight: 1, arbitrary: tie('object') },
    { weight: 1, arbitrary: fc.array(scalar, { maxLength: 3 }) },
  ),
  object: fc
    .array(fc.tuple(name, tie('value')), { maxLength: 8 })
    .map((members): Record<string, unknown> => Object.fromEntries(members)),
}));
/** The same names with other values. */
function withOthers(value: unknown, others: readonly unknown[], at = { next: 0 }): unknown {
  if (Array.isArray(value)) return value.map((one: unknown) => withOthers(one, others, at));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withOthers(inner, others, at)]));
  const other = others[at.next++ % Math.max(1, others.length)];
  return typeof other === typeof value ? other : value;
}

test('the kernel reads objects as code does, whatever their names and values', async () => {
  await fc.assert(
    fc.asyncProperty(object, fc.array(scalar, { minLength: 1, maxLength: 9 }), async (value, others) => {
      const line = JSON.stringify(value);
      const lines = [first, line, line, first, JSON.stringify(withOthers(value, others)), ` ${line.replaceAll(',', ' ,\t')} `];
      const { counts } = await parseLines(lines, { kind: 'raw' });
      assert.equal(counts.lines, lines.length);
    }),
    { numRuns: 600 },
  );
});

test('a time, an address and a message with escapes are read by a plan as they stand', async () => {
  const messages = Array.from({ length: 9 }, (_, index) => `a \\ "b" \u00e9\n${index}`);
  const lines = messages.map((msg, index) =>
    JSON.stringify({ time: 1795354560.0625 + index / 8, level: 'warn', msg, remote_addr: `::ffff:203.0.113.${index + 1}` }),
  );
  const { records } = await parseLines(lines, { kind: 'raw' });
  assert.deepEqual(
    records.map(({ message, timestamp }) => [message, timestamp]),
    messages.map((message, index) => [message, new Date(1795354560062 + index * 125).toISOString()]),
  );
  assert.deepEqual(
    records.map(({ source }) => source),
    messages.map((_, index) => ({ ip: `203.0.113.${index + 1}` })),
  );
});
