import { printable } from '../io/printable.ts';

/** Longest text of one piece. */
const maxText = 600;

/** Marks that mean something wherever they stand; `#` and `@` name tickets and people in some places. */
const marks = /[\\`*_{}[\]<>~&|$#@!^=]/g;

/** Text in Markdown that is nothing but text: no link, image, emphasis, heading, list, table or HTML comes of it. */
export function sentence(text: string): string {
  return cut(printable(text))
    .replace(marks, '\\$&')
    .replace(/:(?=\/)|(?<=\bwww)\.|^[-+]|(?<=^\d{1,9})[.)](?= )/gi, '\\$&');
}

/** Text as code, in which Markdown means nothing; a fence is longer than any in the text. A `|` would end a table's cell. */
export function code(text: string): string {
  const content = cut(printable(text)).replaceAll('|', '\u00a6').trim();
  if (content === '') return '';
  const runs = content.match(/`+/g) ?? [];
  const fence = '`'.repeat(runs.reduce((longest, { length }) => Math.max(longest, length), 0) + 1);
  const space = /^`|`$/.test(content) ? ' ' : '';
  return `${fence}${space}${content}${space}${fence}`;
}

function cut(text: string): string {
  return text.length <= maxText ? text : `${text.slice(0, maxText - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
