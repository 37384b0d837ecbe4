/** What stands at the cut; its size counts. */
const cutMark = '…';
const cutMarkBytes = Buffer.byteLength(cutMark);

/** The text, cut to at most so many bytes of UTF-8: between characters, and marked with `…` when something is missing. */
export function clipped(text: string, maxBytes: number): string {
  // A character of a string is at most three bytes: nearly all texts need no count.
  if (text.length * 3 <= maxBytes || (text.length <= maxBytes && Buffer.byteLength(text) <= maxBytes)) return text;
  const bytes = Buffer.from(text.slice(0, maxBytes));
  let end = Math.min(bytes.length, maxBytes - cutMarkBytes);
  while (end > 0 && isContinuation(bytes[end])) end--;
  return bytes.toString('utf8', 0, end) + cutMark;
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}
