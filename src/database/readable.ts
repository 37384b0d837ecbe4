import { accessSync, constants, statSync } from 'node:fs';
import { LpError, reasonOf, systemCodeOf } from '../model/error.ts';
import { exitStatus } from '../model/exit-status.ts';

/** Throws `LpError` 66 when there is no database, saying what else to do, and 77 when it may not be read or looked for. */
export function mustBeReadable(path: string, advice: string): void {
  try {
    accessSync(path, constants.R_OK);
    if (statSync(path).isDirectory()) {
      throw new LpError(`the database ${path} is a directory: give a file in it with --db`, exitStatus.noInput);
    }
  } catch (thrown) {
    if (thrown instanceof LpError) throw thrown;
    if (systemCodeOf(thrown) === 'EACCES') {
      throw new LpError(
        `cannot read the database ${path}: ${reasonOf(thrown)} (run this as a user who may)`,
        exitStatus.permission,
      );
    }
    throw new LpError(`there is no database ${path} (lp-store makes it; ${advice})`, exitStatus.noInput);
  }
}
