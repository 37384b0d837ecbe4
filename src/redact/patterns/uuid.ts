import type { RedactPattern } from '../pattern.ts';

/** Source: RFC 9562. */
const pattern: RedactPattern = {
  title: 'UUIDs',
  rank: 28,
  kind: 'id',
  find: /(?<![0-9a-z])[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![0-9a-z])/gi,
  isStrict: true,
  masks: ['instance ‹7e7cc42f-3cb9-4d91-804c-f5a32d54f1c5› started'],
  keeps: ['7e7cc42f-3cb9-4d91', 'not-a-uuid'],
};

export default pattern;
