import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Option } from '../../../src/cli/options.ts';
import { type OptionValue, optionValue } from '../../../src/cli/values.ts';
import { LpError } from '../../../src/model/error.ts';
import { exitStatus } from '../../../src/model/exit-status.ts';

const now = new Date('2026-11-22T12:00:00.000Z');

function read(
  kind: 'text' | 'zone' | 'list' | 'flag' | 'count' | 'duration' | 'size' | 'time' | 'choice',
  ...texts: string[]
): OptionValue {
  const common = { text: '', argument: 'X' };
  const option: Option = kind === 'choice' ? { ...common, kind, choices: ['INFO', 'ERROR', 'error'] } : { ...common, kind };
  return optionValue(option, { texts, place: '--x', status: exitStatus.usage }, now);
}

const good: readonly (readonly [kind: Parameters<typeof read>[0], text: string, value: OptionValue])[] = [
  ['text', '', ''],
  ['text', '007', '007'],
  ['flag', 'on', true],
  ['flag', 'YES', true],
  ['flag', '0', false],
  ['flag', 'off', false],
  ['count', '0', 0],
  ['count', '010', 10],
  ['duration', '500ms', 500],
  ['duration', '90s', 90_000],
  ['duration', '90', 90_000],
  ['duration', '5m', 300_000],
  ['duration', '1.5h', 5_400_000],
  ['duration', '30d', 2_592_000_000],
  ['duration', '2W', 1_209_600_000],
  ['size', '0', 0],
  ['size', '65536', 65_536],
  ['size', '64K', 65_536],
  ['size', '64k', 65_536],
  ['size', '10MiB', 10_485_760],
  ['size', '1G', 1_073_741_824],
  ['size', '1.5KB', 1_536],
  ['time', 'now', now],
  ['time', '24h', new Date('2026-11-21T12:00:00.000Z')],
  ['time', '2026-11-22T13:36:00Z', new Date('2026-11-22T13:36:00.000Z')],
  ['time', '2026-11-22t13:36:00.1234z', new Date('2026-11-22T13:36:00.123Z')],
  ['time', '2026-11-22T13:36:00+02:00', new Date('2026-11-22T11:36:00.000Z')],
  ['time', '2026-11-22 13:36:00+0200', new Date('2026-11-22T11:36:00.000Z')],
  ['time', 'today', new Date(now.getFullYear(), now.getMonth(), now.getDate())],
  ['time', 'Yesterday', new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1)],
  ['time', '2026-11-22', new Date(2026, 10, 22)],
  ['time', '2026-11-22 13:36', new Date(2026, 10, 22, 13, 36)],
  ['time', '2024-02-29 00:00:01', new Date(2024, 1, 29, 0, 0, 1)],
  ['time', '17:05', new Date(now.getFullYear(), now.getMonth(), now.getDate(), 17, 5)],
  ['time', '7:00:30', new Date(now.getFullYear(), now.getMonth(), now.getDate(), 7, 0, 30)],
  ['time', '1 hour ago', new Date('2026-11-22T11:00:00.000Z')],
  ['time', '90 minutes ago', new Date('2026-11-22T10:30:00.000Z')],
  ['time', '2d ago', new Date('2026-11-20T12:00:00.000Z')],
  ['time', '1 week', new Date('2026-11-15T12:00:00.000Z')],
  ['zone', 'Europe/Berlin', 'Europe/Berlin'],
  ['zone', 'UTC', 'utc'],
  ['zone', 'Local', 'local'],
  ['choice', 'INFO', 'INFO'],
  ['choice', 'info', 'INFO'],
  ['choice', 'error', 'error'],
  ['choice', 'inf', 'INFO'],
];
for (const [kind, text, value] of good) {
  test(`a ${kind} may be written "${text}"`, () => assert.deepEqual(read(kind, text), value));
}

const bad: readonly (readonly [kind: Parameters<typeof read>[0], text: string])[] = [
  ['flag', 'maybe'],
  ['count', 'abc'],
  ['count', '-5'],
  ['count', '1.5'],
  ['count', ''],
  ['count', '1e3'],
  ['count', '99999999999999999999'],
  ['duration', '5 parsecs'],
  ['duration', '-5s'],
  ['duration', ''],
  ['size', '64X'],
  ['size', 'K'],
  ['size', '99999999T'],
  ['duration', '1M'],
  ['time', '1M'],
  ['time', '1 month ago'],
  ['time', '24:00'],
  ['zone', 'Berlin'],
  ['zone', 'Mars/Base'],
  ['zone', ''],
  ['time', 'yesterdayish'],
  ['time', '2026-02-30'],
  ['time', '2026-13-01'],
  ['time', '2026-11-22T25:00:00Z'],
  ['time', '24'],
  ['choice', 'fatal'],
  ['choice', 'in'],
  ['choice', 'err'],
];
for (const [kind, text] of bad) {
  test(`"${text}" is no ${kind}`, () => {
    assert.throws(
      () => read(kind, text),
      (thrown) => {
        assert(thrown instanceof LpError);
        assert.equal(thrown.status, exitStatus.usage);
        assert(thrown.message.startsWith(`--x: "${text}" is not `), thrown.message);
        return true;
      },
    );
  });
}

test('the last of repeated values wins, but a list keeps them all', () => {
  assert.equal(read('count', '1', '2'), 2);
  assert.deepEqual(read('list', 'a', 'b'), ['a', 'b']);
});

test('a wrong choice lists the choices and the nearest', () => {
  assert.throws(() => read('choice', 'inof'), /--x: "inof" is not one of INFO, ERROR, error; did you mean INFO\?/);
});

const hints: readonly (readonly [kind: Parameters<typeof read>[0], text: string, hint: RegExp])[] = [
  ['time', '1M', /m is minutes, and a month is 30d$/],
  ['duration', '3M', /m is minutes, and a month is 30d$/],
  ['zone', 'Berlin', /did you mean Europe\/Berlin\?$/],
  ['zone', 'new york', /did you mean America\/New_York\?$/],
  ['zone', 'Europe/Belrin', /did you mean Europe\/Berlin\?$/],
];
for (const [kind, text, hint] of hints) {
  test(`"${text}" for a ${kind} is answered with what was meant`, () => assert.throws(() => read(kind, text), { message: hint }));
}
