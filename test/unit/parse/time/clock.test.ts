import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Clock, type ClockOptions, quality, qualityNames } from '../../../../src/parse/time/clock.ts';
import { type StampShape, stampShapes } from '../../../../src/parse/time/shapes.ts';
import { zoneNamed } from '../../../../src/parse/time/zone.ts';

const noon = Date.UTC(2026, 10, 23, 12);

function clockWith(options: Partial<ClockOptions> = {}): Clock {
  return new Clock({ zone: zoneNamed('utc'), isZoneKnown: true, anchorMs: () => noon, ...options });
}

/** What a stamp says, and where it ends; undefined for one that is none. */
function read(clock: Clock, shape: StampShape, text: string): { time: string; behind: number } | undefined {
  const behind = clock.read(stampShapes.indexOf(shape), Buffer.from(`${text}${'\0'.repeat(64)}`), 0);
  return behind < 0 ? undefined : { time: clock.text.toString(), behind };
}

const stamps: readonly (readonly [shows: string, shape: StampShape, text: string, time: string, rest?: string])[] = [
  ['with a zone', 'clf', '22/Nov/2026:13:36:00 +0100', '2026-11-22T12:36:00.000Z'],
  ['west of Greenwich', 'clf', '22/Nov/2026:13:36:00 -0500', '2026-11-22T18:36:00.000Z'],
  ['with half an hour', 'clf', '22/Nov/2026:13:36:00 +0530', '2026-11-22T08:06:00.000Z'],
  ['over midnight', 'clf', '31/Dec/2026:23:59:59 -0100', '2027-01-01T00:59:59.000Z'],
  ['of a leap second', 'clf', '31/Dec/2016:23:59:60 +0000', '2017-01-01T00:00:00.000Z'],
  ['of a leap day', 'clf', '29/Feb/2028:00:00:00 +0000', '2028-02-29T00:00:00.000Z'],
  ['of a leap day of a century', 'clf', '29/Feb/2000:00:00:00 +0000', '2000-02-29T00:00:00.000Z'],
  ['of the first second', 'clf', '01/Jan/1970:00:00:00 +0000', '1970-01-01T00:00:00.000Z'],
  ['of the last second', 'clf', '31/Dec/9999:23:59:59 +0000', '9999-12-31T23:59:59.000Z'],
  ['of a time of day that has been', 'clock', '11:36:00.907', '2026-11-23T11:36:00.907Z', ' x'],
  ['of a time of day that is yet to come', 'clock', '13:36:00', '2026-11-22T13:36:00.000Z', ' x'],
  ['without a year', 'syslog', 'Nov 22 13:36:00', '2026-11-22T13:36:00.000Z', ' web1'],
  ['with a padded day', 'syslog', 'Nov  2 13:36:00', '2026-11-02T13:36:00.000Z', ' web1'],
  ['with a short day', 'syslog', 'Nov 2 13:36:00', '2026-11-02T13:36:00.000Z', ' web1'],
  ['with a year', 'syslog', 'Nov 22 2020 13:36:00', '2020-11-22T13:36:00.000Z', ' web1'],
  ['with decimals', 'syslog', 'Nov 22 13:36:00.25', '2026-11-22T13:36:00.250Z', ' web1'],
  ['in another case', 'syslog', 'NOV 22 13:36:00', '2026-11-22T13:36:00.000Z', ' web1'],
  ['with microseconds', 'rfc3339', '2026-11-22T13:36:00.123456+01:00', '2026-11-22T12:36:00.123Z'],
  ['with nanoseconds', 'rfc3339', '2026-11-22T13:36:00.999999999Z', '2026-11-22T13:36:00.999Z'],
  ['with one decimal', 'rfc3339', '2026-11-22T13:36:00.5Z', '2026-11-22T13:36:00.500Z'],
  ['in small letters', 'rfc3339', '2026-11-22t13:36:00z', '2026-11-22T13:36:00.000Z'],
  ['with a blank', 'iso', '2026-11-22 13:36:00', '2026-11-22T13:36:00.000Z', ' x'],
  ['with a comma', 'iso', '2026-11-22 13:36:00,042', '2026-11-22T13:36:00.042Z', ' x'],
  ['with a short zone', 'iso', '2026-11-22 13:36:00+02', '2026-11-22T11:36:00.000Z', ' x'],
  ['with a zone without colon', 'iso', '2026-11-22T13:36:00-0330', '2026-11-22T17:06:00.000Z'],
  ['with slashes', 'slashed', '2026/11/22 13:36:00', '2026-11-22T13:36:00.000Z', ' [error]'],
  ['as of C', 'asctime', 'Sun Nov 22 14:10:22.123456 2026', '2026-11-22T14:10:22.123Z', ']'],
  ['as of C, without decimals', 'asctime', 'Sun Nov  1 14:10:22 2026', '2026-11-01T14:10:22.000Z', ']'],
];

for (const [shows, shape, text, time, rest = ''] of stamps) {
  test(`reads a ${shape} stamp ${shows}`, () => {
    assert.deepEqual(read(clockWith(), shape, text + rest), { time, behind: text.length });
  });
}

const noStamps: readonly (readonly [shows: string, shape: StampShape, text: string])[] = [
  ['February 30', 'clf', '30/Feb/2026:13:36:00 +0000'],
  ['February 29 of a common year', 'clf', '29/Feb/2026:13:36:00 +0000'],
  ['February 29 of a common century', 'clf', '29/Feb/2100:13:36:00 +0000'],
  ['day 0', 'clf', '00/Nov/2026:13:36:00 +0000'],
  ['November 31', 'clf', '31/Nov/2026:13:36:00 +0000'],
  ['an unknown month', 'clf', '22/Mai/2026:13:36:00 +0000'],
  ['a one-digit day', 'clf', '1/Jan/2000:00:00:00 +0000'],
  ['hour 24', 'clf', '22/Nov/2026:24:00:00 +0000'],
  ['minute 60', 'clf', '22/Nov/2026:13:60:00 +0000'],
  ['second 61', 'clf', '22/Nov/2026:13:36:61 +0000'],
  ['no zone', 'clf', '22/Nov/2026:13:36:00'],
  ['a zone too far', 'clf', '22/Nov/2026:13:36:00 +2500'],
  ['a zone with 75 minutes', 'clf', '22/Nov/2026:13:36:00 +0175'],
  ['half a zone', 'clf', '22/Nov/2026:13:36:00 +013'],
  ['a year before 1970', 'clf', '22/Nov/1969:13:36:00 +0000'],
  ['a moment of the year 10000', 'clf', '31/Dec/9999:23:59:59 -0100'],
  ['a cut', 'clf', '22/Nov/2026:13:3'],
  ['nothing', 'clf', ''],
  ['a one-digit hour', 'syslog', 'Nov 22 3:36:00'],
  ['a point without decimals', 'syslog', 'Nov 22 13:36:00. x'],
  ['a blank for T', 'rfc3339', '2026-11-22 13:36:00Z'],
  ['no zone', 'rfc3339', '2026-11-22T13:36:00'],
  ['a sign without a zone', 'iso', '2026-11-22T13:36:00+x'],
  ['half a zone', 'iso', '2026-11-22T13:36:00+01:0'],
  ['month 13', 'iso', '2026-13-22T13:36:00Z'],
  ['dashes', 'slashed', '2026-11-22 13:36:00'],
  ['no year', 'asctime', 'Sun Nov 22 14:10:22 x'],
];

for (const [shows, shape, text] of noStamps) {
  test(`reads no ${shape} stamp with ${shows}`, () => assert.equal(read(clockWith(), shape, text), undefined));
}

describe('a stamp without a year', () => {
  const rows: readonly (readonly [shows: string, now: string, text: string, time: string])[] = [
    ['is of this year', '2026-11-23T00:00:00Z', 'Nov 22 13:36:00', '2026-11-22T13:36:00.000Z'],
    ['is of this year when it is less than a day ahead', '2026-11-23T00:00:00Z', 'Nov 23 23:59:59', '2026-11-23T23:59:59.000Z'],
    ['is of last year when it is more than a day ahead', '2026-11-23T00:00:00Z', 'Nov 24 00:00:01', '2025-11-24T00:00:01.000Z'],
    ['of December is of last year in January', '2027-01-01T00:00:10Z', 'Dec 31 23:59:59', '2026-12-31T23:59:59.000Z'],
    ['of January is of next year on its eve', '2026-12-31T23:59:50Z', 'Jan  1 00:00:10', '2027-01-01T00:00:10.000Z'],
    ['of January 2 is of this year on New Year’s Eve', '2026-12-31T23:00:00Z', 'Jan  2 12:00:00', '2026-01-02T12:00:00.000Z'],
    ['of a leap day is of the last leap year', '2026-11-23T00:00:00Z', 'Feb 29 12:00:00', '2024-02-29T12:00:00.000Z'],
    ['of a leap day is of this year on that day', '2028-02-29T12:00:00Z', 'Feb 29 11:00:00', '2028-02-29T11:00:00.000Z'],
    ['of a leap day finds one over a common century', '2103-06-01T00:00:00Z', 'Feb 29 12:00:00', '2096-02-29T12:00:00.000Z'],
  ];
  for (const [shows, now, text, time] of rows) {
    test(shows, () => {
      const clock = clockWith({ anchorMs: () => Date.parse(now) });
      assert.equal(read(clock, 'syslog', text)?.time, time);
      assert.equal(clock.quality, quality.assumedYear);
    });
  }

  test('is near to the present as its zone sees it', () => {
    const clock = clockWith({ zone: zoneNamed('Pacific/Kiritimati'), anchorMs: () => Date.parse('2026-12-31T23:00:00Z') });
    assert.equal(read(clock, 'syslog', 'Jan  1 13:00:00')?.time, '2026-12-31T23:00:00.000Z');
  });
});

describe('the quality of a time', () => {
  const rows: readonly (readonly [
    shows: string,
    shape: StampShape,
    text: string,
    isZoneKnown: boolean,
    name: string | undefined,
  ])[] = [
    ['is exact with a zone', 'clf', '22/Nov/2026:13:36:00 +0100', false, undefined],
    ['is exact where a person named the zone', 'slashed', '2026/11/22 13:36:00', true, undefined],
    ['is assumed_zone where nobody did', 'slashed', '2026/11/22 13:36:00', false, 'assumed_zone'],
    ['is assumed_year without a year', 'syslog', 'Nov 22 13:36:00', true, 'assumed_year'],
    ['is assumed_year without a year and zone', 'syslog', 'Nov 22 13:36:00', false, 'assumed_year'],
  ];
  for (const [shows, shape, text, isZoneKnown, name] of rows) {
    test(shows, () => {
      const clock = clockWith({ isZoneKnown });
      assert.ok(read(clock, shape, text) !== undefined);
      assert.equal(qualityNames[clock.quality], name);
    });
  }
});

describe('the last stamp', () => {
  const shorter: readonly (readonly [StampShape, string, string])[] = [
    ['syslog', 'Nov 22 13:36:00 ', 'Nov 22 13:36:00.5 '],
    ['iso', '2026-11-22T13:36:00 ', '2026-11-22T13:36:00Z'],
    ['iso', '2026-11-22T13:36:00+x', '2026-11-22T13:36:00+01:00'],
    ['iso', '2026-11-22T13:36:00+01 ', '2026-11-22T13:36:00+01:30'],
    ['iso', '2026-11-22T13:36:00.1 ', '2026-11-22T13:36:00.12'],
    ['syslog', 'Nov 22 13:36:00. ', 'Nov 22 13:36:00.5 '],
  ];
  for (const [shape, first, second] of shorter) {
    test(`${first.trim()} is not taken for ${second.trim()}`, () => {
      const clock = clockWith();
      read(clock, shape, first);
      assert.deepEqual(read(clock, shape, second), read(clockWith(), shape, second));
    });
  }

  test('is read again after a time was taken from elsewhere', () => {
    const clock = clockWith();
    read(clock, 'syslog', 'Nov 22 13:36:00 ');
    clock.take(0, quality.observed);
    assert.equal(read(clock, 'syslog', 'Nov 22 13:36:00 ')?.time, '2026-11-22T13:36:00.000Z');
    assert.equal(clock.quality, quality.assumedYear);
  });

  test('is read again when its zone has changed', () => {
    const clock = clockWith();
    read(clock, 'slashed', '2026/11/22 13:36:00 ');
    clock.configure({ zone: zoneNamed('Europe/Berlin'), isZoneKnown: true, anchorMs: () => noon });
    assert.equal(read(clock, 'slashed', '2026/11/22 13:36:00 ')?.time, '2026-11-22T12:36:00.000Z');
  });
});

test('takes a time in ms and writes it as RFC 3339', () => {
  const clock = clockWith();
  for (const ms of [0, 1, 951_782_400_123, 4_102_444_799_999, 253_402_300_799_999]) {
    assert.equal(clock.take(ms, quality.observed), true);
    assert.equal(clock.text.toString(), new Date(ms).toISOString());
  }
});

test('takes no time that RFC 3339 cannot write', () => {
  const clock = clockWith();
  for (const ms of [-1, Number.NaN, Number.POSITIVE_INFINITY, 253_402_300_800_000]) assert.equal(clock.take(ms, 0), false);
});

test('writes each day of four centuries as Date does', () => {
  const clock = clockWith();
  for (let ms = 0; ms < 400 * 366 * 86_400_000; ms += 86_400_000) {
    clock.take(ms, 0);
    assert.equal(clock.text.toString(), new Date(ms).toISOString());
  }
});
