import { isIPv6 } from 'node:net';
import type { RedactPattern } from '../pattern.ts';

/** Source: RFC 4291 §2.2. */
const pattern: RedactPattern = {
  title: 'IPv6 addresses',
  rank: 21,
  kind: 'ip',
  find: /(?<![\w:.])(?:[0-9a-f]{0,4}:){2,7}(?:(?:\d{1,3}\.){3}\d{1,3}|[0-9a-f]{1,4})?(?![\w:])/gi,
  accepts: (value) => isIPv6(value) && value !== '::',
  isStrict: true,
  masks: ['from ‹2001:db8::1› port 22', '[‹2001:db8:0:1:2:3:4:5›]:443', 'rhost=‹::ffff:192.0.2.1›'],
  keeps: ['at 12:34:56', 'std::vector', 'listening on :::'],
};

export default pattern;
