import type { RedactPattern } from '../pattern.ts';
import { isPlainWord } from '../plain-words.ts';

const pattern: RedactPattern = {
  title: 'Secrets by the name of their field',
  rank: 7,
  kind: 'secret',
  find: /(?<![A-Za-z0-9])[\w.-]{0,32}?(?:passw(?:or)?d|passwort|kennwort|mot_?de_?passe|contrase(?:ñ|n|%C3%B1)a|senha|wachtwoord|passphrase|passcode|pwd(?!=\/)|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|auth[_-]?key|account[_-]?key|shared[_-]?key|wordpress_(?:logged_in|sec)\w{0,33}|remember_(?:me|web)|credentials?|session[_-]?id|sessid|csrf|xsrf|signature|nonce)[\w-]{0,16}(?:\\?["'])?(?:\]|%5D)?\s{0,3}(?:=>|:=|=|:|%3D)\s{0,3}(?<value>"[^"]{1,512}(?:"|$)|'[^']{1,512}(?:'|$)|\\?["'({[]?[^\s"'&,;<>(){}[\]|]+)/gi,
  accepts: (value) => !isPlainWord(value),
  masks: [
    'POST /login?user=ann&password=‹hunter2›&next=/',
    '{"api_key":‹"0a1b2c3d"›,"n":1}',
    'DB_PASSWORD=‹correct-horse›',
    'client_secret: ‹s3cr3t›',
    "passwd = ‹'two words'›",
    '{\\"token\\":‹\\"abc\\"›}',
    'GET /reset?resetToken=‹deadbeef›',
    'Passwort: ‹hunter2›',
    'mot_de_passe=‹hunter2›&x=1',
    'contraseña: ‹hunter2›',
    'POST /login?user%5Bpassword%5D=‹hunter2›',
    'user[password]=‹hunter2›&x=1',
    'password%3D‹hunter2›',
    'password=‹(hunter2›)',
    'password=‹"two words›',
    'AccountKey=‹q83vEjRW==›;',
    'wordpress_logged_in_0123456789abcdef0123456789abcdef=‹ann%7C1790000000›',
  ],
  keeps: [
    'Failed password for root from 192.0.2.1 port 22',
    'token: invalid',
    'password: (none)',
    'password expired',
    'TTY=pts/1 ; PWD=/srv/www ; USER=root',
    'check pass; user unknown',
    'secret garden opened',
  ],
};

export default pattern;
