import type { RedactPattern } from '../pattern.ts';
import { isWellKnownUser } from '../well-known.ts';

/** Source: FHS 3.0 §3.8; /Users on macOS and Windows. */
const pattern: RedactPattern = {
  title: 'Names of users in paths',
  rank: 30,
  kind: 'user',
  find: /[/\\](?:home|Users)[/\\](?<value>[^\s/\\"':;,<>]{1,64})/g,
  accepts: (value) => !isWellKnownUser(value),
  masks: ['cannot open /home/‹lenka›/notes', 'C:\\Users\\‹Ann›\\a.txt'],
  keeps: ['/home is full', '/var/www/html'],
};

export default pattern;
