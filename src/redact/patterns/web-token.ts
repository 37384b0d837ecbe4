import type { RedactPattern } from '../pattern.ts';

/** Source: RFC 7519. */
const pattern: RedactPattern = {
  title: 'JSON web tokens',
  rank: 3,
  kind: 'secret',
  find: /(?<![\w-])eyJ[\w-]{8,}\.[\w-]{4,}(?:\.[\w-]*)?/g,
  masks: ['got ‹eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmNHl0w5N›', '‹eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0›'],
  keeps: ['eyJ is how a token starts', 'heyJude.mp3'],
};

export default pattern;
