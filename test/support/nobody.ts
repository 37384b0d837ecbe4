import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The user and the group `nobody`. */
export const nobodyId = 65_534;

// Nobody could not write what Node notes of a run for the coverage.
const env = { NODE_V8_COVERAGE: '' };

/** Root may write everything, so a test of what may not be written runs its command as nobody. */
export const nobody = process.getuid?.() === 0 ? { uid: nobodyId, gid: nobodyId, env } : {};

const self = fileURLToPath(import.meta.url);
const probe = spawnSync(process.execPath, ['-e', 'require("node:fs").accessSync(process.argv[1])', self], nobody);

/** Why such a test cannot be: a repository below a folder that is root's own cannot be run by nobody. */
export const noNobody = probe.status === 0 ? false : 'nobody may not read this repository';

/** Does something as nobody, whom permissions keep out; as oneself where one is not root. */
export async function asNobody<T>(act: () => Promise<T>): Promise<T> {
  if (process.getuid?.() !== 0) return act();
  process.seteuid?.(nobodyId);
  try {
    return await act();
  } finally {
    process.seteuid?.(0);
  }
}
