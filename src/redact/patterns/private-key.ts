import type { RedactPattern } from '../pattern.ts';

/** Source: RFC 7468. */
const pattern: RedactPattern = {
  title: 'Private keys',
  rank: 1,
  kind: 'secret',
  // A key whose end was cut off is one too, and nobody can tell where it ends. Headers (Proc-Type: 4,ENCRYPTED) have hyphens.
  find: /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----(?:[^-]|-(?!----))*(?:-----END [A-Z ]{0,40}PRIVATE KEY-----)?/g,
  masks: [
    'key ‹-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBg\n-----END PRIVATE KEY-----› read',
    '‹-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,0A1B\n\nMIIE\n-----END RSA PRIVATE KEY-----›',
    '‹-----BEGIN OPENSSH PRIVATE KEY----- b3BlbnNzaC1rZXktdjEAAAAA›',
  ],
  keeps: ['-----BEGIN CERTIFICATE-----', 'no PRIVATE KEY found'],
};

export default pattern;
