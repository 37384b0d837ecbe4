import { type FileHandle, open, stat } from 'node:fs/promises';
import { type ErrorEnvelope, schema } from '../model/envelope.ts';
import { LpError, reasonOf } from '../model/error.ts';
import { exitStatus } from '../model/exit-status.ts';
import type { Diagnostics } from './diagnostics.ts';

/** Input that could not be used: counted, written to a file if one is given, summed up on standard error at the end. */
export class DeadLetters {
  readonly #stage: string;
  readonly #path: string | undefined;
  #file: FileHandle | undefined;
  #waiting: string[] = [];
  #count = 0;
  #first: string | undefined;

  constructor(stage: string, path: string | undefined) {
    this.#stage = stage;
    this.#path = path;
  }

  /** How many there were. */
  get count(): number {
    return this.#count;
  }

  /** Takes one in; `where` says file and line to people (`standard input, line 7`). Await `flush` before much more. */
  add(letter: Pick<ErrorEnvelope, 'code' | 'message' | 'original' | 'log'>, where: string): void {
    this.#count++;
    this.#first ??= `${where}: ${letter.message}`;
    if (this.#path === undefined) return;
    const envelope: ErrorEnvelope = { schema, type: 'error', stage: this.#stage, ...letter };
    this.#waiting.push(`${JSON.stringify(envelope)}\n`);
  }

  /** Writes what waits. Throws `LpError` 73 when the file cannot be opened and 74 when it cannot be written. */
  async flush(): Promise<void> {
    if (this.#path === undefined || this.#waiting.length === 0) return;
    this.#file ??= await this.#open(this.#path);
    const text = this.#waiting.join('');
    this.#waiting = [];
    await this.#file.appendFile(text).catch((thrown: unknown) => {
      throw new LpError(`cannot write dead letters to ${this.#path}: ${reasonOf(thrown)}`, exitStatus.ioError);
    });
  }

  /** Writes what waits, closes the file, and tells people the count with the first of them. */
  async end(diagnostics: Diagnostics): Promise<void> {
    await this.flush();
    await this.#file?.close();
    this.#file = undefined;
    if (this.#count === 0) return;
    const kept = this.#path === undefined ? 'see them with --dead-letter FILE' : `kept in ${this.#path}`;
    diagnostics.warn(`${this.#count} ${this.#count === 1 ? 'line' : 'lines'} could not be used (${kept}); first: ${this.#first}`);
  }

  async #open(path: string): Promise<FileHandle> {
    try {
      const file = await open(path, 'a', 0o640);
      if (await endsAmidLine(path)) this.#waiting.unshift('\n');
      return file;
    } catch (thrown) {
      throw new LpError(`cannot open the dead-letter file ${path}: ${reasonOf(thrown)}`, exitStatus.cannotCreate);
    }
  }
}

/** Tells whether a file ends with half a line, as a full disk leaves it. What is no file, or must not be read, does not. */
async function endsAmidLine(path: string): Promise<boolean> {
  const about = await stat(path).catch(() => undefined);
  if (about === undefined || !about.isFile() || about.size === 0) return false;
  // A file of its own to read by: a pipe that is opened both ways never ends.
  const file = await open(path, 'r').catch(() => undefined);
  if (file === undefined) return false;
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(1), 0, 1, about.size - 1);
    return bytesRead === 1 && buffer[0] !== 0x0a;
  } finally {
    await file.close();
  }
}
