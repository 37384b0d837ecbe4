import { join } from 'node:path';
import { LpError } from '../model/error.ts';
import { exitStatus } from '../model/exit-status.ts';

/**
 * The folder in which commands keep what must outlive them: the one given, else the service's, else the user's.
 * Source: systemd.exec(5) on `StateDirectory=` (a list parted by colons); XDG Base Directory Specification. Throws `LpError` 64
 * when there is no place.
 */
export function stateDirectory(given: string | undefined, environment: Readonly<Record<string, string | undefined>>): string {
  if (given !== undefined) return given;
  const service = environment['STATE_DIRECTORY']?.split(':')[0];
  if (service) return service;
  const state = environment['XDG_STATE_HOME'];
  if (state) return join(state, 'lp');
  const home = environment['HOME'];
  if (home) return join(home, '.local', 'state', 'lp');
  throw new LpError('no place for state: give a folder with --state DIR (HOME is not set)', exitStatus.usage);
}
