import { closeSync, openSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LpError, reasonOf, systemCodeOf } from '../model/error.ts';
import { exitStatus } from '../model/exit-status.ts';
import { makeFolder } from './folder.ts';

/**
 * Where findings are kept when nobody says: in the folder that the environment names, else in the service's state directory, else the user's.
 * Source: systemd.exec(5) on `StateDirectory=` (a list parted by colons); XDG Base Directory Specification.
 */
export function databasePath(given: string | undefined, environment: Readonly<Record<string, string | undefined>>): string {
  if (given !== undefined) return given;
  const folder = environment['OUTPUT_LOG_DIR'];
  if (folder) return `json:${folder}`;
  return databaseFile(environment);
}

/** Where an SQLite file lies when nobody says. Throws as `databasePath` does. */
export function databaseFile(environment: Readonly<Record<string, string | undefined>>): string {
  const service = environment['STATE_DIRECTORY']?.split(':')[0];
  if (service) return join(service, 'lp.db');
  const state = environment['XDG_STATE_HOME'];
  if (state) return join(state, 'lp', 'lp.db');
  const home = environment['HOME'];
  if (home) return join(home, '.local', 'state', 'lp', 'lp.db');
  throw new LpError('no place for the database: give one with --db FILE (HOME is not set)', exitStatus.usage);
}

/**
 * Makes the directory (0750) and an empty file (0640) where they are missing, so that a wrong place is known before the
 * first finding comes. Throws `LpError` 73, or 77 when the user may not write there.
 */
export function prepareDatabaseFile(path: string): void {
  try {
    makeFolder(dirname(path));
    closeSync(openSync(path, 'a', 0o640));
  } catch (thrown) {
    const code = systemCodeOf(thrown);
    const isForbidden = code === 'EACCES' || code === 'EPERM' || code === 'EROFS';
    const status = isForbidden ? exitStatus.permission : exitStatus.cannotCreate;
    throw new LpError(`cannot write the database ${path}: ${reasonOf(thrown)} (give another place with --db FILE)`, status);
  }
}
