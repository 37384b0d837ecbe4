import { Readable } from 'node:stream';
import split from 'split2';
import { maxLineBytes } from '../io/ndjson.ts';
import { decodeLine } from '../model/decode.ts';
import type { Finding, Summary } from '../model/envelope.ts';
import { LpError } from '../model/error.ts';
import { exitStatus } from '../model/exit-status.ts';

/** What came in on a stream of NDJSON. */
export interface Received {
  /** The last state of each finding. */
  readonly findings: readonly Finding[];
  readonly summaries: readonly Summary[];
  /** Lines that were no envelopes. */
  readonly badLines: number;
  /** Where the first of them was, and why it was bad. */
  readonly firstBad: string | undefined;
  /** Lines and records: objects of earlier stages. */
  readonly misfits: number;
  /** All objects of the wire, the misfits too. */
  readonly envelopes: number;
}

/** Reads findings to the end of the stream. Throws `LpError` 65 for a line that has no end, and what the stream throws. */
export async function readFindings(input: AsyncIterable<Uint8Array>): Promise<Received> {
  const findings = new Map<string, Finding>();
  const summaries: Summary[] = [];
  let [lineNumber, badLines, misfits, envelopes] = [0, 0, 0, 0];
  let firstBad: string | undefined;
  for await (const line of linesOf(input)) {
    lineNumber++;
    if (line === '') continue;
    const decoded = decodeLine(line);
    if (!decoded.ok) {
      badLines++;
      firstBad ??= `standard input, line ${lineNumber}: ${decoded.reason}`;
      continue;
    }
    const { envelope } = decoded;
    envelopes++;
    if (envelope.type === 'finding') findings.set(envelope.id, envelope);
    if (envelope.type === 'summary') summaries.push(envelope);
    if (envelope.type === 'line' || envelope.type === 'record') misfits++;
  }
  return { findings: [...findings.values()], summaries, badLines, firstBad, misfits, envelopes };
}

async function* linesOf(input: AsyncIterable<Uint8Array>): AsyncGenerator<string, void> {
  const lines = split({ maxLength: maxLineBytes });
  const source = Readable.from(input).on('error', (thrown) => lines.destroy(thrown));
  try {
    for await (const line of source.pipe(lines)) yield String(line);
  } catch (thrown) {
    if (!(thrown instanceof Error) || thrown.message !== 'maximum buffer reached') throw thrown;
    throw new LpError(
      `standard input has a line of more than ${maxLineBytes} characters: it is not what lp-analyze writes`,
      exitStatus.badData,
    );
  } finally {
    source.destroy();
  }
}
