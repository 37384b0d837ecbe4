import type { RedactPattern } from '../pattern.ts';

/** Whether the check digit is right. Source: ISO/IEC 7812-1, annex B (Luhn). */
function isCard(value: string): boolean {
  const digits = [...value.replace(/\D/g, '')].map(Number).reverse();
  const sum = digits.reduce((all, digit, index) => all + (index % 2 === 0 ? digit : digit > 4 ? 2 * digit - 9 : 2 * digit), 0);
  return digits.length >= 13 && sum % 10 === 0;
}

const pattern: RedactPattern = {
  title: 'Numbers of payment cards',
  rank: 25,
  kind: 'secret',
  find: /(?<![\w.:-])[2-6]\d{3}(?:[ -]?\d{4}){2}[ -]?\d{1,7}(?![\w:-]|\.\d)|(?<![\w.:-])3[47]\d{2}[ -]?\d{6}[ -]?\d{5}(?![\w:-]|\.\d)/g,
  accepts: isCard,
  masks: ['card ‹4111 1111 1111 1111› declined', 'pan ‹378282246310005›'],
  keeps: ['order 4111111111111112', 'block 38865049064139660', 'at 1445144423.722'],
};

export default pattern;
