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
  /(?:(?<![a-z])[a-z][^a-z0-9]{1,3}){12,}/i,
];

const encoded = /[A-Za-z0-9+/_-]{24,400}={0,2}/g;
const hexadecimal = /(?:[0-9a-f]{2}){12,200}/gi;

/** Letters of other alphabets, each before the Latin one that it looks like. Source: UTS #39, confusables. */
const lookAlikes: ReadonlyMap<string, string> = new Map(
  'аa еe оo рp сc уy хx іi ѕs јj ԁd һh ӏl αa εe οo ιi νv ρp τt κk υu ηn'
    .split(' ')
    .map((pair) => [pair.charAt(0), pair.charAt(1)]),
);

/** Tells whether a text of a log seems to speak to a model. What hides words is undone first: codes, look-alikes, invisible characters. */
export function isInjection(text: string): boolean {
  const words = [...(text.match(encoded) ?? []).map(decodedBase64), ...(text.match(hexadecimal) ?? []).map(decodedHex)];
  const forms = [
    text,
    decodedPercents(text),
    decodedPercents(decodedPercents(text)),
    folded(text),
    words.filter(isReadable).join('\n'),
  ];
  return forms.some((form) => orders.some((order) => order.test(form.slice(0, maxLength))));
}

/** Whether it is text, and not what comes of undoing a code that is none. */
function isReadable(text: string): boolean {
  return text.replace(/[^\x20-\x7e]/g, '').length > 0.9 * text.length;
}

/** The text as it looks: tags and numbers as the letters that they spell, nothing invisible, one alphabet, blanks between words. */
function folded(text: string): string {
  return text
    .replace(/\\u\{e00([2-7][0-9a-f])\}|\\u00([2-7][0-9a-f])|&#x?0*([2-9]\d|1[01]\d);/g, (_, tag, code, decimal) =>
      decimal === undefined ? characterOf(tag ?? code, 16) : characterOf(decimal, 10),
    )
    .replace(/\\u(?:[0-9a-f]{4}|\{[0-9a-f]{1,6}\})|\\xad|[\^~¦¬§¤]/g, '')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[\u0370-\u052f]/g, (letter) => lookAlikes.get(letter) ?? letter)
    .replace(/[_+]/g, ' ');
}

function characterOf(code: string, base: 10 | 16): string {
  return String.fromCharCode(Number.parseInt(code, base));
}

function decodedPercents(text: string): string {
  return text.replace(/%([0-7][0-9a-f])/gi, (_, code: string) => characterOf(code, 16));
}

function decodedBase64(text: string): string {
  return Buffer.from(text, 'base64').toString('latin1');
}

function decodedHex(text: string): string {
  return Buffer.from(text, 'hex').toString('latin1');
}
