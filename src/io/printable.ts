import type { Brand } from '../model/brand.ts';

/** Text that a terminal shows and does not obey: no control, escape or direction-changing characters. */
export type PrintableText = Brand<string, 'printable'>;

/**
 * What must not reach a terminal: C0 and C1 controls, DEL, line and paragraph separators, characters that are invisible
 * or change the direction of text, tags and lone surrogates. Source: UAX #9 (bidi), ECMA-48 (controls), UTS #39.
 */
const unprintable =
  /[\p{Cc}\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]|\p{Cs}/gu;

/** Makes any text printable; what could do harm is shown as its escape (`\x1b`, `\u202e`). Never throws. */
export function printable(text: string): PrintableText {
  return text.replace(unprintable, escaped) as PrintableText;
}

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (character === '\n') return '\\n';
  if (character === '\t') return '\\t';
  if (character === '\r') return '\\r';
  if (code <= 0xff) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${code.toString(16).padStart(4, '0')}` : `\\u{${code.toString(16)}}`;
}

/** Joins texts that are printable already. */
export function joined(parts: readonly PrintableText[], separator: ' ' | ', ' | '\n' | ''): PrintableText {
  return parts.join(separator) as PrintableText;
}

/** The same JSON, in which no character is left that a terminal would obey: JSON itself lets most of them through. */
export function printableJson(json: string): string {
  return json.replace(/[^\x20-\x7e]/gu, (character) =>
    printable(character) === character ? character : escapedInJson(character),
  );
}

function escapedInJson(character: string): string {
  const units = Array.from({ length: character.length }, (_, at) => character.charCodeAt(at));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}
