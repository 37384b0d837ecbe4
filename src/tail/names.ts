import { readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { systemCodeOf } from '../model/error.ts';
import { baseOf, expand, isPattern } from './glob.ts';
import { stateOf } from './log-file.ts';
import { rotatedName } from './rotated.ts';

/** Names in a folder of logs that are none, or no text. Source: utmp(5), journald, samba. */
const noLog =
  /^(?:[wbu]tmp|lastlog|faillog|tallylog)(?:[.-]|$)|\.(?:journal~?|db|sqlite3?|pid|lock|sock|swp|tmp|tdb|rrd|png|html?|php)$/;

/** Deepest folder below a named one that is looked into. */
const deepest = 8;

/** What a user names: files, folders with all below them, and patterns. */
export class Names {
  readonly #given: readonly string[];

  constructor(given: readonly string[]) {
    this.#given = given.map((name) => resolve(name));
  }

  /** The logs that are named now, in order; a file that is named itself is one whether it is there or not. */
  logs(): readonly string[] {
    const logs = new Set<string>();
    for (const name of this.#given) {
      if (isPattern(name)) {
        for (const path of unrotated(expand(name))) logs.add(path);
      } else {
        const below = filesBelow(name, 0);
        if (below === undefined) logs.add(name);
        else for (const path of unrotated(below)) logs.add(path);
      }
    }
    return [...logs];
  }

  /** Tells whether a path is that of a log that is named, or may have been. */
  holds(path: string): boolean {
    return this.#given.some((name) => name === path || path.startsWith(`${baseOf(name)}/`));
  }

  /** The names that stand for nothing now, each with why: `missing`, or what the system says of a folder. */
  absent(): ReadonlyMap<string, string> {
    const troubles = this.#given.map((name) => [name, isPattern(name) ? troubleOfPattern(name) : troubleOf(name)] as const);
    return new Map(troubles.flatMap(([name, trouble]) => (trouble === undefined ? [] : [[name, trouble]])));
  }

  /** Folders in which a new log may appear. */
  folders(): readonly string[] {
    return this.#given.flatMap((name) => {
      if (isPattern(name)) return [baseOf(name), ...expand(dirname(name))];
      return filesBelow(name, deepest) === undefined ? [dirname(name)] : [name];
    });
  }
}

function troubleOf(name: string): string | undefined {
  const state = stateOf(name);
  if (state !== 'irregular') return state === 'missing' ? state : undefined;
  try {
    readdirSync(name);
    return undefined;
  } catch (thrown) {
    const code = systemCodeOf(thrown);
    return code === 'ENOTDIR' ? undefined : code;
  }
}

function troubleOfPattern(pattern: string): string | undefined {
  return expand(pattern).length === 0 ? 'missing' : undefined;
}

/** The files below a folder; undefined if it is none. */
function filesBelow(folder: string, depth: number): readonly string[] | undefined {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.name.startsWith('.') || noLog.test(entry.name)) return [];
      if (entry.isDirectory()) return depth < deepest ? (filesBelow(path, depth + 1) ?? []) : [];
      return entry.isFile() || entry.isSymbolicLink() ? [path] : [];
    });
  } catch (thrown) {
    // What lies in a folder that may not be looked into counts as a file: nothing tells that it is none.
    return systemCodeOf(thrown) !== 'ENOTDIR' && stateOf(folder) === 'irregular' ? [] : undefined;
  }
}

/** Leaves out what rotation has made of other logs, which is read with them. */
function unrotated(paths: readonly string[]): readonly string[] {
  const all = new Set(paths);
  return paths.filter((path) => {
    const rotated = rotatedName(path);
    if (rotated === undefined) return true;
    // A log of its own for each day, whose name has a stamp in it, is no rotated one.
    return rotated.scheme === 'stamp' && !rotated.isPacked && !all.has(join(dirname(path), rotated.base));
  });
}
