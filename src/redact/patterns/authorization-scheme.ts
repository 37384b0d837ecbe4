import type { RedactPattern } from '../pattern.ts';
import { isPlainWord } from '../plain-words.ts';

/** Source: RFC 9110 §11.6, RFC 7616 §3.4, and the schemes of the IANA registry. */
const pattern: RedactPattern = {
  title: 'Credentials of HTTP requests, by their scheme',
  rank: 12,
  kind: 'secret',
  find: /\bauthorization\\?["']?\s{0,4}[:=,]\s{0,4}\\?["']?(?:digest\s{1,4}(?<digest>[^\r\n]{1,1000})|(?:bearer|basic|negotiate|ntlm|token|api-?key)\s{1,4}(?<value>[^\s"',;]{3,}))/gi,
  accepts: (value) => !isPlainWord(value),
  masks: [
    'Authorization: Bearer ‹opensesame›',
    '"Authorization", "Token ‹opensesame›"',
    'Authorization: Digest ‹username="ann", response="opensesame"›',
  ],
  keeps: ['authorization: basic authentication failed', 'authorization denied'],
};

export default pattern;
