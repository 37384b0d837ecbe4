import type { RedactPattern } from '../pattern.ts';

/** Bits for each character from which a text is rather made by a machine at random: words have 3 to 4, base64 up to 6. */
const minBits = 3.4;

function bitsOf(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

/** Whether it is random: of digits and letters of both cases mixed, or long and hexadecimal. */
function isRandom(value: string): boolean {
  if (/^[0-9a-f]{32,}$/i.test(value)) return /\d/.test(value) && /[a-f]/i.test(value);
  const isMixed = /\d/.test(value) && /[a-z]/.test(value) && /[A-Z]/.test(value);
  // Words joined by hyphens, underscores or slashes are names and paths.
  const hasWords =
    value.split(/[-_/.]/).filter((part) => /^[A-Z]?[a-z]{3,}$|^[A-Z]{4,}$|^[A-Z]{2,}[a-z]{3,}$/.test(part)).length > 1;
  return isMixed && !hasWords && bitsOf(value.slice(0, 1_000)) >= minBits;
}

const pattern: RedactPattern = {
  title: 'Long random texts',
  rank: 19,
  kind: 'secret',
  find: /(?<![\w+/=-])[A-Za-z0-9+/_-]{24,}={0,2}/g,
  accepts: isRandom,
  masks: ['blob ‹q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQ› stored', 'digest ‹9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822c›'],
  keeps: [
    'attempt_1445144423722_0020_m_000001_0',
    '/usr/lib/x86_64-linux-gnu/security/pam_unix.so',
    'AReallyLongClassNameOfSomeProgram',
    'blk_38865049064139660',
    'DFSClient_NONMAPREDUCE_1537864556_1',
    'container_1445144423722_0020_01_000002',
  ],
};

export default pattern;
