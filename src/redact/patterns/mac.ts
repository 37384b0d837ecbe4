import type { RedactPattern } from '../pattern.ts';

const pattern: RedactPattern = {
  title: 'Hardware addresses',
  rank: 23,
  kind: 'mac',
  find: /(?<![\w:-])(?:[0-9a-f]{2}[:-]){5,13}[0-9a-f]{2}(?![\w:-])/gi,
  isStrict: true,
  masks: ['DHCPACK to ‹00:1b:44:11:3a:b7› via eth0', 'port ‹00-1B-44-11-3A-B7› up'],
  keeps: ['at 12:34:56', 'ab:cd'],
};

export default pattern;
