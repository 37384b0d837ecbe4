import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Clock, type ClockOptions, quality } from '../../../../src/parse/time/clock.ts';
import { type StampShape, stampShapes } from '../../../../src/parse/time/shapes.ts';
import { zoneNamed } from '../../../../src/parse/time/zone.ts';

const noon = Date.UTC(2026, 10, 23, 12);

function clockWith(options: Partial<ClockOptions> = {}): Clock {
  return new Clock({ zone: zoneNamed('Europe/Berlin'), isZoneKnown: true, anchorMs: () => noon, ...options });
}

/** The time and the length of a stamp, read as a pattern reads it: with its tail, if it has one. */
function read(clock: Clock, text: string): { readonly time: string; readonly behind: number } | undefined {
  const bytes = Buffer.from(`${text}${'\0'.repeat(64)}`);
  for (const shape of ['anyWithTail', 'any'] satisfies StampShape[]) {
    const behind = clock.read(stampShapes.indexOf(shape), bytes, 0);
    if (behind >= 0) return { time: clock.text.toString(), behind };
  }
  return undefined;
}

/** One moment, 2026-11-22 13:36:09 in Berlin, and what must not be taken for a part of it. */
const ways: readonly (readonly [stamp: string, rest?: string])[] = [
  ['Nov 22 13:36:09', ' web1'],
  ['Nov 22 2026 13:36:09', ': x'],
  ['Nov 22 13:36:09 2026', ' web1'],
  ['Nov 22 12:36:09 UTC', ' x'],
  ['NOV 22 13:36:09', ' web1'],
  ['Sun Nov 22 13:36:09 2026', ']'],
  ['Sun Nov 22 13:36:09', ' [sshd]'],
  ['Sun Nov 22 2026 13:36:09', ' x'],
  ['Sun Nov 22 2026 13:36:09 GMT+0100', ' (CET)'],
  ['Sun Nov 22 13:36:09 CET 2026', ' x'],
  ['Sun Nov 22 13:36:09 +0100 2026', ' x'],
  ['CET Nov 22 13:36:09', ']'],
  ['Sun, 22 Nov 2026 13:36:09 +0100', ' x'],
  ['Sunday, 22-Nov-26 12:36:09 GMT', ' x'],
  ['2026-11-22T13:36:09', ' x'],
  ['2026-11-22t12:36:09z', ' x'],
  ['2026-11-22T12:36:09Z', ' x'],
  ['2026-11-22T18:06:09+05:30', ' x'],
  ['2026-11-22T12:36:09Z[UTC]', ' x'],
  ['2026-11-22T13:36:09+01:00[Europe/Berlin]', ' x'],
  ['2026-11-22 13:36:09', ' x'],
  ['2026-11-22 13:36:09,', ' Info'],
  ['2026-11-22 12:36:09 +00:00', ' x'],
  ['2026-11-22 07:36:09 -0500', ' x'],
  ['2026-11-22 12:36:09 UTC', ' [77]'],
  ['2026-11-22 15:36:09 MSK', ' [77]'],
  ['2026-11-22 15:36:09 +03', ' [77]'],
  ['2026-11-22 21:36:09 Asia/Tokyo', ' x'],
  ['2026-11-22 - 13:36:09', ' | 401'],
  ['2026-11-22 13:36:09 +0100 CET', ' m=+0.1'],
  ['2026-11-22,13:36:09,', 'x'],
  ['2026-11-22-13.36.09', ' x'],
  ['2026-11-22_13:36:09', ' x'],
  ['2026-11-22\t13:36:09', '\tx'],
  ['2026-Nov-22 13:36:09', ' x'],
  ['2026 Nov 22 13:36:09', ' x'],
  ['2026/11/22 13:36:09', ' [error]'],
  ['2026.11.22 13:36:09', ' x'],
  ['2026:11:22-13:36:09', ': x'],
  ['22/Nov/2026:13:36:09', ']'],
  ['22/Nov/2026:13:36:09 +0100', ']'],
  ['22/Nov/2026 13:36:09', ' x'],
  ['22-Nov-2026 13:36:09', ' x'],
  ['22-Nov-2026 07:36:09 -0500', ' x'],
  ['22-Nov-2026 15:36:09 Europe/Moscow', '] PHP'],
  ['22-11-2026 13:36:09', ' x'],
  ['11-22-2026 13:36:09', ' x'],
  ['22/11/2026 13:36:09', ' x'],
  ['22/11/26 13:36:09', ' x'],
  ['26/11/22 13:36:09', ' INFO'],
  ['11/22/26 13:36:09', ' x'],
  ['11/22/2026:13:36:09', ' x'],
  ['11/22/2026-13:36:09', ' [**]'],
  ['11/22-13:36:09', ' [**]'],
  ['11/22/26@13:36:09', '>'],
  ['11/22/2026, 1:36:09 PM', ' x'],
  ['11/22/2026, 1:36:09\u202fPM', ' x'],
  ['11/22/2026, 5:36:09 AM MST', ' x'],
  ['22.11.2026 13:36:09', ' x'],
  ['22.11.26 13:36:09', ' x'],
  ['22.11. 13:36:09', ' x'],
  ['11.22 13:36:09', '] x'],
  ['11-22 13:36:09', ' 77 D'],
  ['22 Nov 2026 13:36:09', ' # x'],
  ['22 Nov 13:36:09', ' * x'],
  ['Nov-22-26 13:36:09', ' x'],
  ['Nov 22, 2026 1:36:09 PM', ' x'],
  ['November 22, 2026 01:36:09 pm', ' x'],
  ['November 22, 2026 at 1:36:09 PM GMT+1', ' x'],
  ['Nov 22, 2026 @ 13:36:09', ' x'],
  ['Sun 22 Nov 2026 12:36:09 PM UTC', ' x'],
  ['nov. 22, 2026 1:36:09 PM', ' x'],
  ['22 nov. 2026 13:36:09', ' x'],
  ['20261122T133609', ' x'],
  ['20261122T123609Z', ' x'],
  ['20261122T133609+0100', ' x'],
  ['20261122 133609', ' x'],
  ['20261122 13:36:09', ' x'],
  ['20261122-13:36:09', '|x'],
  ['20261122133609', ' x'],
  ['261122 13:36:09', ' x'],
  ['261122 133609', ' x'],
  ['1795350969', ' x'],
  ['@400000006b02e1b900000000', ' x'],
  ['audit(1795350969.000:987)', ': x'],
];

describe('a moment', () => {
  for (const [stamp, rest = ''] of ways) {
    test(`is read from ${stamp}`, () => {
      assert.deepEqual(read(clockWith(), stamp + rest), {
        time: '2026-11-22T12:36:09.000Z',
        behind: Buffer.byteLength(stamp),
      });
    });
  }
});

describe('decimals of a second', () => {
  const rows: readonly (readonly [stamp: string, ms: string])[] = [
    ['2026-11-22 13:36:09,042', '042'],
    ['22-Nov-2026 13:36:09.5', '500'],
    ['20261122-13:36:09:606', '606'],
    ['2026-11-22-13.36.09.123456', '123'],
    ['11-22 13:36:09.808', '808'],
    ['11/22/26, 1:36:09 PM CET.557710', '557'],
    ['2026-11-22 13:36:09.042 CET.557710', '042'],
    ['20261122T133609.25Z', '250'],
    ['1795350969.25', '250'],
    ['1795350969123', '123'],
    ['1795350969123456', '123'],
    ['1795350969123456789', '123'],
    ['@400000006b02e1b91dcd6500', '500'],
  ];
  for (const [stamp, ms] of rows) {
    test(`are read from ${stamp}`, () => assert.equal(read(clockWith(), stamp)?.time.slice(17), `09.${ms}Z`));
  }
});

describe('a month', () => {
  const rows: readonly (readonly [written: string, month: string])[] = [
    ['04/Mai/2015:09:00:00', '05'],
    ['17/oct./2015:09:00:00', '10'],
    ['17/Okt/2015:09:00:00', '10'],
    ['17/Dez/2015:09:00:00', '12'],
    ['17/Mär/2015:09:00:00', '03'],
    ['17/févr./2015:09:00:00', '02'],
    ['17/août/2015:09:00:00', '08'],
    ['17/juin/2015:09:00:00', '06'],
    ['17/juil./2015:09:00:00', '07'],
    ['17/déc./2015:09:00:00', '12'],
    ['17/ene/2015:09:00:00', '01'],
    ['17/gru/2015:09:00:00', '12'],
    ['17 März 2015 09:00:00', '03'],
    ['17 September 2015 09:00:00', '09'],
  ];
  for (const [written, month] of rows) {
    test(`is known in ${written}`, () => assert.equal(read(clockWith(), written)?.time.slice(5, 7), month));
  }
});

describe('the clock of MySQL', () => {
  test('may have a blank before the hour', () => {
    assert.equal(read(clockWith(), '261122  3:36:09 ')?.time, '2026-11-22T02:36:09.000Z');
    assert.equal(read(clockWith(), '2026-11-22  3:36:09 ')?.time, '2026-11-22T02:36:09.000Z');
  });
});

describe('a clock of twelve hours', () => {
  for (const [written, hour] of [
    ['12:00:00 AM', '00'],
    ['12:30:00 PM', '12'],
    ['1:00:00 am', '01'],
    ['11:59:59 PM', '23'],
    ['11:59:59PM', '23'],
  ] as const) {
    test(`shows ${written} at ${hour}`, () => {
      assert.equal(read(clockWith({ zone: zoneNamed('utc') }), `2026-11-22 ${written} `)?.time.slice(11, 13), hour);
    });
  }
});

describe('a date whose order is open', () => {
  const utc = { zone: zoneNamed('utc') };

  test('has the day first', () => assert.match(read(clockWith(utc), '05/06/2026 09:00:00')?.time ?? '', /^2026-06-05/));
  test('has the month first where a colon joins the clock', () =>
    assert.match(read(clockWith(utc), '05/06/2026:09:00:00')?.time ?? '', /^2026-05-06/));
  test('has the month first before PM', () =>
    assert.match(read(clockWith(utc), '05/06/2026, 9:00:00 PM')?.time ?? '', /^2026-05-06/));
  test('is not in the future', () => assert.match(read(clockWith(utc), '11/12/2026 09:00:00')?.time ?? '', /^2026-11-12/));

  test('is as the source has shown before', () => {
    const clock = clockWith(utc);
    read(clock, '05/23/2026 09:00:00');
    assert.match(read(clock, '05/06/2026 09:00:00')?.time ?? '', /^2026-05-06/);
    clock.configure({ zone: zoneNamed('utc'), isZoneKnown: true, anchorMs: () => noon });
    assert.match(read(clock, '05/06/2026 09:00:00')?.time ?? '', /^2026-06-05/);
  });

  test('has the year first where that is the later time of the two', () => {
    assert.match(read(clockWith(utc), '17/06/09 09:00:00')?.time ?? '', /^2017-06-09/);
    assert.match(read(clockWith({ ...utc, anchorMs: () => Date.UTC(2010, 0) }), '17/06/09 09:00:00')?.time ?? '', /^2009-06-17/);
  });
});

describe('no moment', () => {
  for (const text of [
    '',
    'x',
    'Nov',
    'Nov 22',
    'Nov 31 13:36:09',
    'Nobody 22 13:36:09',
    '192.0.2.1',
    '1.2.3.4 13:36:09',
    '2026-11-22',
    '2026-11-22 x',
    '2026-13-22 13:36:09',
    '2026-11-22 24:36:09',
    '2026-11-22 13:60:09',
    '2026-11-22 13:36:61',
    '2026/11-22 13:36:09',
    '22/11/026 13:36:09',
    '1/2 3:04',
    '179535096',
    '17953509690',
    '9999999999',
    '1795350969.1.2',
    '1795350969-x',
    '1795350969a',
    '@400000006b02e1b9000',
    '@4000000001020304',
    'audit(1795350969.000)',
    '13:36:09',
  ]) {
    test(`is read from ${JSON.stringify(text)}`, () => assert.equal(read(clockWith(), text), undefined));
  }
});

describe('what stands behind a moment', () => {
  for (const [stamp, rest] of [
    ['2026-11-22 13:36:09', '-[main]'],
    ['2026-11-22 13:36:09', '-0'],
    ['2026-11-22 13:36:09', ' CETI'],
    ['2026-11-22 13:36:09', ' Nowhere/Place'],
    ['2026-11-22 13:36:09', ' AMEN'],
    ['2026-11-22 13:36:09', ' 2026'],
    ['Nov 22 13:36:09', ' 2026-x'],
    ['2026-11-22 13:36:09', ' [error]'],
    ['2026-11-22 13:36:09', '[main]'],
    ['2026-11-22 13:36:09', ' +'],
    ['2026-11-22 13:36:09', ' +01x'],
    ['2026-11-22 13:36:09', 'Zoo'],
  ] as const) {
    test(`does not belong to it in ${stamp}${rest}`, () => {
      assert.deepEqual(read(clockWith(), stamp + rest), { time: '2026-11-22T12:36:09.000Z', behind: stamp.length });
    });
  }
});

describe('the quality of a moment', () => {
  const rows: readonly (readonly [stamp: string, isAssumed: number])[] = [
    ['2026-11-22 13:36:09', quality.assumedZone],
    ['2026-11-22 13:36:09 CET', quality.exact],
    ['2026-11-22 13:36:09 Europe/Berlin', quality.exact],
    ['22/11/2026 13:36:09', quality.assumedZone],
    ['22 Nov 13:36:09', quality.assumedYear],
    ['1795350969', quality.exact],
  ];
  for (const [stamp, expected] of rows) {
    test(`is told for ${stamp}`, () => {
      const clock = clockWith({ isZoneKnown: false });
      read(clock, stamp);
      assert.equal(clock.quality, expected);
    });
  }
});

test('a moment without its tail is not taken for one with it', () => {
  const clock = clockWith();
  for (const stamp of ['2026-11-22 13:36:09', '2026-11-22 13:36:09 UTC', '2026-11-22 13:36:09', '2026-11-22 13:36:09 MSK']) {
    assert.deepEqual(read(clock, `${stamp} x`), read(clockWith(), `${stamp} x`));
  }
});

test('a shape for dates takes no counts of seconds', () => {
  for (const shape of ['anyDate', 'anyDateWithTail'] satisfies StampShape[]) {
    assert.equal(clockWith().read(stampShapes.indexOf(shape), Buffer.from('1795350969 UTC\0\0'), 0), -1);
  }
});
