import type { RedactPattern } from '../pattern.ts';
import { isPlainWord } from '../plain-words.ts';

/** Source: RFC 959 §4.1.1 (PASS), RFC 4954 §4 (AUTH), MySQL and PostgreSQL on CREATE USER. */
const pattern: RedactPattern = {
  title: 'Secrets behind words',
  rank: 11,
  kind: 'secret',
  find: /\b[Pp]ass(?:word|wort|wd)?\s{1,3}(?:(?:is|was|ist)\s{1,3})?(?<quoted>'[^']{1,256}'|"[^"]{1,256}")|\b[Pp]ass(?:word|wort)\s(?:is|was|ist)\s(?<plain>[^\s'"<]{4,})|\b(?:IDENTIFIED|identified)\s(?:(?:WITH|with)\s\S{1,40}\s)?(?:BY|by|AS|as)\s(?:(?:PASSWORD|password)\s)?(?<sql>'[^']{1,256}'|"[^"]{1,256}")|\bPASSWORD\s{1,3}(?<user>'[^']{1,256}'|"[^"]{1,256}")|(?:^|["'>]\s?|:\s)PASS\s(?<ftp>[^\s"']{3,})|\bAUTH(?:ENTICATE)?\s(?:PLAIN|LOGIN)\s(?<sasl>[A-Za-z0-9+/]{4,}={0,2})/g,
  accepts: (value) => !isPlainWord(value),
  masks: [
    'the password is ‹hunter2› for now',
    "the password ‹'hunter2'› does not fit",
    "CREATE USER eva IDENTIFIED BY ‹'hunter2'›",
    "ALTER USER eva WITH PASSWORD ‹'hunter2'›",
    'ftp> PASS ‹hunter2›',
    'C: AUTH PLAIN ‹AGFubgBodW50ZXIy›',
  ],
  keeps: [
    'Failed password for root from 192.0.2.1 port 22',
    'password is incorrect',
    'password was changed',
    'SASL AUTH LOGIN failed',
    '"PASS (hidden)" 230',
    'FAIL 1, PASS 3',
  ],
};

export default pattern;
