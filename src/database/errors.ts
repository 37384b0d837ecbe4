import { LpError, reasonOf, systemCodeOf } from '../model/error.ts';
import { type ExitStatus, exitStatus } from '../model/exit-status.ts';

interface Explanation {
  readonly status: ExitStatus;
  readonly advice: string;
}

/** By the start of the error's name, because extended codes add to it. Source: https://sqlite.org/rescode.html. */
const explanations: readonly (readonly [codeStart: string, Explanation])[] = [
  ['SQLITE_BUSY', { status: exitStatus.temporaryFailure, advice: 'another process holds it; try again when that one is done' }],
  ['SQLITE_LOCKED', { status: exitStatus.temporaryFailure, advice: 'another process holds it; try again when that one is done' }],
  ['SQLITE_FULL', { status: exitStatus.ioError, advice: 'free some space on its file system; nothing of this batch was stored' }],
  [
    'SQLITE_IOERR',
    { status: exitStatus.ioError, advice: 'look at the disk and its free space; nothing of this batch was stored' },
  ],
  ['SQLITE_NOTADB', { status: exitStatus.badData, advice: 'it is not an SQLite database; give another file with --db' }],
  ['SQLITE_CORRUPT', { status: exitStatus.badData, advice: 'it is damaged; move it away, or try sqlite3 FILE .recover' }],
  ['SQLITE_READONLY', { status: exitStatus.permission, advice: 'the file and its directory must be writable for this user' }],
  ['SQLITE_PERM', { status: exitStatus.permission, advice: 'the file and its directory must be writable for this user' }],
  ['SQLITE_CANTOPEN', { status: exitStatus.cannotCreate, advice: 'the file and its directory must be writable for this user' }],
];

/** What SQLite or the system threw about the file at `path`, in words that say what to do; other errors come back as they are. */
export function explained(thrown: unknown, path: string): unknown {
  if (thrown instanceof LpError) return thrown;
  const code = systemCodeOf(thrown);
  const explanation = code === undefined ? undefined : explanations.find(([start]) => code.startsWith(start))?.[1];
  if (explanation === undefined) return thrown;
  const { status, advice } = explanation;
  return new LpError(`cannot use the database ${path}: ${reasonOf(thrown)} (${advice})`, status, { cause: thrown });
}
