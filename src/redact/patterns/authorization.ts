import type { RedactPattern } from '../pattern.ts';

/** Source: RFC 9110 §11.6, and the schemes of the IANA registry. */
const pattern: RedactPattern = {
  title: 'Credentials of HTTP requests',
  rank: 4,
  kind: 'secret',
  find: /\bauthorization\\?["']?\s{0,4}[:=]\s{0,4}\\?["']?(?:[A-Za-z][\w-]{1,24}\s{1,4})?(?<value>[^\s"',;]+)|\b(?:bearer|basic)\s{1,4}(?<token>[\w.~+/-]{6,}={0,2})/gi,
  // Words of a language have no digits, and capitals only at their start.
  accepts: (value) => /\d|[a-z][A-Z]|=$|[+/]/.test(value),
  masks: [
    'Authorization: Basic ‹YWxhZGRpbjpvcGVuc2VzYW1l›',
    '"authorization":"Bearer ‹abc123.def-456›"',
    'sent Bearer ‹mF_9.B5f-4.1JqM› to peer',
  ],
  keeps: ['Basic authentication is required', 'bearer of bad news', 'no basic auth for this site'],
};

export default pattern;
