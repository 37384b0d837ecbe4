/**
 * What a server, a page or a shell makes of a text that a client sent: layers of percent encoding (`%27`, `%u0027`, two-byte
 * forms of ASCII), entities of HTML, escapes of JavaScript and full-width letters are undone. Case stays. `isForm` takes `+`
 * for a space. Linear in the text, whose layers are undone three times at most; never throws.
 */
export function decodeText(text: string, isForm: boolean): string {
  let decoded = isForm ? text.replaceAll('+', ' ') : text;
  for (let layer = 0; layer < maxLayers && decoded.includes('%'); layer++) {
    const next = decoded.replace(percent, fromPercent);
    if (next === decoded) break;
    // A form that was encoded once more has its blanks under the outer layer.
    decoded = isForm && next.includes('+') && /%[0-9a-f]{2}/i.test(next) ? next.replaceAll('+', ' ') : next;
  }
  decoded = withoutEscapes(decoded);
  return beyondLatin.test(decoded) ? decoded.replace(fullWidth, toAscii) : decoded;
}

/** One layer of all that less, with `+` as a space; what is wide stays. */
export function decodeLayer(text: string): string {
  const decoded = text.replaceAll('+', ' ');
  return withoutEscapes(decoded.includes('%') ? decoded.replace(percent, fromPercent) : decoded);
}

function withoutEscapes(text: string): string {
  const decoded = text.includes('&') ? text.replace(entity, fromEntity) : text;
  return decoded.includes('\\') ? decoded.replace(escaped, fromEscape) : decoded;
}

/** The same in lower case, with each run of blanks as one space, which is how the judges read it. */
export function foldText(decoded: string): string {
  return decoded.toLowerCase().replace(blanks, ' ');
}

/** Each layer costs a pass; attackers need two, and proxies add one. */
const maxLayers = 3;

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
const blanks = /[\s\0\x01-\x08\x0e-\x1f\x85\xa0]+/g;
const beyondLatin = /[\u0100-\uffff]/;
const fullWidth = /[\uff01-\uff5e]/g;

/** `%u0027`; the overlong two- and three-byte forms of ASCII; full-width ASCII in UTF-8 (`%ef%bc%87`); `%27`. */
const percent =
  /%u([0-9a-f]{4})|%c([01])%([89ab][0-9a-f])|%e0%8([01])%([89ab][0-9a-f])|%ef%b([cd])%([89ab][0-9a-f])|%([0-9a-f]{2})/gi;

function fromPercent(whole: string, ...groups: readonly (string | undefined)[]): string {
  const [wide, high, low, high3, low3, fullHigh, fullLow, plain] = groups;
  if (wide !== undefined) return toAscii(String.fromCharCode(hex(wide)));
  if (low !== undefined) return String.fromCharCode((hex(high) << 6) | (hex(low) & 0x3f));
  if (low3 !== undefined) return String.fromCharCode((hex(high3) << 6) | (hex(low3) & 0x3f));
  if (fullLow !== undefined) {
    const code = 0xff00 + (((hex(fullHigh) - 12) << 6) | (hex(fullLow) & 0x3f));
    return code > 0xff00 && code < 0xff5f ? toAscii(String.fromCharCode(code)) : whole;
  }
  return plain === undefined ? whole : String.fromCharCode(hex(plain));
}

function hex(digits = '0'): number {
  return Number.parseInt(digits, 16);
}

function toAscii(character: string): string {
  const code = character.charCodeAt(0);
  return code > 0xff00 && code < 0xff5f ? String.fromCharCode(code - 0xfee0) : (bestFits[character] ?? character);
}

/** What servers on Windows take for a character of ASCII. Source: Unicode's bestfit1252.txt. */
const bestFits: Readonly<Record<string, string>> = {
  '\u2044': '/',
  '\u2215': '/',
  '\u2216': '\\',
  '\u02b9': "'",
  '\u02bc': "'",
  '\u2032': "'",
  '\u2329': '<',
  '\u3008': '<',
  '\u232a': '>',
  '\u3009': '>',
};

const entity = /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]{2,9}));?/gi;

/** Those that stand for characters of a language; others are no use to an attacker. */
const entities: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  amp: '&',
  tab: '\t',
  newline: '\n',
  colon: ':',
  lpar: '(',
  rpar: ')',
  sol: '/',
  bsol: '\\',
  comma: ',',
  excl: '!',
  num: '#',
  equals: '=',
};

function fromEntity(whole: string, ...groups: readonly (string | undefined)[]): string {
  const [hexadecimal, decimal, name = ''] = groups;
  const known = entities[name.toLowerCase()];
  if (known !== undefined) return known;
  const code = hexadecimal === undefined ? Number(decimal) : hex(hexadecimal);
  return code > 0 && code < 0x11_0000 ? String.fromCodePoint(code) : whole;
}

/** `\x27`, `\u0027`, `\u{27}` and `\47`, which JavaScript, C and the logs of web servers write. */
const escaped = /\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|u\{([0-9a-f]{1,6})\}|([0-3][0-7]{2}))/gi;

function fromEscape(whole: string, ...groups: readonly (string | undefined)[]): string {
  const [byte, unit, point, octal] = groups;
  const code = octal === undefined ? hex(byte ?? unit ?? point) : Number.parseInt(octal, 8);
  return code < 0x11_0000 ? String.fromCodePoint(code) : whole;
}
