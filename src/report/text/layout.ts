import { type PrintableText, printable } from '../../io/printable.ts';

/** What takes two columns: East Asian wide characters and pictures. Source: UAX #11, coarsely. */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{17000}-\u{18fff}\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u;

/** How many columns the text takes at most; marks that join the letter before them count too, so that piles of them end. */
export function widthOf(text: string): number {
  let columns = 0;
  for (const character of text) columns += wide.test(character) ? 2 : 1;
  return columns;
}

/** Any text on one line of at most `columns`, made printable; what is cut off is shown as `…`. Cost does not grow with the text. */
export function fitted(text: string, columns: number): PrintableText {
  const line = printable(beginning(text, columns));
  if (line.length * 2 <= columns || widthOf(line) <= columns) return line;
  return printable(`${head(line, columns - 1)}…`);
}

/** Any text on one line of at most `columns`, made printable; what is cut off is its start. Cost does not grow with the text. */
export function fittedEnd(text: string, columns: number): PrintableText {
  const line = printable(text.slice(-2 * columns - 4));
  if (text.length <= 2 * columns + 4 && widthOf(line) <= columns) return line;
  let used = 1;
  let kept = '';
  for (const character of [...line].reverse()) {
    used += wide.test(character) ? 2 : 1;
    if (used > columns) break;
    kept = `${character}${kept}`;
  }
  return printable(`…${kept}`);
}

/** Any text in at most `maxLines` lines of at most `columns`, made printable and broken between words where it can be. */
export function wrapped(text: string, columns: number, maxLines: number): readonly PrintableText[] {
  const lines: string[] = [];
  let line = '';
  for (const word of printable(beginning(text, columns * maxLines)).split(/ +/)) {
    if (line !== '' && widthOf(line) + 1 + widthOf(word) <= columns) {
      line = `${line} ${word}`;
      continue;
    }
    if (line !== '') lines.push(line);
    line = word;
    while (widthOf(line) > columns && lines.length <= maxLines) {
      const start = head(line, columns);
      lines.push(start);
      line = line.slice(start.length);
    }
  }
  if (line !== '') lines.push(line);
  if (lines.length <= maxLines) return lines.map(printable);
  const kept = lines.slice(0, maxLines - 1);
  return [...kept.map(printable), fitted(lines.slice(maxLines - 1).join(' '), columns)];
}

/** Lines that one sentence may take when not even the first fits. */
const maxSentenceLines = 5;

/** The first whole sentences that fit, as `wrapped` has them; the first one even when it takes a few lines more. */
export function wrappedSentences(text: string, columns: number, maxLines: number): readonly PrintableText[] {
  const all = wrapped(beginning(text, columns * maxSentenceLines), columns, maxSentenceLines);
  if (all.length <= maxLines) return all;
  // A part of a sentence such as "502 and 504: …?" ends where a capital or a digit starts the next.
  const ends = [...beginning(text, columns * maxLines).matchAll(/[.!?;](?= )/g)].map(({ index }) => index + 1);
  for (const end of ends.reverse()) {
    const lines = wrapped(text.slice(0, end).replace(/;$/, '.'), columns, maxSentenceLines);
    if (lines.length <= maxLines) return lines;
  }
  return all;
}

/** As much of the text as can matter for so many columns: a character of two code units takes one column at least. */
function beginning(text: string, columns: number): string {
  return text.slice(0, 2 * columns + 4);
}

function head(text: string, columns: number): string {
  let used = 0;
  let end = 0;
  for (const character of text) {
    used += wide.test(character) ? 2 : 1;
    if (used > columns) break;
    end += character.length;
  }
  return text.slice(0, end);
}
