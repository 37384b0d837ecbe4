import type { RedactPattern } from '../pattern.ts';

/** Source: RFC 7468. */
const pattern: RedactPattern = {
  title: 'Private keys',
  rank: 1,
  kind: 'secret',
  // A key whose end was cut off is one too.
  find: /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[^-]*(?:-----END [A-Z ]{0,40}PRIVATE KEY-----)?/g,
  masks: [
    'key ‹-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBg\n-----END PRIVATE KEY-----› read',
    '‹-----BEGIN OPENSSH PRIVATE KEY----- b3BlbnNzaC1rZXktdjEAAAAA›',
  ],
  keeps: ['-----BEGIN CERTIFICATE-----', 'no PRIVATE KEY found'],
};

export default pattern;
