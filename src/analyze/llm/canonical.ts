import { printable } from '../../io/printable.ts';

/** Longest text that is looked at, in characters. */
const maxLength = 4_000;

/** Looks like what stands for a secret or a name, and was written by somebody else. */
const forged = /<((?:secret|(?:ip|user|host|email|mac|phone|account|id)-\d{1,6}(?::[a-z]{1,10})?))>/g;

/**
 * The text of a log without what a reader could mistake: composed characters, nothing invisible or obeyed by a terminal, no forged
 * pseudonym, no half word at the end of what was cut. Never throws.
 */
export function canonical(text: string): string {
  const cut = text.length > maxLength ? `${text.slice(0, maxLength)}…` : text;
  const whole = cut.endsWith('…') ? cut.replace(/\S*…$/, '…') : cut;
  return printable(whole.normalize('NFC').replaceAll('\t', ' ')).replace(forged, '‹$1›');
}

/** What tells a reader what to do, where only a log speaks. A list cannot be complete: what counts is that obeying it gains nothing. */
const orders: readonly RegExp[] = [
  /<\|[a-z_]{2,20}\|>/i,
  /\[\/?INST\]|<<SYS>>/i,
  /(?:^|\\n|["'>\s])(?:system|assistant|developer)\s{0,2}:\s/i,
  /\b(?:ignore|disregard|forget|override)\b.{0,40}\b(?:previous|prior|earlier|above|all|your)\b.{0,30}\b(?:instruction|rule|prompt|guidance|direction|order)/i,
  /\b(?:earlier|previous|prior|above) (?:guidance|instructions?|rules?|prompt)\b.{0,20}\b(?:void|cancel|obsolete|over)/i,
  /\bnew (?:task|instruction|rule)s? (?:for|to) (?:the )?(?:assistant|model|ai|reviewer)/i,
  /(?:[-=#*[]{2,5}\s{0,3}|\bthis is (?:the )?)end of (?:the )?(?:log|input|data|prompt)\b/i,
  /"verdicts"\s{0,3}:/i,
  /\b(?:rate|mark|classify|answer|treat|report|downgrade|set)\b.{0,40}\b(?:benign|info|harmless|resolved|safe)\b/i,
  /\bdowngrade\b.{0,30}\b(?:alert|severity|finding)/i,
  /\b(?:an das|to the|for the|note to) (?:modell?|llm|ai|assistant|log reviewer)\b/i,
  /\bprint the text above\b/i,
  /(?:\b[a-z]\s{1,3}){8,}/i,
];

const encoded = /[A-Za-z0-9+/]{24,400}={0,2}/g;

/** Tells whether a text of a log seems to speak to a model. Percent signs and base64 are undone first. */
export function isInjection(text: string): boolean {
  const forms = [text, decodedPercents(text), ...(text.match(encoded) ?? []).slice(0, 5).map(decodedBase64)];
  return forms.some((form) => orders.some((order) => order.test(form.slice(0, maxLength))));
}

function decodedPercents(text: string): string {
  return text.replace(/%([0-7][0-9a-f])/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

function decodedBase64(text: string): string {
  return Buffer.from(text, 'base64').toString('latin1');
}
