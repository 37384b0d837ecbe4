import { randomBytes } from 'node:crypto';
import { accessSync, constants } from 'node:fs';
import { type FileHandle, open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { explained } from '../../database/errors.ts';
import { makeFolder } from '../../database/folder.ts';
import { committedBytes, emptyState, type FolderState, filesIn, readState, stateFile } from '../../database/json-folder.ts';
import { type Connection, connect } from '../../database/open.ts';
import { OwnMarks, positionsBySource, type StoredSide, streamOf } from '../../database/own-marks.ts';
import { folderOf } from '../../database/place.ts';
import { type Entry, type Saved, textOfJson } from '../../database/write.ts';
import { writeAtomically } from '../../io/atomic-file.ts';
import { type Mark, schema } from '../../model/envelope.ts';
import { LpError, reasonOf, systemCodeOf } from '../../model/error.ts';
import { exitStatus } from '../../model/exit-status.ts';
import type { Backend, Store, StoreSettings } from '../backend.ts';

/** Stores in a folder of NDJSON files, one for each UTC day or hour, with the objects of the wire in them. */
const jsonFiles: Backend = {
  name: 'json-files',
  prepare: async ({ place }) => prepareFolder(folderOf(place)),
  async open(settings) {
    const folder = folderOf(settings.place);
    prepareFolder(folder);
    const store = new JsonFiles(folder, await lockOf(folder), settings);
    await store.repair();
    return store;
  },
};

export default jsonFiles;

function prepareFolder(folder: string): void {
  try {
    makeFolder(folder);
    accessSync(folder, constants.W_OK);
  } catch (thrown) {
    throw explainedFile(thrown, folder);
  }
}

/** SQLite is what locks files here in such a way that a process which is killed holds nothing up; nothing is in its file. */
async function lockOf(folder: string): Promise<Connection> {
  const path = join(folder, '.lock');
  try {
    return await connect(path, { isReadOnly: false, lockTimeoutMs: 0 });
  } catch (thrown) {
    throw explained(thrown, path);
  }
}

const lockIntervalMs = 10;
const hourMs = 3_600_000;

/** A clock may be a day ahead of another's, so what a file holds may have been seen a day after the file was ended. */
const skewMs = 24 * hourMs;

class JsonFiles implements Store {
  readonly #folder: string;
  readonly #lock: Connection;
  readonly #settings: StoreSettings;
  readonly #own = new OwnMarks();
  readonly #run: { readonly id: string; readonly started_at: string };

  constructor(folder: string, lock: Connection, settings: StoreSettings) {
    this.#folder = folder;
    this.#lock = lock;
    this.#settings = settings;
    this.#run = { id: randomBytes(9).toString('base64url'), started_at: settings.now.toISOString() };
  }

  /** Cuts off what a crash has left. */
  async repair(): Promise<void> {
    await this.#locked(async (state) => {
      for (const [name, size] of Object.entries(state.files)) await this.#cut(name, size);
    });
  }

  async save(batch: Iterable<Entry>, now: Date): Promise<Saved> {
    return this.#locked(async (state) => {
      const lines: string[] = [];
      const marks: Mark[] = [];
      let added = 0;
      for (const entry of batch) {
        lines.push(lineOf(entry));
        if ('mark' in entry) marks.push(entry.mark);
        if ('finding' in entry) added++;
      }
      const start = state.run === this.#run.id ? [] : [this.#runLine({})];
      const keep = this.#own.check(marks, storedSideOf(state));
      const { streams, positions } = marksAfter(state, marks, now);
      const files = await this.#append(state, [...start, ...lines], now);
      await this.#commit({ ...state, files, run: this.#run.id, streams, positions });
      keep();
      return { added, updated: 0, stale: 0, marks: marks.length };
    });
  }

  async expire(moment: Date): Promise<void> {
    await this.#locked(async (state) => {
      const old = filesIn(this.#folder).filter((name) => endOf(name) + skewMs <= moment.getTime());
      const files = Object.fromEntries(Object.entries(state.files).filter(([name]) => !old.includes(name)));
      const [, expiredBefore = ''] = [state.expiredBefore, moment.toISOString()].sort();
      await this.#commit({ ...state, files, expiredBefore });
      for (const name of old) await rm(join(this.#folder, name), { force: true });
    });
  }

  async close(now: Date): Promise<void> {
    try {
      await this.#locked(async (state) => {
        const files = await this.#append(state, [this.#runLine({ ended_at: now.toISOString() })], now);
        await this.#commit({ ...state, files, run: this.#run.id });
      });
    } catch (thrown) {
      // Findings and marks are safe by now; a run without its end is not worth a failure.
      if (!(thrown instanceof LpError)) throw thrown;
    } finally {
      this.#lock.close();
    }
  }

  #runLine(end: { readonly ended_at?: string }): string {
    return JSON.stringify({ schema, type: 'run', run: { ...this.#run, ...end } });
  }

  /** Does `work` while no other process writes to the folder. */
  async #locked<T>(work: (state: FolderState) => Promise<T>): Promise<T> {
    await this.#takeLock();
    try {
      return await work(readState(this.#folder) ?? emptyState);
    } finally {
      this.#lock.exec('ROLLBACK');
    }
  }

  /** Asks again and again: SQLite's own waiting would hold up the whole process, and with it whoever has the lock there. */
  async #takeLock(): Promise<void> {
    for (const endMs = Date.now() + this.#settings.lockTimeoutMs; ; await wait(lockIntervalMs)) {
      try {
        this.#lock.exec('BEGIN IMMEDIATE');
        return;
      } catch (thrown) {
        if (systemCodeOf(thrown) !== 'SQLITE_BUSY' || Date.now() >= endMs) throw explained(thrown, this.#lock.name);
      }
    }
  }

  /** Writes lines behind what is committed of the current file; gives the sizes of files that are to be committed. */
  async #append(state: FolderState, lines: readonly string[], now: Date): Promise<FolderState['files']> {
    const name = `${now.toISOString().slice(0, this.#settings.roll === 'hour' ? 13 : 10)}.ndjson`;
    let size = state.files[name];
    if (size === undefined) {
      // Known before it is there, so that what a crash leaves in it is told from a file that people have put here.
      size = committedBytes(this.#folder, name, undefined).length;
      await this.#commit({ ...state, files: { ...state.files, [name]: size } });
    }
    size = Math.min(size, await this.#cut(name, size));
    const bytes = Buffer.from(`${lines.join('\n')}\n`);
    await this.#withFile(name, constants.O_RDWR | constants.O_CREAT, async (file) => {
      // A write may take a part only, on a disk that is nearly full; the next one then says why.
      for (let done = 0; done < bytes.length; ) done += (await file.write(bytes, done, undefined, size + done)).bytesWritten;
      await file.datasync();
    });
    return { ...state.files, [name]: size + bytes.length };
  }

  /** Leaves what is committed of a file, and says so; returns how much there is of it. */
  async #cut(name: string, size: number): Promise<number> {
    const found = await stat(join(this.#folder, name)).catch(() => undefined);
    if (found === undefined || found.size === size) return found?.size ?? 0;
    if (found.size > size) {
      await this.#withFile(name, constants.O_RDWR, (file) => file.truncate(size));
      this.#tell(`${found.size - size} bytes that a crash left behind what was stored in ${name} were cut off`);
      return size;
    }
    this.#tell(`${name} is ${size - found.size} bytes shorter than what was stored in it`);
    return committedBytes(this.#folder, name, undefined).length;
  }

  async #withFile(name: string, flags: number, work: (file: FileHandle) => Promise<void>): Promise<void> {
    const path = join(this.#folder, name);
    let file: FileHandle | undefined;
    try {
      file = await open(path, flags, 0o640);
      await work(file);
    } catch (thrown) {
      throw explainedFile(thrown, path);
    } finally {
      await file?.close().catch(() => {});
    }
  }

  async #commit(state: FolderState): Promise<void> {
    await writeAtomically(stateFile(this.#folder), once(`${JSON.stringify(state)}\n`));
  }

  #tell(text: string): void {
    this.#settings.warn?.(`${this.#folder}: ${text}`);
  }
}

function lineOf(entry: Entry): string {
  if ('finding' in entry) return textOfJson(entry.json);
  return JSON.stringify('mark' in entry ? entry.mark : entry.summary);
}

function storedSideOf({ streams, positions }: FolderState): StoredSide {
  const seqs = new Map(streams.map(({ stream, seq }) => [stream, seq]));
  const owners = new Map(positions.map(({ stream, position }) => [position.source, stream]));
  return { seqOf: (stream) => seqs.get(stream), streamOf: (source) => owners.get(source) };
}

/** Where logs stand after these marks; files that they do not name stay where they were. */
function marksAfter(state: FolderState, marks: readonly Mark[], now: Date): Pick<FolderState, 'streams' | 'positions'> {
  let { streams, positions } = state;
  for (const { mark } of marks) {
    const found = positionsBySource(mark);
    const moving = { stream: streamOf(mark.stream), seq: mark.seq, committedAt: now.toISOString() };
    if (moving.stream !== '') streams = [moving, ...streams.filter(({ stream }) => stream !== moving.stream)];
    positions = positions.filter(({ position }) => !found.has(position.source));
    positions = [...positions, ...[...found.values()].flat().map((position) => ({ ...moving, position }))];
  }
  return { streams, positions };
}

/** When nothing more goes into a file, in ms; never for one that has another name. */
function endOf(name: string): number {
  const [, day = '', hour] = /^(\d{4}-\d\d-\d\d)(?:T(\d\d))?\.ndjson$/.exec(name) ?? [];
  const start = Date.parse(`${day}T${hour ?? '00'}:00:00.000Z`);
  return Number.isNaN(start) ? Number.POSITIVE_INFINITY : start + (hour === undefined ? 24 : 1) * hourMs;
}

async function* once(text: string): AsyncGenerator<string, void> {
  yield text;
}

function explainedFile(thrown: unknown, path: string): unknown {
  const code = systemCodeOf(thrown);
  if (thrown instanceof LpError || code === undefined) return thrown;
  const isForbidden = code === 'EACCES' || code === 'EPERM' || code === 'EROFS';
  const isFailing = code === 'ENOSPC' || code === 'EDQUOT' || code === 'EIO';
  const status = isForbidden ? exitStatus.permission : isFailing ? exitStatus.ioError : exitStatus.cannotCreate;
  const advice = isForbidden ? 'the folder must be writable for this user' : 'nothing of this batch was stored';
  return new LpError(`cannot write ${path}: ${reasonOf(thrown)} (${advice})`, status, { cause: thrown });
}
