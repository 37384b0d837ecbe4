import { isIPv4 } from 'node:net';
import type { RedactPattern } from '../pattern.ts';

const pattern: RedactPattern = {
  title: 'IPv4 addresses',
  rank: 22,
  kind: 'ip',
  find: /(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?!\d|\.\d)/g,
  accepts: isIPv4,
  isStrict: true,
  masks: ['from ‹203.0.113.5› port 22', 'client=[‹192.0.2.77›]', 'to ‹198.51.100.1›:443'],
  keeps: ['version 6.1.7601.23505', 'took 1.5.2', '1.2.3.4.5'],
};

export default pattern;
