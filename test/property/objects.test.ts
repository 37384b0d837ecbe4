import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../support/generated.ts';
import { name, text } from '../support/members.ts';
import { parseLines } from '../support/parse-lines.ts';

/** Brings the kernel to read objects by plans: it does so behind one that code has read. */
const first = '{"level":30,"time":1795354560123,"msg":"x"}';

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

test('an object behind a tab is no entry of its own, also for the kernel', async () => {
  const lines = [first, first, `\t${first}`, first];
  const { records } = await parseLines(lines, { kind: 'raw' });
  assert.deepEqual(
    records.map(({ log }) => log.format),
    ['json', 'json', 'trace', 'json'],
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
