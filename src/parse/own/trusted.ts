import { realpath, stat } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { dirname } from 'node:path';
import { LpError, reasonOf, systemCodeOf } from '../../model/error.ts';
import { exitStatus } from '../../model/exit-status.ts';

const writableByOthers = 0o022;
/** In a folder with this bit, nobody can replace what belongs to others. */
const sticky = 0o1000;

/**
 * The real path of a file that holds code, or what is as good as code. Throws `LpError` 66 where there is none, and 77
 * where anybody but root and the user could have changed the file or a folder that it lies in. As in sshd's StrictModes.
 */
export async function trustedPath(path: string): Promise<string> {
  const real = await realpath(path).catch((thrown: unknown) => {
    const isMissing = systemCodeOf(thrown) === 'ENOENT';
    const what = isMissing ? 'there is no such file' : `cannot be read: ${reasonOf(thrown)}`;
    throw new LpError(`${path}: ${what}`, exitStatus.noInput);
  });
  for (let place = real; ; place = dirname(place)) {
    const { uid, mode } = await stat(place);
    if (uid !== 0 && uid !== ownId()) {
      throw distrust(path, `${place} belongs to user ${uid}`, `chown it to root or to yourself if you trust what is in it`);
    }
    const isOpen = (mode & writableByOthers) !== 0 && (place === real || (mode & sticky) === 0);
    if (isOpen) throw distrust(path, `others may write ${place}`, `chmod go-w ${place}`);
    if (place === dirname(place)) return real;
  }
}

function distrust(path: string, why: string, advice: string): LpError {
  return new LpError(`${path}: a format file is code, and ${why}; ${advice}`, exitStatus.permission);
}

/** Undefined for a user whom the system has no entry for: files must then be root's. */
function ownId(): number | undefined {
  try {
    return userInfo().uid;
  } catch {
    return undefined;
  }
}
