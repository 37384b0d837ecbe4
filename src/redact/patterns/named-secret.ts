import type { RedactPattern } from '../pattern.ts';

/** What people write in the place of a secret when they tell of it. */
const plainWords = new Set(
  'null none true false unknown invalid required incorrect wrong expired failed failure missing mismatch empty yes no accepted'.split(
    ' ',
  ),
);

const pattern: RedactPattern = {
  title: 'Secrets by the name of their field',
  rank: 7,
  kind: 'secret',
  find: /(?<![A-Za-z0-9])[\w.-]{0,32}?(?:passw(?:or)?d|passphrase|pwd(?!=\/)|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|auth[_-]?key|credentials?|session[_-]?id|sessid|csrf|xsrf|signature|nonce)[\w-]{0,16}(?:\\?["'])?\s{0,3}(?:=>|:=|=|:)\s{0,3}(?<value>"[^"]{1,512}"|'[^']{1,512}'|\\?["']?[^\s"'&,;<>(){}[\]|]+)/gi,
  accepts: (value) => !plainWords.has(value.replace(/[^A-Za-z]/g, '').toLowerCase()),
  masks: [
    'POST /login?user=ann&password=‹hunter2›&next=/',
    '{"api_key":‹"0a1b2c3d"›,"n":1}',
    'DB_PASSWORD=‹correct-horse›',
    'client_secret: ‹s3cr3t›',
    "passwd = ‹'two words'›",
    '{\\"token\\":‹\\"abc\\"›}',
    'GET /reset?resetToken=‹deadbeef›',
  ],
  keeps: [
    'Failed password for root from 192.0.2.1 port 22',
    'token: invalid',
    'password expired',
    'TTY=pts/1 ; PWD=/srv/www ; USER=root',
    'check pass; user unknown',
    'secret garden opened',
  ],
};

export default pattern;
