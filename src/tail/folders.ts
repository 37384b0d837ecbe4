import { dirname, join } from 'node:path';
import { namesIn } from './glob.ts';
import { isState, stateOf } from './log-file.ts';
import { newestFirst, type Rotated, rotatedName } from './rotated.ts';

/** What folders hold, as of the last `forget`: with thousands of logs in one folder it is listed once and not for each. */
export class Folders {
  readonly #rotated = new Map<string, ReadonlyMap<string, readonly string[]>>();

  /** Forgets what was listed: it may have changed. */
  forget(): void {
    this.#rotated.clear();
  }

  /** The files that rotation has made of a log, the newest first. */
  rotatedOf(path: string): readonly Rotated[] {
    const folder = dirname(path);
    let names = this.#rotated.get(folder);
    if (names === undefined) {
      names = byBase(folder);
      this.#rotated.set(folder, names);
    }
    return newestFirst((names.get(path) ?? []).flatMap(describe));
  }
}

function byBase(folder: string): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, string[]>();
  for (const name of namesIn(folder)) {
    const base = rotatedName(name)?.base;
    if (base === undefined) continue;
    const key = join(folder, base);
    const known = names.get(key);
    if (known === undefined) names.set(key, [join(folder, name)]);
    else known.push(join(folder, name));
  }
  return names;
}

function describe(path: string): readonly Rotated[] {
  const name = rotatedName(path);
  const state = stateOf(path);
  return name === undefined || !isState(state) ? [] : [{ ...name, path, modifiedMs: state.modifiedMs }];
}
