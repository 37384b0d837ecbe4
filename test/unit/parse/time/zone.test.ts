import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LpError } from '../../../../src/model/error.ts';
import { zoneNamed } from '../../../../src/parse/time/zone.ts';

const rows: readonly (readonly [shows: string, zone: string, wall: string, utc: string])[] = [
  ['winter in Berlin', 'Europe/Berlin', '2026-01-15T12:00:00', '2026-01-15T11:00:00.000Z'],
  ['summer in Berlin', 'Europe/Berlin', '2026-07-15T12:00:00', '2026-07-15T10:00:00.000Z'],
  ['the last second before the gap of Berlin', 'Europe/Berlin', '2026-03-29T01:59:59', '2026-03-29T00:59:59.000Z'],
  ['a time that the gap of Berlin leaves out', 'Europe/Berlin', '2026-03-29T02:30:00', '2026-03-29T01:30:00.000Z'],
  ['the first second behind the gap of Berlin', 'Europe/Berlin', '2026-03-29T03:00:00', '2026-03-29T01:00:00.000Z'],
  ['the last second before the fold of Berlin', 'Europe/Berlin', '2026-10-25T01:59:59', '2026-10-24T23:59:59.000Z'],
  ['a time that Berlin shows twice, as the first', 'Europe/Berlin', '2026-10-25T02:30:00', '2026-10-25T00:30:00.000Z'],
  ['the first second behind the fold of Berlin', 'Europe/Berlin', '2026-10-25T03:00:00', '2026-10-25T02:00:00.000Z'],
  ['a time that the gap of New York leaves out', 'America/New_York', '2026-03-08T02:30:00', '2026-03-08T07:30:00.000Z'],
  ['a time that New York shows twice, as the first', 'America/New_York', '2026-11-01T01:30:00', '2026-11-01T05:30:00.000Z'],
  ['the first second behind the fold of New York', 'America/New_York', '2026-11-01T02:00:00', '2026-11-01T07:00:00.000Z'],
  ['summer on Lord Howe', 'Australia/Lord_Howe', '2026-01-15T12:00:00', '2026-01-15T01:00:00.000Z'],
  ['winter on Lord Howe', 'Australia/Lord_Howe', '2026-07-15T12:00:00', '2026-07-15T01:30:00.000Z'],
  ['a time that Lord Howe shows twice, as the first', 'Australia/Lord_Howe', '2026-04-05T01:45:00', '2026-04-04T14:45:00.000Z'],
  ['the first second behind the fold of Lord Howe', 'Australia/Lord_Howe', '2026-04-05T02:00:00', '2026-04-04T15:30:00.000Z'],
  ['a time that the gap of Lord Howe leaves out', 'Australia/Lord_Howe', '2026-10-04T02:15:00', '2026-10-03T15:45:00.000Z'],
  ['a zone of 45 minutes', 'Asia/Kathmandu', '2026-11-22T13:36:00', '2026-11-22T07:51:00.000Z'],
  ['a zone with a small letter', 'europe/berlin', '2026-01-15T12:00:00', '2026-01-15T11:00:00.000Z'],
  ['utc', 'utc', '2026-07-15T12:00:00', '2026-07-15T12:00:00.000Z'],
  ['Z', 'Z', '2026-07-15T12:00:00', '2026-07-15T12:00:00.000Z'],
  ['GMT', 'GMT', '2026-07-15T12:00:00', '2026-07-15T12:00:00.000Z'],
];

for (const [shows, name, wall, utc] of rows) {
  test(`knows ${shows}`, () => {
    const wallMs = Date.parse(`${wall}Z`);
    assert.equal(new Date(wallMs - zoneNamed(name).offsetAt(wallMs)).toISOString(), utc);
  });
}

test('local is what Date takes a time as, all the year', () => {
  const zone = zoneNamed('local');
  for (let wallMs = Date.UTC(2026, 0, 1); wallMs < Date.UTC(2027, 0, 1); wallMs += 1_740_000) {
    const wall = new Date(wallMs);
    const parts = [wall.getUTCHours(), wall.getUTCMinutes(), wall.getUTCSeconds()] as const;
    const local = new Date(wall.getUTCFullYear(), wall.getUTCMonth(), wall.getUTCDate(), ...parts);
    assert.equal(wallMs - zone.offsetAt(wallMs), local.getTime());
  }
});

for (const name of ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'America/St_Johns', 'Asia/Tehran']) {
  test(`each quarter of an hour of a year in ${name} is found again`, () => {
    const format = new Intl.DateTimeFormat('sv-SE', { timeZone: name, dateStyle: 'short', timeStyle: 'medium' });
    const zone = zoneNamed(name);
    const shown = new Set<string>();
    for (let ms = Date.UTC(2026, 0, 1); ms < Date.UTC(2027, 0, 1); ms += 900_000) {
      const wall = format.format(ms);
      const wallMs = Date.parse(`${wall.replace(' ', 'T')}Z`);
      // Of a time that is shown twice the first is meant.
      if (!shown.has(wall)) assert.equal(wallMs - zone.offsetAt(wallMs), ms, wall);
      shown.add(wall);
    }
  });
}

for (const name of ['Nowhere/Nothing', '', 'CESTX', 'Europe/Berlin\n']) {
  test(`says that it does not know the zone ${JSON.stringify(name)}`, () => {
    assert.throws(
      () => zoneNamed(name),
      (thrown) => thrown instanceof LpError && thrown.status === 64 && /time zone/.test(thrown.message),
    );
  });
}
