import type { RedactPattern } from '../pattern.ts';
import { isWellKnownUser } from '../well-known.ts';

/** People type passwords where a user's name belongs. */
const pattern: RedactPattern = {
  title: 'Names of users',
  rank: 29,
  kind: 'user',
  find: /\b(?:invalid|illegal|unknown|nonexistent|authenticating) user (?:name )?(?<value>[^\s"'<>,;:()[\]]{1,64})|\b(?:opened|closed) for user (?<session>[^\s"'<>,;:()[\]]{1,64})|\b(?:password|publickey|none) for (?:invalid user )?(?<login>[^\s"'<>,;:()[\]]{1,64}) from|\b[ug]id=\d{1,10}\((?<uid>[^\s"'<>,;:()[\]]{1,64})\)|'(?<quoted>[^\s'@]{1,64})'@'|(?:\b|_)(?:r?user(?:name)?|logname|login|acct|account)\\?["']?(?:=|:\s?)\\?["']?(?!\w{1,30}=)(?<field>[^\s"'<>,;:&()[\]\\]{2,64})/gi,
  accepts: (value) => !isWellKnownUser(value),
  masks: [
    'Failed password for invalid user ‹hunter2› from 192.0.2.1 port 22',
    'Accepted publickey for ‹ann› from 192.0.2.1',
    'pam_unix(sshd:session): session opened for user ‹ann› by (uid=0)',
    'authentication failure; logname= uid=0 euid=0 user=‹ann›',
    'sasl_method=LOGIN, sasl_username=‹ann›',
    'uid=1000(‹ann›) gid=1000(‹ann›)',
    "Access denied for user '‹ann›'@'localhost'",
  ],
  keeps: [
    'Failed password for root from 192.0.2.1 port 22',
    'check pass; user unknown',
    'new user: name=root, UID=0',
    'session closed for user www-data',
  ],
};

export default pattern;
