import type { Position } from '../model/envelope.ts';
import { systemCodeOf } from '../model/error.ts';
import { fingerprintLength, fingerprintOf, headBytes } from './fingerprint.ts';
import type { LineWriter } from './line-writer.ts';
import { type FileState, headOfFile, isState, type Opened, type OpenFiles, readAt, stateOf, stateOfOpen } from './log-file.ts';
import { contextBytes, type Part, Progress, type ReadResult, turnBytes } from './part.ts';

/** All files are read into one memory, one after the other. */
const memory = Buffer.allocUnsafeSlow(turnBytes);

/** What is known of a file before it is read. */
export interface Found {
  readonly path: string;
  readonly state: FileState;
  readonly offset: number;
  readonly isComplete: boolean;
  /** What it started with when it was read up to the offset. */
  readonly fingerprint?: string | undefined;
}

/** A file of lines as it lies on the disk. Watches whether it is still the file that it was. */
export class PlainPart implements Part {
  readonly isComplete: boolean;
  readonly #progress: Progress;
  readonly #open: OpenFiles;
  readonly #identity: Pick<FileState, 'dev' | 'inode'>;
  #path: string;
  #head: Buffer;
  #fingerprint: string;
  /** True when another file had its name, or its place, by the time it was to be known: it is to be looked for anew. */
  readonly #isStale: boolean;
  #modifiedMs: number;
  #sizeBytes: number;
  /** True until the first new line: lines of before may say what it means. */
  #wantsContext: boolean;

  constructor(source: string, { path, state, offset, isComplete, fingerprint }: Found, open: OpenFiles) {
    this.#path = path;
    this.isComplete = isComplete;
    this.#progress = new Progress(source, offset);
    this.#open = open;
    this.#identity = { dev: state.dev, inode: state.inode };
    this.#modifiedMs = state.modifiedMs;
    this.#sizeBytes = state.sizeBytes;
    const head = headOfFile(path, headBytes, state);
    this.#isStale = head === 'other' || (head !== undefined && !startsAs(head, fingerprint));
    this.#head = this.#isStale || head === undefined || head === 'other' ? Buffer.alloc(0) : head;
    this.#fingerprint = this.#head.length > 0 ? fingerprintOf(this.#head) : (fingerprint ?? '');
    this.#wantsContext = offset > 0;
  }

  get path(): string {
    return this.#path;
  }

  get offset(): number {
    return this.#progress.offset;
  }

  isFile({ dev, inode }: Pick<FileState, 'dev' | 'inode'>): boolean {
    return dev === this.#identity.dev && inode === this.#identity.inode;
  }

  isHeld(): boolean {
    const opened = this.#open.peek(this);
    return opened !== undefined && this.#isStillItself(opened);
  }

  moveTo(path: string, state?: FileState): void {
    this.#path = path;
    // Copies of what an empty file has held since it was seen are known now.
    if (state !== undefined && this.#head.length === 0) this.#modifiedMs = state.modifiedMs;
  }

  isIntact(): boolean {
    if (this.#isStale) return false;
    try {
      return this.#isStillItself(this.#open.use(this, this.path));
    } catch {
      // Reading it will tell.
      return true;
    }
  }

  hasGrown(): boolean {
    return (this.#state()?.sizeBytes ?? 0) > this.offset;
  }

  async read(out: LineWriter): Promise<ReadResult> {
    try {
      if (this.#isStale) return 'changed';
      const opened = this.#open.use(this, this.path);
      if (!this.#isStillItself(opened)) return 'changed';
      return this.#readOn(opened, out);
    } catch (thrown) {
      this.close();
      const code = systemCodeOf(thrown);
      if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ESTALE') return 'changed';
      throw thrown;
    }
  }

  finish(out: LineWriter): void {
    if (!this.hasGrown()) return;
    let count: number;
    try {
      count = readAt(this.#open.use(this, this.path), memory, this.offset);
    } catch {
      // Reading has told why it cannot be read.
      return;
    }
    this.#progress.takeRest(memory.subarray(0, count), out);
  }

  position(): Position {
    const { source, offset } = this.#progress;
    return {
      source,
      ...this.#identity,
      ...(fingerprintLength(this.#fingerprint) > 0 && { fingerprint: this.#fingerprint }),
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

  #readOn(opened: Opened, out: LineWriter): ReadResult {
    const { modifiedMs, sizeBytes } = stateOfOpen(opened);
    this.#sizeBytes = sizeBytes;
    const count = readAt(opened, memory, this.offset);
    if (count === 0) return 'end';
    this.#modifiedMs = modifiedMs;
    const { offset } = this;
    if (this.#wantsContext) {
      this.#wantsContext = false;
      this.#giveContext(opened, out);
      return 'more';
    }
    this.#progress.take(memory.subarray(0, count), out);
    return count === memory.length && this.offset > offset ? 'more' : 'end';
  }

  #giveContext(opened: Opened, out: LineWriter): void {
    const from = Math.max(0, this.offset - contextBytes);
    const bytes = memory.subarray(0, this.offset - from);
    readAt(opened, bytes, from);
    // Lines are cut where they are too long: then reading goes on within one.
    this.#progress.isWithinLine = bytes.at(-1) !== 0x0a;
    this.#progress.context(bytes, out);
  }

  /** Tells whether what is open is the file, and what was read of it still stands there. Another file is closed. */
  #isStillItself(opened: Opened): boolean {
    if (!this.isFile(opened)) {
      this.close();
      return false;
    }
    const { sizeBytes, modifiedMs } = stateOfOpen(opened);
    // An empty file that was changed may have been filled, copied and truncated.
    if (this.#head.length === 0 && modifiedMs !== this.#modifiedMs) return false;
    return sizeBytes >= this.offset && this.#isSame(opened);
  }

  /**
   * Tells whether it starts as it did; learns more of the start while it is short. One that was empty is another one when it
   * is filled: it may have been filled, copied and truncated before.
   */
  #isSame(opened: Opened): boolean {
    const known = this.#head.length;
    const found = Buffer.allocUnsafe(headBytes);
    const count = readAt(opened, found, 0);
    if (count < known || (known === 0 && count > 0) || this.#head.compare(found, 0, known) !== 0) return false;
    if (count > known) {
      this.#head = Buffer.from(found.subarray(0, count));
      this.#fingerprint = fingerprintOf(this.#head);
    }
    return true;
  }
}

/** Tells whether a file starts as it did when it was read; a file of which that is not known does. */
function startsAs(head: Buffer, fingerprint: string | undefined): boolean {
  const length = fingerprintLength(fingerprint);
  return length === 0 || fingerprintOf(head.subarray(0, length)) === fingerprint;
}
