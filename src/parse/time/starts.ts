import { codeOf, monthCodes } from './months.ts';
import { weekdayCodes } from './named-dates.ts';
import type { StampShape } from './shapes.ts';
import { zoneAbbreviations } from './zone-names.ts';

/*
 * With what stamps start. Most text that is tried as one is none, which its first three bytes tell: the kernel asks the
 * host only for what may be a stamp.
 */

/** With what the stamps of a shape start: bits. */
export const start = { digit: 1, name: 2, atSign: 4 } as const;

/** The bits of each shape. */
export const stampStarts: Readonly<Record<StampShape, number>> = {
  clf: start.digit,
  clock: start.digit,
  monthDay: start.digit,
  syslog: start.name,
  rfc3339: start.digit,
  iso: start.digit,
  slashed: start.digit,
  asctime: start.name,
  epoch: start.digit,
  any: start.digit | start.name | start.atSign,
  anyWithTail: start.digit | start.name | start.atSign,
  anyDate: start.digit | start.name | start.atSign,
  anyDateWithTail: start.digit | start.name | start.atSign,
};

const bucketBits = 13;

/** The bytes that a stamp's first name can have behind its second letter, of a zone that has but two. */
const anyByte = Array.from({ length: 256 }, (_, byte) => byte);

/**
 * The names with which stamps start, by their first three letters: a bit for the bucket of each. The kernel computes the
 * bucket of what stands before it in the same way.
 */
export function nameBuckets(): Uint8Array {
  const buckets = new Uint8Array(1 << (bucketBits - 3));
  for (const code of nameCodes()) {
    const bucket = Math.imul(code, 0x9e3779b1) >>> (32 - bucketBits);
    buckets[bucket >> 3] = (buckets[bucket >> 3] ?? 0) | (1 << (bucket & 7));
  }
  return buckets;
}

function nameCodes(): readonly number[] {
  const zones = zoneAbbreviations.flatMap((name) =>
    name.length > 2
      ? [codeOf(Buffer.from(name), 0)]
      : anyByte.map((byte) => codeOf(Buffer.from([...Buffer.from(name), byte]), 0)),
  );
  return [...monthCodes, ...weekdayCodes, ...zones, codeOf(Buffer.from('audit'), 0)];
}
