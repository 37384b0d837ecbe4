import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { type FileHandle, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { deserialize, serialize } from 'node:v8';
import { crc32 } from 'node:zlib';
import { makeFolder } from '../../database/folder.ts';
import { LpError, reasonOf, systemCodeOf } from '../../model/error.ts';
import { exitStatus } from '../../model/exit-status.ts';

/*
 * A file is a row of entries: length (4 bytes), kind (1 byte), checksum (4 bytes), and so many bytes more. Changes come first,
 * then the mark that they belong to. To go back to a mark is to read the file up to it; of several changes under one key the last counts. When a
 * file has grown long, a new one with all that is remembered takes its place, and the one before is kept: marks that are still
 * on their way to the database may be the ones to go back to.
 */

/** Changes whenever the shape of what is kept does; what was kept in another shape is not read. */
const shape = 2;

const headBytes = 9;
const kinds = { shape: 0, change: 1, mark: 2 } as const;

/** A file is written anew when it is larger than this, in bytes, and than three times what was first in it. */
const longBytes = 8 * 1024 * 1024;

/** Pauses between tries to write, in ms. */
const pausesMs = [100, 400, 1_500] as const;

/** Written when so much is collected, in bytes. */
const batchBytes = 1024 * 1024;

/** What changed, of which part. */
export type PartChange = readonly [part: string, key: string, value: unknown];

/** The memory of one stream of marks on the disk. */
export class StateLog {
  readonly #folder: string;
  readonly #name: string;
  #generation = 0;
  #file: FileHandle | undefined;
  #size = 0;
  #firstSize = 0;

  /** `stream` may be any text. */
  constructor(folder: string, stream: string) {
    this.#folder = folder;
    this.#name = /^[\w-]{1,40}$/.test(stream) ? stream : createHash('sha256').update(stream).digest('hex').slice(0, 32);
  }

  /** True when all should be written anew. */
  get isLong(): boolean {
    return this.#size > Math.max(longBytes, 3 * this.#firstSize);
  }

  /**
   * What was remembered at a mark, the latest value of each key, in the order of change; undefined when it is not known, or
   * damaged. Throws `LpError` 73, 74 or 77 when it cannot be read.
   */
  load(seq: number): readonly PartChange[] | undefined {
    this.#makeFolder();
    const generations = this.#generations();
    this.#generation = generations[0] ?? 0;
    for (const generation of generations) {
      const found = changesUpTo(this.#read(this.#path(generation)), seq);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** Starts a file with all that is remembered at a mark. Throws `LpError` 73, 74 or 77. */
  async begin(seq: number, all: Iterable<PartChange>): Promise<void> {
    this.#makeFolder();
    const path = this.#path(this.#generation + 1);
    await this.#explaining(async () => {
      const file = await open(`${path}.new`, 'w', 0o640);
      try {
        this.#size = await writeEntries(file, 0, withShape(all, seq));
        await rename(`${path}.new`, path);
      } catch (thrown) {
        await file.close();
        throw thrown;
      }
      await this.#file?.close();
      this.#file = file;
    });
    this.#firstSize = this.#size;
    this.#generation++;
    for (const old of this.#generations().slice(2)) rmSync(this.#path(old), { force: true });
  }

  /** Adds what has changed up to a mark, and waits until it is on the disk. Throws as `begin` does. */
  async add(seq: number, changes: Iterable<PartChange>): Promise<void> {
    const file = this.#file;
    if (file === undefined) return this.begin(seq, changes);
    const entries = [...entriesOf(changes), entryOf(kinds.mark, seqBytes(seq))];
    // Written to the same place again after a failure, so that nothing half-written stays in between.
    await this.#explaining(async () => {
      const end = await writeEntries(file, this.#size, entries);
      this.#size = end;
    });
  }

  async close(): Promise<void> {
    await this.#file?.close();
    this.#file = undefined;
  }

  #read(path: string): Buffer {
    try {
      return readFileSync(path);
    } catch (thrown) {
      throw this.#failure(thrown);
    }
  }

  #path(generation: number): string {
    return join(this.#folder, `${this.#name}.${generation}.state`);
  }

  #makeFolder(): void {
    try {
      makeFolder(this.#folder);
    } catch (thrown) {
      throw this.#failure(thrown);
    }
  }

  /** The newest first. */
  #generations(): readonly number[] {
    const names = readdirSync(this.#folder).filter((name) => name.startsWith(`${this.#name}.`) && name.endsWith('.state'));
    return names.map((name) => Number(name.slice(this.#name.length + 1, -'.state'.length))).sort((a, b) => b - a);
  }

  async #explaining(work: () => Promise<void>): Promise<void> {
    for (const pauseMs of pausesMs) {
      try {
        return await work();
      } catch (thrown) {
        if (systemCodeOf(thrown) !== 'ENOSPC') throw this.#failure(thrown);
        await sleep(pauseMs);
      }
    }
    return work().catch((thrown: unknown) => {
      throw this.#failure(thrown);
    });
  }

  #failure(thrown: unknown): LpError {
    const code = systemCodeOf(thrown);
    const isForbidden = code === 'EACCES' || code === 'EPERM' || code === 'EROFS';
    const status = isForbidden ? exitStatus.permission : code === 'ENOTDIR' ? exitStatus.cannotCreate : exitStatus.ioError;
    return new LpError(`cannot keep state in ${this.#folder}: ${reasonOf(thrown)} (give another place with --state DIR)`, status);
  }
}

function* withShape(all: Iterable<PartChange>, seq: number): Generator<Buffer, void> {
  yield entryOf(kinds.shape, Buffer.from([shape]));
  yield* entriesOf(all);
  yield entryOf(kinds.mark, seqBytes(seq));
}

function* entriesOf(changes: Iterable<PartChange>): Generator<Buffer, void> {
  for (const change of changes) yield entryOf(kinds.change, serialize(change));
}

function entryOf(kind: number, content: Buffer): Buffer {
  const head = Buffer.alloc(headBytes);
  head.writeUInt32LE(content.length, 0);
  head.writeUInt8(kind, 4);
  head.writeUInt32LE(crc32(content), 5);
  return Buffer.concat([head, content]);
}

function seqBytes(seq: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(seq);
  return bytes;
}

/** Writes entries from a place on; gives the place behind them once they are on the disk. */
async function writeEntries(file: FileHandle, at: number, entries: Iterable<Buffer>): Promise<number> {
  let end = at;
  let waiting: Buffer[] = [];
  let bytes = 0;
  const flush = async (): Promise<void> => {
    const all = Buffer.concat(waiting);
    for (let done = 0; done < all.length; ) done += (await file.write(all, done, all.length - done, end + done)).bytesWritten;
    end += all.length;
    waiting = [];
    bytes = 0;
  };
  for (const entry of entries) {
    waiting.push(entry);
    bytes += entry.length;
    if (bytes >= batchBytes) await flush();
  }
  await flush();
  await file.datasync();
  return end;
}

/** The changes of a file up to a mark; undefined when the mark is not in it, or it is damaged or of another shape. */
function changesUpTo(bytes: Buffer, seq: number): readonly PartChange[] | undefined {
  const latest = new Map<string, PartChange>();
  let hasShape = false;
  for (let at = 0; at + headBytes <= bytes.length; ) {
    const [length, kind] = [bytes.readUInt32LE(at), bytes.readUInt8(at + 4)];
    const content = bytes.subarray(at + headBytes, at + headBytes + length);
    // A crash may leave half an entry, and a disk that fails may leave anything.
    if (content.length < length || crc32(content) !== bytes.readUInt32LE(at + 5)) return undefined;
    at += headBytes + length;
    if (kind === kinds.shape) hasShape = content[0] === shape;
    if (!hasShape) return undefined;
    if (kind === kinds.mark && content.readDoubleLE() === seq) return [...latest.values()];
    if (kind !== kinds.change) continue;
    // What stands in a file of this shape was written by `entriesOf`.
    const change = deserialize(content) as PartChange;
    const name = `${change[0]}\0${change[1]}`;
    latest.delete(name);
    if (change[2] !== undefined) latest.set(name, change);
  }
  return undefined;
}
