import type { RedactPattern } from '../pattern.ts';
import { isPlainWord } from '../plain-words.ts';

/** Source: XML 1.0 §3. */
const pattern: RedactPattern = {
  title: 'Secrets in elements',
  rank: 10,
  kind: 'secret',
  find: /<[\w:.-]{0,32}?(?:passw(?:or)?d|passwort|kennwort|secret|token|api[_-]?key|private[_-]?key|credentials?)[\w.-]{0,16}>\s{0,8}(?<value>[^<>]{1,256})/gi,
  accepts: (value) => !isPlainWord(value),
  masks: ['<wsse:Password>‹hunter2›</wsse:Password>', '<user>eva</user><api_key>‹0a1b2c›</api_key>'],
  keeps: ['</password> closed', '<password>invalid</password>', '<token/> missing'],
};

export default pattern;
