import type { Position } from '../model/envelope.ts';
import { systemCodeOf } from '../model/error.ts';
import { fingerprintLength, fingerprintOf, headBytes, startsAs } from './fingerprint.ts';
import type { LineWriter } from './line-writer.ts';
import { type FileState, isSameFile, isState, type Opened, type OpenFiles, readAt, stateOf, stateOfOpen } from './log-file.ts';
import { contextBytes, type Part, Progress, type ReadResult, turnBytes } from './part.ts';

/** All files are read into one memory, one after the other. */
const memory = Buffer.allocUnsafeSlow(turnBytes);
const headMemory = Buffer.allocUnsafeSlow(headBytes);

const newline = 0x0a;

/** What is known of a file before it is read. */
export interface Found {
  readonly path: string;
  readonly state: FileState;
  readonly offset: number;
  readonly isComplete: boolean;
  /** What it starts with, as far as that is known. */
  readonly fingerprint?: string | undefined;
}

/** A file of lines as it lies on the disk. Watches whether it is still the file that it was. */
export class PlainPart implements Part {
  readonly isComplete: boolean;
  readonly #progress: Progress;
  readonly #open: OpenFiles;
  readonly #identity: Pick<FileState, 'dev' | 'inode'>;
  #path: string;
  #fingerprint: string;
  #modifiedMs: number;
  #sizeBytes: number;
  /** True until the first new line: lines of before may say what it means. */
  #wantsContext: boolean;

  /** Looks at nothing: what the file is was seen by who found it. */
  constructor(source: string, { path, state, offset, isComplete, fingerprint }: Found, open: OpenFiles) {
    this.#path = path;
    this.isComplete = isComplete;
    this.#progress = new Progress(source, offset);
    this.#open = open;
    this.#identity = { dev: state.dev, inode: state.inode };
    this.#modifiedMs = state.modifiedMs;
    this.#sizeBytes = state.sizeBytes;
    this.#fingerprint = fingerprint ?? '';
    this.#wantsContext = offset > 0;
  }

  get path(): string {
    return this.#path;
  }

  get offset(): number {
    return this.#progress.offset;
  }

  /** True when it was empty as it was seen last. */
  get isEmpty(): boolean {
    return !this.#isKnown;
  }

  isFile(state: Pick<FileState, 'dev' | 'inode'>): boolean {
    return isSameFile(state, this.#identity);
  }

  isHeld(): boolean {
    const opened = this.#open.peek(this);
    try {
      return opened !== undefined && this.#isStillItself(opened);
    } catch {
      // What is open is of no use any more: its file system is gone.
      this.close();
      return false;
    }
  }

  moveTo(path: string, state?: FileState): void {
    this.#path = path;
    // Copies of what an empty file has held since it was seen are known now.
    if (state !== undefined && !this.#isKnown) this.#modifiedMs = state.modifiedMs;
  }

  isIntact(): boolean {
    try {
      const opened = this.#use();
      return opened !== undefined && this.#isStillItself(opened);
    } catch {
      // Reading it will tell.
      return true;
    }
  }

  hasGrown(): boolean {
    try {
      return (this.#state()?.sizeBytes ?? 0) > this.offset;
    } catch {
      // Reading it will tell.
      return true;
    }
  }

  async read(out: LineWriter): Promise<ReadResult> {
    try {
      const opened = this.#use();
      return opened === undefined ? 'changed' : this.#readOn(opened, out);
    } catch (thrown) {
      this.close();
      const code = systemCodeOf(thrown);
      if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ESTALE') return 'changed';
      throw thrown;
    }
  }

  finish(out: LineWriter): void {
    if (!this.hasGrown()) return;
    try {
      const opened = this.#use();
      if (opened === undefined) return;
      const count = readAt(opened, memory, this.offset);
      if (this.#isStillItself(opened)) this.#progress.takeRest(memory.subarray(0, count), out);
    } catch {
      // Reading has told why it cannot be read.
    }
  }

  position(): Position {
    const { source, offset } = this.#progress;
    return {
      source,
      ...this.#identity,
      ...(this.#isKnown && { fingerprint: this.#fingerprint }),
      offset,
      ...(this.#sizeBytes - offset > turnBytes && { behind: this.#sizeBytes - offset }),
      modified: new Date(this.#modifiedMs).toISOString(),
    };
  }

  close(): void {
    this.#open.close(this);
  }

  /** By its open file, or its name; undefined when it is gone. */
  #state(): FileState | undefined {
    const opened = this.#open.peek(this);
    if (opened !== undefined) return stateOfOpen(opened);
    const found = stateOf(this.path);
    return isState(found) && this.isFile(found) ? found : undefined;
  }

  /** True when it is known how it starts: it was not empty when it was seen, and could be read. */
  get #isKnown(): boolean {
    return fingerprintLength(this.#fingerprint) > 0;
  }

  /** Opens it, unless it is open; undefined when its name stands for another file now. Throws what the system says. */
  #use(): Opened | undefined {
    const opened = this.#open.use(this, this.path);
    if (this.isFile(opened)) return opened;
    this.close();
    return undefined;
  }

  #readOn(opened: Opened, out: LineWriter): ReadResult {
    const before = this.#wantsContext ? Math.min(this.offset, contextBytes) : 0;
    const { modifiedMs, sizeBytes } = stateOfOpen(opened);
    const count = readAt(opened, memory, this.offset - before) - before;
    // Only then is what was read of this file, and not of what was written to it since it was copied and truncated.
    if (!this.#isStillItself(opened)) return 'changed';
    this.#sizeBytes = sizeBytes;
    if (count <= 0) return 'end';
    this.#modifiedMs = modifiedMs;
    if (before > 0) {
      this.#wantsContext = false;
      const context = memory.subarray(0, before);
      // Lines are cut where they are too long: then reading goes on within one.
      this.#progress.isWithinLine = context.at(-1) !== newline;
      this.#progress.context(context, out);
      return 'more';
    }
    const { offset } = this;
    this.#progress.take(memory.subarray(0, count), out);
    return count === memory.length && this.offset > offset ? 'more' : 'end';
  }

  /** Tells whether what was read of it still stands there. */
  #isStillItself(opened: Opened): boolean {
    const { sizeBytes, modifiedMs } = stateOfOpen(opened);
    // An empty file that was changed may have been filled, copied and truncated.
    if (!this.#isKnown && modifiedMs !== this.#modifiedMs) return false;
    return sizeBytes >= this.offset && this.#isSame(opened);
  }

  /**
   * Tells whether it starts as it did; learns more of the start while it is short. One that was empty is another one when it
   * is filled: it may have been filled, copied and truncated before.
   */
  #isSame(opened: Opened): boolean {
    const head = headMemory.subarray(0, readAt(opened, headMemory, 0));
    if (!this.#isKnown) return head.length === 0;
    if (!startsAs(head, this.#fingerprint)) return false;
    if (head.length > fingerprintLength(this.#fingerprint)) this.#fingerprint = fingerprintOf(head);
    return true;
  }
}
