import type { RedactPattern } from '../pattern.ts';

/** Whether the check digits are right. Source: ISO 13616, ISO 7064 (mod 97). */
function isIban(value: string): boolean {
  const text = value.replace(/[ -]/g, '');
  let rest = 0;
  for (const character of text.slice(4) + text.slice(0, 4)) {
    const digits = Number.parseInt(character, 36);
    rest = (rest * (digits > 9 ? 100 : 10) + digits) % 97;
  }
  return rest === 1;
}

const pattern: RedactPattern = {
  title: 'Bank accounts',
  rank: 24,
  kind: 'account',
  find: /(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{4}){2,7}(?:[ -]?[A-Z0-9]{1,3})?(?![A-Za-z0-9])/gi,
  accepts: isIban,
  masks: ['refund to ‹DE89 3704 0044 0532 0130 00›', 'iban ‹GB82WEST12345698765432›', 'konto ‹de89-3704-0044-0532-0130-00›'],
  keeps: ['AB12 CDEF GHIJ KLMN', 'DE89 3704 0044 0532 0130 01'],
};

export default pattern;
