import { isUtf8 } from 'node:buffer';
import type { Entry } from '../database/write.ts';
import type { DeadLetters } from '../io/dead-letters.ts';
import type { ForeignInput } from '../io/foreign-input.ts';
import { itemOf, type NumberedLine } from '../io/ndjson.ts';
import { type Envelope, schema, type UnknownEnvelope } from '../model/envelope.ts';
import type { Batch, Decoded } from './batch.ts';

/** How findings start, as every stage of lp writes them. Others are found out by decoding them. */
const findingStart = Buffer.from(`{"schema":"${schema}","type":"finding",`);

/** Puts each line of the input where it belongs: into a batch, or to the dead letters. */
export class Intake {
  readonly #foreign: ForeignInput;
  readonly #deadLetters: DeadLetters;
  #misfits = 0;

  constructor(foreign: ForeignInput, deadLetters: DeadLetters) {
    this.#foreign = foreign;
    this.#deadLetters = deadLetters;
  }

  /** How many lines were of a kind to which a stage is missing before this one. */
  get misfits(): number {
    return this.#misfits;
  }

  /** Takes a line into the batch. What starts as a finding does, or is no envelope, waits there to be decoded in its turn. */
  take(line: NumberedLine, batch: Batch): void {
    const { bytes, lineNumber, isCut } = line;
    const { length } = findingStart;
    const isFinding = bytes.length >= length && bytes.compare(findingStart, 0, length, 0, length) === 0;
    const decoded = isFinding ? undefined : itemOf(bytes, lineNumber, isCut).decoded;
    if (!decoded?.ok || decoded.envelope.type === 'finding') {
      batch.hold(line);
      return;
    }
    this.#foreign.saw(true);
    batch.add(bytes, this.#entryOf(decoded.envelope, bytes));
  }

  /** What a line comes to that has waited in a batch. */
  decoded({ bytes, lineNumber, isCut }: NumberedLine): Decoded {
    const { decoded } = itemOf(bytes, lineNumber, isCut);
    this.#foreign.saw(decoded.ok);
    if (decoded.ok) return { entry: this.#entryOf(decoded.envelope, bytes) };
    const { code, reason } = decoded;
    this.#deadLetters.add({ code, message: reason, original: bytes.toString('utf8') }, `standard input, line ${lineNumber}`);
    return undefined;
  }

  #entryOf(envelope: Envelope | UnknownEnvelope, bytes: Buffer): Entry | undefined {
    switch (envelope.type) {
      case 'finding':
        return { finding: envelope, json: isUtf8(bytes) ? bytes : bytes.toString('utf8') };
      case 'mark':
        return { mark: envelope };
      case 'summary':
        return { summary: envelope };
      case 'line':
      case 'record':
        this.#misfits++;
        return undefined;
      case 'error':
      case 'unknown':
        return undefined;
      default:
        return envelope satisfies never;
    }
  }
}
