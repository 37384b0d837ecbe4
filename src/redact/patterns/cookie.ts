import type { RedactPattern } from '../pattern.ts';

/** Source: RFC 6265 §4. */
const pattern: RedactPattern = {
  title: 'Cookies',
  rank: 5,
  kind: 'secret',
  find: /\b(?:set-)?cookies?\\?["']?\s{0,4}[:=]\s{0,4}(?<value>\[\s?\\?["'][^\]\r\n]+|[^"'\r\n]+|\\?["'][^"'\r\n]+)/gi,
  masks: [
    'Cookie: ‹SESSION=abcdef; theme=dark›',
    'Set-Cookie: ‹id=a3fWa; Max-Age=2592000›',
    '"cookie":‹"a=b; c=d›"',
    '"set-cookie":‹["a=b","c=d"›]',
  ],
  keeps: ['cookie check failed', 'rejected a cookie of another site'],
};

export default pattern;
