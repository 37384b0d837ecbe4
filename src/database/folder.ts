import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { systemCodeOf } from '../model/error.ts';

const mode = 0o750;

/**
 * Makes a folder (0750), and those above it that are missing. Throws what `mkdir` throws. Not `recursive`: below a folder
 * in which nothing can be made, such as /proc, that never comes back (Node 20).
 */
export function makeFolder(path: string): void {
  try {
    mkdirSync(path, { mode });
  } catch (thrown) {
    if (systemCodeOf(thrown) === 'EEXIST' && statSync(path).isDirectory()) return;
    if (systemCodeOf(thrown) !== 'ENOENT' || existsSync(dirname(path))) throw thrown;
    makeFolder(dirname(path));
    makeFolder(path);
  }
}
