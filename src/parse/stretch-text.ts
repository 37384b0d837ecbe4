import type { Stretch } from './scan/values.ts';
import { padded } from './slack.ts';

/** A stretch of UTF-8 as text. */
export function textOf({ bytes, from, to }: Stretch): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('utf8');
}

/** The stretch with more text behind it. */
export function extended(line: Stretch, more: string): Stretch {
  if (more === '') return line;
  const text = Buffer.from(`${textOf(line)}${more}`);
  return { bytes: padded(text), from: 0, to: text.length };
}

/** The end of a line in a text, without the line ends behind it. */
export function endOfText(text: Uint8Array): number {
  let to = text.length;
  while (to > 0 && (text[to - 1] === 0x0a || text[to - 1] === 0x0d)) to--;
  return to;
}
