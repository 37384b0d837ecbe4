import { decodeLine } from '../model/decode.ts';
import { schema } from '../model/envelope.ts';
import { behindNuls, endOfLine, withoutReturn } from './line-ends.ts';

/** What lines a stream is made of: raw ones, raw ones under the headers of `tail -F a b`, or envelopes. */
export type StreamKind = 'raw' | 'tail' | 'envelopes';

const envelopeStart = `{"schema":"${schema}"`;

/** The line that tail writes above the lines of a file. */
export const header = /^==> (.+) <==$/;

/** Tells whether a line may be an envelope, by its first bytes. */
export function startsEnvelope(start: Buffer): boolean {
  const from = behindNuls(start, 0);
  return start.toString('latin1', from, from + envelopeStart.length) === envelopeStart;
}

/**
 * What a stream is, by its first line, behind what a crash may have left before it. A writer of envelopes that was killed in its
 * first line has left half of it, without an end; `isCut` tells that a line is not whole because it was too long.
 */
export function kindOf(bytes: Buffer, isCut = false): StreamKind {
  const from = behindNuls(bytes, 0);
  const end = endOfLine(bytes, from);
  const line = bytes.toString('latin1', from, withoutReturn(bytes, from, end));
  const isHalf = end === bytes.length && !isCut;
  if (line.startsWith(envelopeStart) && (isHalf || decodeLine(line).ok)) return 'envelopes';
  return header.test(line) ? 'tail' : 'raw';
}
