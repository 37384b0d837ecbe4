import type { RedactPattern } from '../pattern.ts';

const pattern: RedactPattern = {
  title: 'Secrets by the short name of their field',
  rank: 8,
  kind: 'secret',
  find: /(?<![\w-])(?:pass|pw|pin|otp|sid|sig|auth|key)=(?<value>[^\s"'&,;<>]{4,})/gi,
  masks: ['GET /?pass=‹hunter2›', 'POST /pay?pin=‹4711›&x=1', 'GET /a?sid=‹abc123def›'],
  keeps: ['compass=north', 'key=1', 'pass 3 of 7 done', 'author=somebody'],
};

export default pattern;
