import type { RedactPattern } from '../pattern.ts';
import { isPlainWord } from '../plain-words.ts';

const pattern: RedactPattern = {
  title: 'Secrets by the short name of their field',
  rank: 8,
  kind: 'secret',
  find: /(?<![\w-])(?:pin|otp|sid|sig|auth|key|clave|parola|haslo)=(?<value>[^\s"'&,;<>]{4,})|(?<![A-Za-z0-9-])(?:pass|pw|mdp)=(?<pass>[^\s"'&,;<>]{4,})|(?<![A-Za-z0-9-])(?:pass|pw|pin|otp|mdp)\\?["']?\s?:\s?\\?["']?(?<field>[^\s"'&,;<>\\]{4,})|(?<![\w-])(?:cvv|cvc)2?\\?["']?\s?[:=]\s?\\?["']?(?<card>\d{3,4})(?!\w)|(?<![A-Za-z0-9-])[a-z]{2,20}_session=(?<session>[^\s"'&,;<>]{4,})/gi,
  accepts: (value) => !isPlainWord(value),
  masks: [
    'GET /?pass=‹hunter2›',
    'POST /pay?pin=‹4711›&x=1',
    'GET /a?sid=‹abc123def›',
    'db_pass=‹hunter2›',
    '{"pass":"‹hunter2›"}',
    'pass: ‹hunter2›',
    'cvv=‹123›&x',
    'laravel_session=‹eyJpdiI6›;',
  ],
  keeps: ['compass=north', 'key=1', 'pass 3 of 7 done', 'author=somebody', 'pass: failed'],
};

export default pattern;
