import { closeSync, constants, fstatSync, lstatSync, openSync, readSync, statSync } from 'node:fs';
import { systemCodeOf } from '../model/error.ts';
import { headBytes } from './fingerprint.ts';

/** What tells a file on the disk from others, and whether it has changed. */
export interface FileState {
  readonly dev: number;
  readonly inode: number;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
}

/** Why a file cannot be read: there is none, it is no regular file, or what the system says. */
export type Missing = 'missing' | 'irregular' | { readonly code: string };

/** Looks at a regular file by its name; never throws. */
export function stateOf(path: string): FileState | Missing {
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found === undefined) return 'missing';
    if (!found.isFile()) return 'irregular';
    return { dev: found.dev, inode: found.ino, sizeBytes: found.size, modifiedMs: found.mtimeMs };
  } catch (thrown) {
    const code = systemCodeOf(thrown) ?? 'EIO';
    if (code === 'ELOOP') return 'irregular';
    return code === 'ENOTDIR' || code === 'ENOENT' ? 'missing' : { code };
  }
}

/** An error of the system, by its code; `moving` says that a file was moved while files were looked at. */
export function unreadable(code: string): Error {
  return Object.assign(new Error(code), { code });
}

/** Looks at a file whose name was listed a moment ago. Throws what the system says, or `moving` when nothing has the name any more. */
export function stateOfListed(path: string): FileState | 'missing' | 'irregular' {
  const state = stateOf(path);
  if (isState(state) || state === 'irregular') return state;
  if (state !== 'missing') throw unreadable(state.code);
  // A link may lead nowhere.
  if (lstatSync(path, { throwIfNoEntry: false }) === undefined) throw unreadable('moving');
  return 'missing';
}

/** Tells a file's state from the reason why there is none. */
export function isState(found: FileState | Missing): found is FileState {
  return typeof found === 'object' && 'inode' in found;
}

/** Tells whether two looks were at the same file, by its inode. */
export function isSameFile(a: Pick<FileState, 'dev' | 'inode'>, b: Pick<FileState, 'dev' | 'inode'>): boolean {
  return a.dev === b.dev && a.inode === b.inode;
}

/** Tells whether nothing has happened to a file between two looks, as far as that can be seen. */
export function isSameState(a: FileState, b: FileState): boolean {
  return isSameFile(a, b) && a.sizeBytes === b.sizeBytes && a.modifiedMs === b.modifiedMs;
}

/** Most files that are kept open: the rest is opened again when it grows. */
const maxOpen = 400;

/** An open file, and which it is. */
export interface Opened {
  readonly descriptor: number;
  readonly dev: number;
  readonly inode: number;
}

/*
 * All calls wait for the disk: local files answer in microseconds, and nothing can change between two calls of one turn but
 * on the disk itself.
 */

/** Open files by whoever reads them; those that were used longest ago are closed when there are too many. */
export class OpenFiles {
  readonly #open = new Map<object, Opened>();

  /** Opens the file of a reader, unless it is open. Gives what is open, by which the reader sees whether it is its file. */
  use(owner: object, path: string): Opened {
    const known = this.#open.get(owner);
    if (known !== undefined) {
      this.#open.delete(owner);
      this.#open.set(owner, known);
      return known;
    }
    const opened = open(path);
    this.#open.set(owner, opened);
    const [oldest] = this.#open;
    if (this.#open.size > maxOpen && oldest !== undefined) this.close(oldest[0]);
    return opened;
  }

  /** The open file of a reader, or undefined. */
  peek(owner: object): Opened | undefined {
    return this.#open.get(owner);
  }

  close(owner: object): void {
    const opened = this.#open.get(owner);
    this.#open.delete(owner);
    if (opened !== undefined) closeSync(opened.descriptor);
  }

  closeAll(): void {
    for (const owner of [...this.#open.keys()]) this.close(owner);
  }
}

function open(path: string): Opened {
  // A pipe that has taken the file's name meanwhile would be waited for without end.
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const { dev, ino } = fstatSync(descriptor);
  return { descriptor, dev, inode: ino };
}

/** The state of an open file. Throws what the system says. */
export function stateOfOpen({ descriptor }: Opened): FileState {
  const { dev, ino, size, mtimeMs } = fstatSync(descriptor);
  return { dev, inode: ino, sizeBytes: size, modifiedMs: mtimeMs };
}

/** Reads what fits into `memory` from a place of an open file; gives how many bytes that were. Throws what the system says. */
export function readAt({ descriptor }: Pick<Opened, 'descriptor'>, memory: Uint8Array, offset: number): number {
  return readSync(descriptor, memory, 0, memory.length, offset);
}

/** A file as one descriptor has shown it: its start, its end and its state are those of one file, whatever its name stands for later. */
export interface Look {
  readonly state: FileState;
  /** At most `headBytes`. */
  readonly head: Buffer;
  /** Of the first byte behind the last line that is whole, within the last 64 KiB; else the size, because a line so long is none. */
  readonly linesEnd: number;
}

/** Looks into a file. With `wantsEnd` its last lines are read too; else `linesEnd` is its size. Never throws. */
export function lookInto(path: string, wantsEnd = false): Look | Missing {
  let opened: Opened | undefined;
  try {
    opened = open(path);
    const memory = Buffer.allocUnsafe(headBytes);
    const head = memory.subarray(0, readAt(opened, memory, 0));
    const state = stateOfOpen(opened);
    return { state, head, linesEnd: wantsEnd ? linesEndOf(opened, state.sizeBytes) : state.sizeBytes };
  } catch (thrown) {
    const code = systemCodeOf(thrown) ?? 'EIO';
    return code === 'ENOENT' ? 'missing' : { code };
  } finally {
    if (opened !== undefined) closeSync(opened.descriptor);
  }
}

/** Tells what was seen from the reason why nothing was. */
export function isLook(found: Look | Missing): found is Look {
  return typeof found === 'object' && 'head' in found;
}

/** The ends of all files are read into one memory: of thousands, each would be one to be cleared and collected. */
const endMemory = Buffer.allocUnsafeSlow(64 * 1024);

function linesEndOf(opened: Opened, sizeBytes: number): number {
  const memory = endMemory.subarray(0, Math.min(sizeBytes, endMemory.length));
  const count = readAt(opened, memory, sizeBytes - memory.length);
  const end = memory.subarray(0, count).lastIndexOf(0x0a) + 1;
  return end > 0 || memory.length === sizeBytes ? sizeBytes - memory.length + end : sizeBytes;
}
