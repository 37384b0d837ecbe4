import { closeSync, existsSync, openSync, realpathSync } from 'node:fs';
import { LpError, reasonOf } from '../model/error.ts';
import { exitStatus } from '../model/exit-status.ts';
import { explained } from './errors.ts';
import { schemaVersion } from './migrations.ts';
import { type Connection, connect } from './open.ts';
import { mustBeReadable } from './readable.ts';

/** How long to wait for a lock, in ms: a writer holds one for milliseconds. */
const lockTimeoutMs = 30_000;

/**
 * Copies the database to another file (0640 when it is new) while others write; the copy is whole at any moment. Throws
 * `LpError`.
 */
export async function backUp(path: string, target: string): Promise<void> {
  await withDatabase(path, async (connection) => {
    if (existsSync(target) && realpathSync(target) === realpathSync(path)) {
      throw new LpError(`${target} is the database itself; give another file to copy it to`, exitStatus.usage);
    }
    try {
      // A copy is no less private than what it is of.
      closeSync(openSync(target, 'a', 0o640));
      await connection.backup(target);
    } catch (thrown) {
      throw new LpError(`cannot write the copy ${target}: ${reasonOf(thrown)}`, exitStatus.cannotCreate, { cause: thrown });
    }
  });
}

/** What is wrong with the database, as SQLite says it; nothing when all is well. Throws `LpError` when it cannot be read. */
export async function faultsIn(path: string): Promise<readonly string[]> {
  return withDatabase(path, async (connection) => {
    const said = connection.prepare('PRAGMA integrity_check').pluck().all().map(String);
    const orphans = connection.prepare('PRAGMA foreign_key_check').all().length;
    return [
      ...said.filter((line) => line !== 'ok'),
      ...(orphans > 0 ? [`${orphans} rows belong to findings that are not there`] : []),
    ];
  });
}

/** Gives the room of what was deleted back to the disk; others wait meanwhile. Throws `LpError`. */
export async function compact(path: string): Promise<void> {
  await withDatabase(path, async (connection) => {
    connection.exec('VACUUM');
    connection.exec('ANALYZE');
    connection.pragma('wal_checkpoint(TRUNCATE)');
  });
}

async function withDatabase<T>(path: string, work: (connection: Connection) => Promise<T>): Promise<T> {
  let connection: Connection | undefined;
  mustBeReadable(path, 'give another place with --db FILE');
  try {
    connection = await connect(path, { isReadOnly: false, lockTimeoutMs });
    schemaVersion(connection, path);
    return await work(connection);
  } catch (thrown) {
    throw explained(thrown, path);
  } finally {
    connection?.close();
  }
}
