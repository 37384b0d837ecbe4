import type { RedactPattern } from '../pattern.ts';

/** Source: Social Security Administration, randomised numbers since 2011. */
const pattern: RedactPattern = {
  title: 'Social security numbers',
  rank: 26,
  kind: 'secret',
  find: /(?<![\w-])(?!000|666|9\d\d)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\w-])/g,
  masks: ['ssn ‹123-45-6789› rejected'],
  keeps: ['2026-11-22', 'part 123-45-678', '000-12-3456'],
};

export default pattern;
