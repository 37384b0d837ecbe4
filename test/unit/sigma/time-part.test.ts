import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { timeMsOf } from '../../../src/sigma/time-part.ts';
import { fc } from '../../support/generated.ts';
import { record } from '../../support/records.ts';

const others = ['2026-11-20T24:00:00.000Z', '2026-11-20T10:00:00Z', '2026-11-20T10:00:00.000+01:00', '20 November 2026 10:00 Z'];

describe('the time of a record', () => {
  it('is that of its timestamp, whatever record came before', () => {
    const usual = fc.date({ noInvalidDate: true, min: new Date('2026-11-19'), max: new Date('2026-11-22') });
    const times = fc.array(
      fc.oneof(
        usual.map((date) => date.toISOString()),
        fc.constantFrom(...others),
      ),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(times, (timestamps) => {
        for (const timestamp of timestamps) assert.equal(timeMsOf(record({ timestamp })), Date.parse(timestamp), timestamp);
      }),
    );
  });
});
