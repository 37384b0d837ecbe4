import { printable } from '../io/printable.ts';

/** Text for a header, encoded where it is not plain; no text makes a second header of it. Source: RFC 2047 §2. */
export function headerText(text: string): string {
  const line = printable(text.slice(0, 200));
  if (/^[\x20-\x7e]*$/.test(line) && line.length <= 70 && !line.includes('=?')) return line;
  // 45 bytes are 60 letters: with what is around them less than the 75 that a word may have.
  return chunksOf(line, 45)
    .map((chunk) => `=?utf-8?B?${Buffer.from(chunk).toString('base64')}?=`)
    .join('\n ');
}

/** Pieces of at most so many bytes, between characters. */
function chunksOf(text: string, maxBytes: number): readonly string[] {
  const chunks: string[] = [];
  let chunk = '';
  for (const character of text) {
    if (Buffer.byteLength(chunk) + Buffer.byteLength(character) > maxBytes) {
      chunks.push(chunk);
      chunk = '';
    }
    chunk += character;
  }
  return chunk === '' ? chunks : [...chunks, chunk];
}

const maxEncodedLine = 76;

/** Text whose lines are short and whose bytes are ASCII, and which can still be read. Source: RFC 2045 §6.7. */
export function quotedPrintable(text: string): string {
  return text
    .split('\n')
    .map((line) => softWrapped([...Buffer.from(line)].map((byte, index, bytes) => encodedByte(byte, index === bytes.length - 1))))
    .join('\n');
}

function encodedByte(byte: number, isLast: boolean): string {
  const isPlain = byte > 0x20 && byte < 0x7f && byte !== 0x3d;
  if (isPlain || (byte === 0x20 && !isLast)) return String.fromCharCode(byte);
  return `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}

function softWrapped(pieces: readonly string[]): string {
  const lines: string[] = [];
  let line = '';
  for (const piece of pieces) {
    if (line.length + piece.length >= maxEncodedLine) {
      lines.push(`${line}=`);
      line = '';
    }
    line += piece;
  }
  // A line with nothing but a dot would end the mail for some programs, "From " starts another in a mailbox.
  return [...lines, line].map((text) => text.replace(/^\./, '=2E').replace(/^From /, '=46rom ')).join('\n');
}

/** Any text as base64 in lines of 76. Source: RFC 2045 §6.8. */
export function base64Lines(text: string): string {
  return Buffer.from(text).toString('base64').replace(/.{76}/g, '$&\n').trimEnd();
}
