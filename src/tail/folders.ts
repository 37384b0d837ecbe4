import { readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { systemCodeOf } from '../model/error.ts';
import { isState, stateOfListed } from './log-file.ts';
import { newestFirst, type Rotated, rotatedName } from './rotated.ts';

/** What a folder held, and when it had changed last before it was listed. */
interface Listing {
  readonly rotated: ReadonlyMap<string, readonly string[]>;
  /** Undefined where a change after it might bear the same time. */
  readonly changedMs: number | undefined;
}

/** What folders hold, as of the last `forget`: with thousands of logs in one folder it is listed once and not for each. */
export class Folders {
  readonly #listings = new Map<string, Listing>();

  /** Forgets what was listed: it may have changed. */
  forget(): void {
    this.#listings.clear();
  }

  /** Forgets what the folder of a log held, if it has changed since, or may have. */
  forgetChanged(path: string): void {
    const folder = dirname(path);
    const changedMs = this.#listings.get(folder)?.changedMs;
    if (changedMs === undefined || changedMs !== changeOf(folder)) this.#listings.delete(folder);
  }

  /** The files that rotation has made of a log, the newest first. Throws what the system says of a folder that fails for a while, or `moving`. */
  rotatedOf(path: string): readonly Rotated[] {
    const folder = dirname(path);
    let listing = this.#listings.get(folder);
    if (listing === undefined) {
      const changedMs = changeOf(folder);
      const isSettled = changedMs !== undefined && Date.now() - changedMs > coarsestTickMs;
      listing = { changedMs: isSettled ? changedMs : undefined, rotated: byBase(folder) };
      this.#listings.set(folder, listing);
    }
    return newestFirst((listing.rotated.get(path) ?? []).flatMap(describe));
  }
}

/** Two changes within one tick of the system's clock, 10 ms at most, bear the same time. */
const coarsestTickMs = 20;

/** When something was added to a folder, removed from it or renamed in it; undefined when it cannot be told. */
function changeOf(folder: string): number | undefined {
  try {
    return statSync(folder).mtimeMs;
  } catch {
    return undefined;
  }
}

/** The file system that a folder lies on; undefined when it is not there. */
export function deviceOf(folder: string): number | undefined {
  try {
    return statSync(folder).dev;
  } catch {
    return undefined;
  }
}

/** What these say of a folder does not change by itself. */
const lasting: ReadonlySet<string | undefined> = new Set(['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM']);

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (thrown) {
    if (lasting.has(systemCodeOf(thrown))) return [];
    throw thrown;
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
  const state = stateOfListed(path);
  return name === undefined || !isState(state) ? [] : [{ ...name, path, modifiedMs: state.modifiedMs }];
}
