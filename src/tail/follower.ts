import { dirname, join } from 'node:path';
import type { BatchWriter } from '../io/sink.ts';
import type { Position } from '../model/envelope.ts';
import { systemCodeOf } from '../model/error.ts';
import { Folders } from './folders.ts';
import type { LineWriter } from './line-writer.ts';
import { isState, OpenFiles } from './log-file.ts';
import type { Marker } from './marks.ts';
import type { Names } from './names.ts';
import type { Start } from './plan.ts';
import { Source } from './source.ts';

/** Most logs that are looked at in one go: it is only the net below what the system tells of changes. */
const maxLooks = 2_500;

/** What a follower needs. */
export interface FollowerParts {
  readonly names: Names;
  /** Where each known source goes on. */
  readonly known: ReadonlyMap<string, readonly Position[]>;
  /** Where logs start that are there at the first look and not known. */
  readonly start: Start;
  readonly writer: BatchWriter;
  readonly lines: LineWriter;
  readonly marker: Marker;
  readonly warn: (message: string) => void;
  readonly clock: () => number;
}

/** Follows any number of logs: knows which have something new, and reads these, a turn each. */
export class Follower {
  readonly #parts: FollowerParts;
  readonly #open = new OpenFiles();
  readonly #folders = new Folders();
  readonly #sources = new Map<string, Source>();
  /** Sources that may have something new. */
  readonly #ready = new Set<Source>();
  /** Sources that cannot be read, and why. */
  readonly #troubles = new Map<string, string>();
  /** Folders that are gone with all their logs, of which is told once. */
  readonly #away = new Set<string>();
  /** What is still to be looked at in this round. */
  #toSweep: Source[] = [];

  constructor(parts: FollowerParts) {
    this.#parts = parts;
  }

  /** How many logs are followed. */
  get size(): number {
    return this.#sources.size;
  }

  /** Why logs cannot be read. */
  get troubles(): Iterable<string> {
    return this.#troubles.values();
  }

  /** True when a log can be read. */
  get hasReadable(): boolean {
    return [...this.#sources.values()].some(({ path, isThere }) => isThere && !this.#troubles.has(path));
  }

  /** True when a log may have something new. */
  get isReady(): boolean {
    return this.#ready.size > 0;
  }

  /** The folders in which something may happen. */
  folders(): ReadonlySet<string> {
    return new Set([...[...this.#sources.keys()].map((path) => dirname(path)), ...this.#parts.names.folders()]);
  }

  /** Looks for logs that are new; those of the first look start where `start` says, later ones at their beginning. */
  async scan(isFirst = false): Promise<void> {
    this.#folders.forget();
    const read = new Set([...this.#sources.values()].flatMap(({ seen }) => (isState(seen) ? [`${seen.dev}:${seen.inode}`] : [])));
    for (const path of this.#parts.names.logs()) {
      if (this.#sources.has(path)) continue;
      const source = new Source(path, { open: this.#open, folders: this.#folders, clock: this.#parts.clock });
      await source.begin(this.#parts.known.get(path) ?? [], isFirst ? this.#parts.start : 'beginning');
      const { seen } = source;
      const identity = isState(seen) ? `${seen.dev}:${seen.inode}` : undefined;
      // The same file by another name: links, patterns that overlap.
      if (identity !== undefined && read.has(identity)) {
        source.close();
        continue;
      }
      if (identity !== undefined) read.add(identity);
      this.#sources.set(path, source);
      this.#parts.marker.note(source);
      // Of thousands that were read to their ends, none is opened.
      if (source.isBehind) this.#ready.add(source);
    }
  }

  /** Looks at logs by their names: at all of them, or, of thousands, at as many as one look should take, in turn. */
  sweep(): void {
    this.#folders.forget();
    if (this.#toSweep.length === 0) this.#toSweep = [...this.#sources.values()];
    for (const source of this.#toSweep.splice(0, maxLooks)) {
      if (source.check() || this.#troubles.has(source.path)) this.#ready.add(source);
    }
  }

  /** Looks at what has changed in a folder; tells whether a new log may be there. */
  changed(folder: string, name: string | undefined): boolean {
    const source = name === undefined ? undefined : this.#sources.get(join(folder, name));
    if (source === undefined) return true;
    if (source.check()) this.#ready.add(source);
    return false;
  }

  /** Reads a turn's worth of each log that has something new. */
  async turn(): Promise<void> {
    for (const source of this.#ready) {
      if (!(await this.#read(source))) this.#ready.delete(source);
      this.#parts.marker.note(source);
      if (this.#parts.writer.isFull) await this.#parts.writer.flush();
    }
    await this.#parts.writer.flush();
  }

  /** Gives out half a line at the end of logs that were changed longest ago: nothing more is to come. */
  finish(isOver: (modifiedMs: number) => boolean): void {
    for (const source of this.#sources.values()) {
      const before = this.#parts.lines.count;
      source.finish(this.#parts.lines, isOver);
      if (this.#parts.lines.count > before) this.#parts.marker.note(source);
    }
  }

  /** Closes all files. */
  close(): void {
    this.#open.closeAll();
  }

  async #read(source: Source): Promise<boolean> {
    try {
      const hasMore = await source.read(this.#parts.lines);
      if (this.#troubles.delete(source.path)) this.#away.delete(dirname(source.path));
      return hasMore;
    } catch (thrown) {
      this.#complain(source.path, systemCodeOf(thrown) ?? String(thrown));
      return false;
    }
  }

  /** Says once what is wrong with a log; it is tried again with each look. */
  #complain(path: string, code: string): void {
    if (this.#troubles.get(path) === code) return;
    this.#troubles.set(path, code);
    const folder = dirname(path);
    if (code !== 'away') this.#parts.warn(`${path}: ${adviceOn(code)}; it is tried again`);
    else if (!this.#away.has(folder))
      this.#parts.warn(`${folder}: this folder, or its file system, is gone; it is looked for again`);
    if (code === 'away') this.#away.add(folder);
  }
}

/** What to say of a log or folder that cannot be read. */
export function adviceOn(code: string): string {
  return adviceFor[code] ?? `cannot be read: ${code}`;
}

const adviceFor: Readonly<Record<string, string>> = {
  EACCES: 'no permission to read it (join the group that owns it, often adm)',
  EPERM: 'no permission to read it (join the group that owns it, often adm)',
  irregular: 'is no file of lines',
  moving: 'its files are moved as fast as they are looked at',
};
