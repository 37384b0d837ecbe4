/*
 * The only place where the standard streams are touched. Standard output takes one write at a time and says when it is
 * taken; a closed pipe is status 141 and no words, a full disk status 74 with the reason.
 */
import { fstatSync, type Stats } from 'node:fs';
import type { Writable } from 'node:stream';
import { LpError, reasonOf, systemCodeOf } from '../model/error.ts';
import { exitStatus } from '../model/exit-status.ts';
import { fileChunks } from './file-chunks.ts';
import { inputCut } from './lines.ts';
import { PipeChunks } from './pipe-chunks.ts';
import type { Sink } from './sink.ts';

/** Once asked to stop, a stage reads on until its input ends (the stage before it was asked too), is silent, or takes too long. */
const silenceMs = 1_000;
const drainMs = 4_000;

/** Standard input, which is opened when it is first read. */
export interface StandardInput extends AsyncIterable<Uint8Array> {
  /** Lets go of it: an input that is still open would keep the process alive. */
  close(): void;
}

/** Standard input in chunks, each valid until the next but one is asked for. After `stopping` it ends at its end, after a second of silence, or after four. */
export function standardInput(stopping: AbortSignal, onGivenUp: () => void): StandardInput {
  let input: Input | undefined;
  return {
    [Symbol.asyncIterator]() {
      input ??= openInput();
      return readUntilStopped(input, stopping, onGivenUp);
    },
    close: () => input?.end(),
  };
}

/** Something that is read, and how to end a wait for more of it. */
interface Input {
  readonly chunks: AsyncIterable<Uint8Array>;
  end(): void;
}

/** Throws `LpError` 66 for a directory. */
function openInput(): Input {
  const kind = kindOf(0);
  if (kind?.isDirectory()) throw new LpError('standard input is a directory; name the files in it', exitStatus.noInput);
  // A file comes in larger pieces than a pipe gives: fewer waits, a fifth of the time of a long run.
  if (kind?.isFile()) return { chunks: fileChunks(0), end() {} };
  if (kind?.isFIFO() || kind?.isSocket()) {
    const chunks = new PipeChunks(0);
    return { chunks, end: () => chunks.end() };
  }
  return { chunks: process.stdin, end: () => process.stdin.destroy() };
}

async function* readUntilStopped(input: Input, stopping: AbortSignal, onGivenUp: () => void): AsyncGenerator<Uint8Array, void> {
  let isGivenUp = false;
  let isWaiting = true;
  let silence: NodeJS.Timeout | undefined;
  let drain: NodeJS.Timeout | undefined;
  const giveUp = (): void => {
    isGivenUp = true;
    input.end();
  };
  const waitForSilence = (): void => {
    clearTimeout(silence);
    silence = setTimeout(giveUp, silenceMs);
  };
  const startToStop = (): void => {
    // While the stage is busy, or its reader slow, the input is not silent: nobody listens.
    if (isWaiting) waitForSilence();
    drain ??= setTimeout(giveUp, drainMs);
  };
  stopping.addEventListener('abort', startToStop);
  if (stopping.aborted) startToStop();
  try {
    for await (const chunk of input.chunks) {
      clearTimeout(silence);
      isWaiting = false;
      yield chunk;
      isWaiting = true;
      if (isGivenUp) break;
      if (stopping.aborted) waitForSilence();
    }
  } catch (thrown) {
    if (!isGivenUp) throw new LpError(`cannot read standard input: ${reasonOf(thrown)}`, exitStatus.ioError);
  } finally {
    stopping.removeEventListener('abort', startToStop);
    clearTimeout(silence);
    clearTimeout(drain);
  }
  if (!isGivenUp) return;
  onGivenUp();
  yield inputCut;
}

/** Standard output. A write rejects with `LpError` 141 when the reader is gone, 74 when the bytes cannot be kept. */
export function standardOutput(): Sink {
  return streamSink(process.stdout);
}

/** A sink onto any stream, with the same errors. */
function streamSink(stream: Writable): Sink {
  let failure: LpError | undefined;
  stream.on('error', (thrown) => {
    failure ??= asLpError(thrown);
  });
  return {
    write(bytes) {
      if (failure !== undefined) return Promise.reject(failure);
      return new Promise((resolve, reject) => {
        stream.write(bytes, (thrown) => {
          if (thrown) reject(asLpError(thrown));
          else resolve();
        });
      });
    },
  };
}

/** Undefined when it is closed. */
function kindOf(descriptor: number): Stats | undefined {
  try {
    return fstatSync(descriptor);
  } catch {
    return undefined;
  }
}

function asLpError(thrown: unknown): LpError {
  const code = systemCodeOf(thrown);
  if (code === 'EPIPE' || code === 'ECONNRESET') return new LpError('the reader has closed the pipe', exitStatus.brokenPipe);
  return new LpError(`cannot write standard output: ${reasonOf(thrown)}`, exitStatus.ioError);
}
