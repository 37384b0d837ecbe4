import { closeSync, fstatSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { at, decodePosition, isFields } from '../model/decode.ts';
import type { Position } from '../model/envelope.ts';
import { LpError, reasonOf, systemCodeOf } from '../model/error.ts';
import { exitStatus } from '../model/exit-status.ts';
import { isUtc } from './utc.ts';

/** What is known of a folder of JSON files besides what is in them. Replaced as a whole: that is what commits a batch. */
export interface FolderState {
  /** How many bytes of each file are committed; what is behind that was left by a crash. */
  readonly files: Readonly<Record<string, number>>;
  /** The run that wrote last. */
  readonly run: string;
  /** Findings that were last seen before this moment are gone. */
  readonly expiredBefore: string;
  /** Streams of marks, the one that moved last first. */
  readonly streams: readonly StoredStream[];
  readonly positions: readonly StoredPosition[];
}

/** How far a stream of marks has come, and when that was stored. */
export interface StoredStream {
  readonly stream: string;
  readonly seq: number;
  readonly committedAt: string;
}

/** How far a file was read; the stream is empty for a mark of none. */
export interface StoredPosition extends StoredStream {
  readonly position: Position;
}

/** That of a folder in which nothing was ever committed. */
export const emptyState: FolderState = { files: {}, run: '', expiredBefore: '', streams: [], positions: [] };

/** Where the state of a folder is kept; a name that `*.ndjson` and `*` leave out. */
export function stateFile(folder: string): string {
  return join(folder, '.lp-store.json');
}

/** Reads the state of a folder; undefined when it has none. Throws `LpError` 65 when it is damaged, 74 or 77 when it cannot be read. */
export function readState(folder: string): FolderState | undefined {
  const path = stateFile(folder);
  try {
    return stateIn(JSON.parse(readFileSync(path, 'utf8')));
  } catch (thrown) {
    if (systemCodeOf(thrown) === 'ENOENT') return undefined;
    if (!(thrown instanceof SyntaxError)) throw unreadable(path, thrown);
    throw new LpError(`${path} is damaged: delete it, and all whole lines beside it count`, exitStatus.badData);
  }
}

function stateIn(value: unknown): FolderState {
  const [run, expiredBefore] = [at(value, ['run']), at(value, ['expiredBefore'])];
  const files = Object.entries(fieldsOf(at(value, ['files']))).flatMap(([name, size]) =>
    typeof size === 'number' && Number.isSafeInteger(size) && size >= 0 ? [[name, size] as const] : [],
  );
  return {
    files: Object.fromEntries(files),
    run: typeof run === 'string' ? run : '',
    expiredBefore: typeof expiredBefore === 'string' && isUtc(expiredBefore) ? expiredBefore : '',
    streams: listOf(at(value, ['streams'])).flatMap(streamIn),
    positions: listOf(at(value, ['positions'])).flatMap((found) => {
      const position = decodePosition(at(found, ['position']));
      return position === undefined ? [] : streamIn(found).map((stream) => ({ ...stream, position }));
    }),
  };
}

function streamIn(value: unknown): readonly StoredStream[] {
  const [stream, seq, committedAt] = [at(value, ['stream']), at(value, ['seq']), at(value, ['committedAt'])];
  const isStream = typeof stream === 'string' && typeof seq === 'number' && typeof committedAt === 'string';
  return isStream ? [{ stream, seq, committedAt }] : [];
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return isFields(value) ? value : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The names of the files with findings, the oldest first. Throws `LpError` 66, 74 or 77. */
export function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => /^[^.].*\.ndjson$/.test(name))
      .sort();
  } catch (thrown) {
    if (systemCodeOf(thrown) !== 'ENOENT') throw unreadable(folder, thrown);
    throw new LpError(`there is no folder ${folder} (lp-store makes it)`, exitStatus.noInput);
  }
}

/** What is committed of a file: all whole lines of one that the state says nothing of. Throws `LpError` 74 or 77. */
export function committedBytes(folder: string, name: string, state: FolderState | undefined): Buffer {
  const path = join(folder, name);
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    const bytes = Buffer.alloc(Math.min(fstatSync(file).size, state?.files[name] ?? Number.POSITIVE_INFINITY));
    let used = 0;
    for (let read = -1; read !== 0 && used < bytes.length; used += read)
      read = readSync(file, bytes, used, bytes.length - used, used);
    return bytes.subarray(0, bytes.subarray(0, used).lastIndexOf(0x0a) + 1);
  } catch (thrown) {
    // Old files go while others read.
    if (systemCodeOf(thrown) === 'ENOENT') return Buffer.alloc(0);
    throw unreadable(path, thrown);
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

function unreadable(path: string, thrown: unknown): LpError {
  const code = systemCodeOf(thrown);
  const status = code === 'EACCES' || code === 'EPERM' ? exitStatus.permission : exitStatus.ioError;
  return new LpError(`cannot read ${path}: ${reasonOf(thrown)}`, status, { cause: thrown });
}
