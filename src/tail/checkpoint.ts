import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../database/folder.ts';
import { folderOf, kindOf } from '../database/place.ts';
import { readMarks } from '../database/positions.ts';
import { writeAtomically } from '../io/atomic-file.ts';
import { at, decodePosition } from '../model/decode.ts';
import type { Mark, Position } from '../model/envelope.ts';
import { LpError, reasonOf, systemCodeOf } from '../model/error.ts';
import { exitStatus } from '../model/exit-status.ts';
import { type MarkStream, newStream } from './marks.ts';

/** Where reading goes on, and as which stream. */
export interface Checkpoint {
  readonly known: ReadonlyMap<string, readonly Position[]>;
  readonly stream: MarkStream;
}

/** How long another process's lock on the database is waited for, in ms. */
const lockTimeoutMs = 5_000;

/** Nothing is known: all sources are new. */
function freshCheckpoint(): Checkpoint {
  return { known: new Map(), stream: newStream() };
}

/**
 * What the last marks in a database say of these sources. The stream is the newest one that any of them is of, so that two
 * pipes with logs of their own may share a database. A database that is not there yet says nothing.
 */
export async function checkpointIn(
  { database, password }: { readonly database: string; readonly password?: string | undefined },
  isOurs: (source: string) => boolean,
): Promise<Checkpoint> {
  try {
    const { positions, streams } = await readMarks(database, lockTimeoutMs, password);
    const ours = streams.find(({ sources }) => sources.some(isOurs));
    return { known: bySource(positions.filter(({ source }) => isOurs(source))), stream: ours ?? newStream() };
  } catch (thrown) {
    if (isMissing(thrown)) return freshCheckpoint();
    throw thrown;
  }
}

function isMissing(thrown: unknown): boolean {
  if (thrown instanceof LpError) return thrown.status === exitStatus.noInput || isMissing(thrown.cause);
  // SQLite says the same of a missing folder and of a missing file.
  return systemCodeOf(thrown) === 'SQLITE_CANTOPEN' || /directory does not exist/.test(reasonOf(thrown));
}

/**
 * The file that keeps how far was read; undefined where the database tells. `given` may be a directory, which `shared`, the one
 * that all commands are told of, always is: what is in a database has come through the whole pipe, and goes before a file there.
 */
export function stateFileIn(
  given: string | undefined,
  { database, shared }: { readonly database: () => string; readonly shared: string | undefined },
): string | undefined {
  if (given === undefined) return undefined;
  const found = statSync(given, { throwIfNoEntry: false });
  const isFolder = found?.isDirectory() ?? (given.endsWith('/') || given === shared);
  if (!isFolder) return given;
  if (isThere(database())) return undefined;
  try {
    makeFolder(given);
  } catch {
    // Writing the file will tell.
  }
  return join(given, 'tail.json');
}

/** Whether there is a database; one on another machine is. */
function isThere(place: string): boolean {
  const kind = kindOf(place);
  if (kind === 'sqlite') return existsSync(place);
  return kind === 'json-files' ? existsSync(folderOf(place)) : true;
}

/** A file that keeps what the marks said, for a pipe that ends in no database. */
export class StateFile {
  readonly #path: string;
  readonly #known = new Map<string, readonly Position[]>();

  constructor(path: string) {
    this.#path = path;
  }

  /** Reads it; one that is not there yet says nothing. Throws `LpError` 65 when it is none, 74 or 77 when it cannot be read. */
  load(): Checkpoint {
    const text = this.#read();
    if (text === undefined) return freshCheckpoint();
    const value = this.#parsed(text);
    const [stream, seq, positions] = [at(value, ['stream']), at(value, ['seq']), at(value, ['positions'])];
    if (typeof stream !== 'string' || typeof seq !== 'number' || !Array.isArray(positions)) throw this.#damaged();
    const decoded = positions.map(decodePosition).filter((position) => position !== undefined);
    for (const [source, found] of bySource(decoded)) this.#known.set(source, found);
    return { known: new Map(this.#known), stream: { stream, seq } };
  }

  /** Keeps a mark. Throws `LpError` 73, 74 or 77, and then the file is as it was. */
  async keep({ mark }: Mark): Promise<void> {
    for (const [source, positions] of bySource(mark.positions)) this.#known.set(source, positions);
    const { seq, stream } = mark;
    const text = `${JSON.stringify({ stream, seq, positions: [...this.#known.values()].flat() })}\n`;
    await writeAtomically(this.#path, once(text));
  }

  #read(): string | undefined {
    try {
      // A device would give no end of it.
      return statSync(this.#path).isFile() ? readFileSync(this.#path, 'utf8') : undefined;
    } catch (thrown) {
      const code = systemCodeOf(thrown);
      if (code === 'ENOENT') return undefined;
      const status = code === 'EACCES' || code === 'EPERM' ? exitStatus.permission : exitStatus.ioError;
      throw new LpError(`cannot read the state ${this.#path}: ${reasonOf(thrown)}`, status);
    }
  }

  #parsed(text: string): unknown {
    try {
      return JSON.parse(text);
    } catch {
      throw this.#damaged();
    }
  }

  #damaged(): LpError {
    return new LpError(`${this.#path} is no state of lp-tail: give another file, or delete it to start anew`, exitStatus.badData);
  }
}

async function* once(text: string): AsyncGenerator<string, void> {
  yield text;
}

function bySource(positions: readonly Position[]): ReadonlyMap<string, readonly Position[]> {
  const found = new Map<string, Position[]>();
  for (const position of positions) {
    const known = found.get(position.source);
    if (known === undefined) found.set(position.source, [position]);
    else known.push(position);
  }
  return found;
}
