import { printable } from '../../io/printable.ts';

/** HTML that is safe to show: what was put into it has been escaped. It is made by `html`, and by `constant` of what is our own. */
export class Html {
  readonly #markup: string;

  constructor(parts: readonly string[], values: readonly Content[] = []) {
    this.#markup = parts.map((part, index) => `${part}${index < values.length ? markupOf(values[index] ?? '') : ''}`).join('');
  }

  toString(): string {
    return this.#markup;
  }
}

/** What may be put into HTML; text is escaped. */
export type Content = string | number | Html | readonly Html[];

/** HTML as written, with text put into it escaped, inside elements and inside quoted attributes. */
export function html(parts: TemplateStringsArray, ...values: readonly Content[]): Html {
  return new Html(parts, values);
}

/** Text of this program itself, as it is; nothing of a log may ever come here. */
export function constant(text: string): Html {
  return new Html([text]);
}

/** No HTML at all. */
export const nothing: Html = html``;

/** Longest text that is shown of one entry, name or sentence. */
const maxText = 600;

/** The text, cut where it is too long for a page. */
export function clip(text: string, length = maxText): string {
  if (text.length <= length) return text;
  return `${text.slice(0, length - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** The text, cut where its markup would be longer than so many bytes of UTF-8: what has to be escaped takes up to nine for one. */
export function clipBytes(text: string, bytes: number): string {
  if (Buffer.byteLength(markupOf(clip(text, bytes + 1))) <= bytes) return text;
  let kept = '';
  let room = bytes - Buffer.byteLength('…');
  for (const character of text) {
    room -= Buffer.byteLength(markupOf(character));
    if (room < 0) return `${kept}…`;
    kept += character;
  }
  return kept;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function markupOf(value: Content): string {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return printable(value).replace(/[&<>"']/g, (character) => entities[character] ?? '');
  return value instanceof Html ? value.toString() : value.join('');
}
