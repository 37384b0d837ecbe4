import type { RedactPattern } from '../pattern.ts';

/** Source: RFC 5321 §4.1.2, without quoted names. */
const pattern: RedactPattern = {
  title: 'Addresses of mail',
  rank: 20,
  kind: 'email',
  find: /(?<![\w.+%-])[\w.+%-]{1,256}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}/g,
  masks: ['to=<‹ann.lee+shop@mail.example.org›> delivered', 'from ‹bob@example.com›'],
  keeps: ['user@host', '@example.com', 'cron@2:00'],
};

export default pattern;
