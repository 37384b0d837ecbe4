import type Sqlite from 'better-sqlite3';
import { LpError, reasonOf, systemCodeOf } from '../model/error.ts';
import { exitStatus } from '../model/exit-status.ts';

/** An open database file. */
export type Connection = Sqlite.Database;

/** How to open a database file. */
export interface ConnectionSettings {
  readonly isReadOnly: boolean;
  /** How long a statement waits for another process's lock before it fails. */
  readonly lockTimeoutMs: number;
  /** Whether a file that is missing is an error; one that is only read must be there anyway. */
  readonly mustExist?: boolean;
}

/** Opens the file as it is. Throws `LpError` 69 when SQLite cannot be loaded, and SQLite's own errors. */
export async function connect(path: string, settings: ConnectionSettings): Promise<Connection> {
  const Database = await loadSqlite();
  try {
    return new Database(path, {
      readonly: settings.isReadOnly,
      fileMustExist: settings.isReadOnly || settings.mustExist === true,
      timeout: settings.lockTimeoutMs,
    });
  } catch (thrown) {
    // What is compiled is loaded with the first database, and not with the package.
    if (/^Could not locate the bindings file/.test(reasonOf(thrown))) throw unavailable('its compiled part is missing');
    if (systemCodeOf(thrown) === 'ERR_DLOPEN_FAILED') throw unavailable(reasonOf(thrown));
    throw thrown;
  }
}

/** Opens the content of a database file in memory, to be read. Throws as `connect` does. */
export async function connectToImage(image: Buffer): Promise<Connection> {
  const Database = await loadSqlite();
  return new Database(image, { readonly: true });
}

async function loadSqlite(): Promise<typeof Sqlite> {
  try {
    return (await import('better-sqlite3')).default;
  } catch (thrown) {
    throw unavailable(reasonOf(thrown));
  }
}

function unavailable(reason: string): LpError {
  const advice = 'run "npm rebuild better-sqlite3" where lp is installed';
  return new LpError(`cannot load SQLite (${advice}): ${reason}`, exitStatus.unavailable);
}
