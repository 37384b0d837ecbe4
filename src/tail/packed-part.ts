import { closeSync, fstatSync, openSync } from 'node:fs';
import { fileChunks } from '../io/file-chunks.ts';
import { unpacked } from '../io/unpack.ts';
import type { Position } from '../model/envelope.ts';
import { systemCodeOf } from '../model/error.ts';
import { fingerprintOf, headBytes } from './fingerprint.ts';
import type { LineWriter } from './line-writer.ts';
import type { FileState } from './log-file.ts';
import { contextBytes, type Part, Progress, type ReadResult } from './part.ts';

/** The first bytes of an archive's content, at most `headBytes`; of a damaged one what can be read. Never throws. */
export async function archiveHead(path: string): Promise<Buffer> {
  let head = Buffer.alloc(0);
  let descriptor: number | undefined;
  try {
    descriptor = openSync(path, 'r');
    for await (const chunk of unpacked(fileChunks(descriptor), path)) {
      head = Buffer.concat([head, chunk]);
      if (head.length >= headBytes) break;
    }
  } catch {
    // Reading it will tell.
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
  return head.subarray(0, headBytes);
}

/** A log that rotation has packed; read from front to end once, its places are those of the log before it was packed. */
export class PackedPart implements Part {
  readonly isComplete = true;
  #path: string;
  readonly #progress: Progress;
  readonly #state: FileState;
  /** Opened at the first read: there may be thousands. */
  #descriptor: number | undefined;
  #chunks: AsyncIterator<Uint8Array> | undefined;
  #head = Buffer.alloc(0);
  #fingerprint: string | undefined;
  /** What was read and not given out. */
  #rest = Buffer.alloc(0);
  #toSkip: number;
  #context = Buffer.alloc(0);

  constructor(source: string, { path, state, offset }: { path: string; state: FileState; offset: number }) {
    this.#path = path;
    this.#progress = new Progress(source, offset);
    this.#state = state;
    this.#toSkip = offset;
  }

  get path(): string {
    return this.#path;
  }

  moveTo(path: string): void {
    this.#path = path;
  }

  get offset(): number {
    return this.#progress.offset;
  }

  isFile({ dev, inode }: Pick<FileState, 'dev' | 'inode'>): boolean {
    return dev === this.#state.dev && inode === this.#state.inode;
  }

  isHeld(): boolean {
    return this.#descriptor !== undefined;
  }

  isIntact(): boolean {
    return true;
  }

  hasGrown(): boolean {
    return false;
  }

  async read(out: LineWriter): Promise<ReadResult> {
    const chunks = this.#chunks ?? this.#open();
    if (chunks === undefined) return 'changed';
    const next = await chunks.next();
    if (next.done === true) return 'end';
    let bytes = Buffer.from(next.value);
    this.#learn(bytes);
    if (this.#toSkip > 0) {
      const skipped = bytes.subarray(0, this.#toSkip);
      this.#toSkip -= skipped.length;
      bytes = bytes.subarray(skipped.length);
      this.#context = Buffer.concat([this.#context, skipped]).subarray(-contextBytes);
      if (this.#toSkip > 0) return 'more';
      this.#progress.isWithinLine = this.#context.at(-1) !== 0x0a;
      this.#progress.context(this.#context, out);
      this.#context = Buffer.alloc(0);
    }
    this.#rest = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
    const { offset } = this.#progress;
    this.#progress.take(this.#rest, out);
    // Copied, because a view would keep the whole chunk.
    this.#rest = Buffer.from(this.#rest.subarray(this.#progress.offset - offset));
    return 'more';
  }

  finish(out: LineWriter): void {
    if (this.#rest.length > 0) this.#progress.takeRest(this.#rest, out);
    this.#rest = Buffer.alloc(0);
  }

  position(): Position {
    const { source, offset } = this.#progress;
    const { dev, inode, modifiedMs } = this.#state;
    const modified = new Date(modifiedMs).toISOString();
    return { source, dev, inode, ...(this.#fingerprint && { fingerprint: this.#fingerprint }), offset, modified };
  }

  close(): void {
    const descriptor = this.#descriptor;
    this.#descriptor = undefined;
    // A read may be under way.
    const ended = this.#chunks?.return?.() ?? Promise.resolve();
    if (descriptor !== undefined) ended.catch(() => {}).finally(() => closeSync(descriptor));
  }

  /** Undefined when its name stands for another file now. */
  #open(): AsyncIterator<Uint8Array> | undefined {
    const descriptor = openIfThere(this.path);
    if (descriptor === undefined) return undefined;
    const { dev, ino } = fstatSync(descriptor);
    if (!this.isFile({ dev, inode: ino })) {
      closeSync(descriptor);
      return undefined;
    }
    this.#descriptor = descriptor;
    this.#chunks = unpacked(fileChunks(descriptor), this.path);
    return this.#chunks;
  }

  #learn(bytes: Buffer): void {
    if (this.#head.length >= headBytes) return;
    this.#head = Buffer.concat([this.#head, bytes.subarray(0, headBytes - this.#head.length)]);
    this.#fingerprint = fingerprintOf(this.#head);
  }
}

function openIfThere(path: string): number | undefined {
  try {
    return openSync(path, 'r');
  } catch (thrown) {
    if (systemCodeOf(thrown) === 'ENOENT') return undefined;
    throw thrown;
  }
}
