import { decodeLayer } from './request/decode.ts';

/**
 * The texts that an address or a line may stand for, lower case: as written, then without one and two layers of percent
 * encoding, then with comments and runs of space as one space, as databases and shells read them. Mostly it is one text.
 * Linear in the text; never throws.
 */
export function foldedForms(text: string): readonly string[] {
  return formsOf(text.toLowerCase(), (form) => form.toLowerCase());
}

/** The same texts as they are, in capitals and small letters. */
export function casedForms(text: string): readonly string[] {
  return formsOf(text, (form) => form);
}

function formsOf(raw: string, folded: (form: string) => string): readonly string[] {
  if (!encoded.test(raw)) return [raw];
  const forms = new Set([raw]);
  const once = folded(decodeLayer(raw));
  const twice = once.includes('%') ? folded(decodeLayer(once)) : once;
  forms.add(once).add(twice).add(squeezed(twice));
  return [...forms];
}

/** What makes a text worth decoding; `&#` is an HTML entity, `\x` is how nginx writes bytes. */
export const encoded = /%|\+|\\x|\\u|&#|\/\*|\s\s|\t/i;

/** In each text that is worth decoding stands one of these. */
export const encodedParts: readonly string[] = ['%', '+', '\\', '&#', '/*', '  ', '\t', '\n', '\r', '\f', '\v'];

function squeezed(text: string): string {
  return withoutComments(text).replace(/[\s\0]+/g, ' ');
}

/** `/* … *​/` as a space; written out because a pattern for it is quadratic in unclosed openings. */
function withoutComments(text: string): string {
  let kept = '';
  let from = 0;
  for (;;) {
    const start = text.indexOf('/*', from);
    const end = start < 0 ? -1 : text.indexOf('*/', start + 2);
    if (end < 0) return kept + text.slice(from);
    // What stands in /*! … */ is run by MySQL.
    const inside = text.charAt(start + 2) === '!' ? text.slice(start + 3, end).replace(/^\d+/, '') : '';
    kept += `${text.slice(from, start)} ${inside} `;
    from = end + 2;
  }
}
