import { readFileSync, statSync } from 'node:fs';
import { LpError, systemCodeOf } from '../model/error.ts';
import { exitStatus } from '../model/exit-status.ts';
import { type Connection, connectToImage } from './open.ts';

/** A database of more than this is not read into memory. */
const maxImageBytes = 256 * 1024 * 1024;
const maxTries = 3;

/** Where the header says how the file is read and written: 1 by a rollback journal, 2 by a WAL. Source: https://sqlite.org/fileformat.html §1.3.3. */
const journalFields = { start: 18, end: 20 };

/**
 * Opens a copy in memory, for a user who may read the file but not make the files beside it that SQLite's WAL mode needs.
 * Throws `LpError` 77 when there is more to the database than that file, or it is large, and 75 while it keeps changing.
 */
export async function openImage(path: string): Promise<Connection> {
  for (let tries = 0; tries < maxTries; tries++) {
    const before = stateOf(path);
    const image = readFileSync(path);
    // What a writer has not yet put into this file is in its -wal; what it puts in meanwhile shows in the file's time.
    if (stateOf(path) === before) return connectToImage(image.fill(1, journalFields.start, journalFields.end));
  }
  throw new LpError(`the database ${path} is changing: try again`, exitStatus.temporaryFailure);
}

/** Tells one state of the file from another. Throws `LpError` 77 for a state that cannot be read alone. */
function stateOf(path: string): string {
  const { size, mtimeMs, ino } = statSync(path);
  if (size > maxImageBytes) throw notAlone(path, 'it is too large to be read without files beside it');
  if (walBytes(path) > 0) throw notAlone(path, 'a writer left it unfinished');
  return `${ino} ${size} ${mtimeMs}`;
}

function walBytes(path: string): number {
  try {
    return statSync(`${path}-wal`).size;
  } catch (thrown) {
    if (systemCodeOf(thrown) === 'ENOENT') return 0;
    throw thrown;
  }
}

function notAlone(path: string, reason: string): LpError {
  const advice = `run this as a user who may write there, or end the work with "lp-store --db ${path} </dev/null" as its owner`;
  return new LpError(
    `cannot read the database ${path}: ${reason}, and this user may not write in its directory (${advice})`,
    exitStatus.permission,
  );
}
