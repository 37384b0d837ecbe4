import type { RedactPattern } from '../pattern.ts';

/** Source: RFC 3986 §3.2.1. */
const pattern: RedactPattern = {
  title: 'Passwords in addresses',
  rank: 6,
  kind: 'secret',
  find: /\b[a-z][a-z0-9+.-]{1,20}:\/\/(?:(?<value>[^\s/@:"'<>]{0,128}:[^\s/"'<>]{1,256})|(?<token>[^\s/@:"'<>]{16,256}))@/gi,
  masks: [
    'connect to postgres://‹shop:s3cret›@db.example:5432/shop',
    'GET ftp://‹:onlypassword›@192.0.2.1/',
    'http://‹ann:p@ss›@192.0.2.1/',
    'clone https://‹abcdefghijklmnop›@git.example/a',
  ],
  keeps: ['GET https://shop.example:8443/a', 'see http://shop.example/~ann'],
};

export default pattern;
