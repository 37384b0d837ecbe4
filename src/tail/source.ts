import type { Position } from '../model/envelope.ts';
import { areSame, type Candidate, candidatesOf, type Known } from './candidate.ts';
import type { Folders } from './folders.ts';
import type { LineWriter } from './line-writer.ts';
import { type FileState, isState, type Missing, type OpenFiles, stateOf } from './log-file.ts';
import { PackedPart } from './packed-part.ts';
import { type Part, turnBytes } from './part.ts';
import { PlainPart } from './plain-part.ts';
import { type Plan, planAnew, planFrom, type Start, type Step } from './plan.ts';

/** How long a file that was moved away is watched after its last growth, in ms: programs go on writing to it until they are told. */
const retireMs = 600_000;

/** Most files that are watched so, the newest: all are looked at in each turn. */
const mostMoved = 16;

/** How often a plan is made again because files were moved meanwhile. */
const maxTries = 20;

/** What sources share. */
export interface Tools {
  readonly open: OpenFiles;
  readonly folders: Folders;
  /** A clock that never goes back, in ms. */
  readonly clock: () => number;
}

/** One log by its name, through its rotations: the files that hold what was not read of it yet, the oldest first. */
export class Source {
  readonly path: string;
  readonly #tools: Tools;
  #parts: readonly Part[] = [];
  /** Files that were read in part and are gone; they may come back. */
  #lost: readonly Position[] = [];
  /** The state of the log as it was seen last. */
  #seen: FileState | Missing = 'missing';
  #hasVanished = false;
  /** Where the next turn goes on, when one ended between two files. */
  #next: Part | undefined;
  readonly #grewMs = new Map<Part, number>();

  constructor(path: string, tools: Tools) {
    this.path = path;
    this.#tools = tools;
  }

  /** The state of the log as it was seen last, or why there is none. */
  get seen(): FileState | Missing {
    return this.#seen;
  }

  /** True when something in its files was not read yet, as they were seen last, or cannot be, which reading tells. */
  get isBehind(): boolean {
    const [only, ...others] = this.#parts;
    if (only === undefined || others.length > 0 || only.path !== this.path) return this.#parts.length > 0;
    if (!isState(this.#seen) || only.offset < this.#seen.sizeBytes) return true;
    return this.#seen.sizeBytes > 0 && only.position().fingerprint === undefined;
  }

  /** How far each of its files was read. */
  get positions(): readonly Position[] {
    return [...this.#lost, ...this.#parts.map((part) => part.position())];
  }

  /** Goes on from what is known, or starts anew. */
  async begin(known: readonly Position[], start: Start): Promise<void> {
    const all = known.map((position): Known => ({ position, isHeld: false }));
    // Folders were listed a moment ago, for all sources: only those that have changed are listed again.
    this.#follow(
      await this.#plan(async (candidates) => (all.length > 0 ? planFrom(all, candidates) : planAnew(start, candidates)), false),
    );
  }

  /** Looks at the files by name; tells whether there may be something to read. */
  check(): boolean {
    const before = this.#seen;
    const now = stateOf(this.path);
    this.#seen = now;
    if (isState(now)) {
      if (!isState(before) || !isSameState(before, now)) return true;
    } else if (isState(before) || this.#wasRotatedUnseen()) {
      this.#hasVanished = true;
      return true;
    }
    return this.#moved().some((part) => part.hasGrown() || this.#isOver(part));
  }

  /** Reads a turn's worth; tells whether there is more. Throws what the system says of a file that cannot be read. */
  async read(out: LineWriter): Promise<boolean> {
    const isNew = isState(this.#seen) && this.#live?.isFile(this.#seen) !== true;
    // What waits behind others may be truncated meanwhile.
    const isOther = this.#parts.length > 1 && this.#live?.isIntact() === false;
    if (this.#hasVanished || isNew || isOther) await this.#planAnew();
    const parts = this.#next === undefined ? this.#parts : this.#partsFrom(this.#next);
    this.#next = undefined;
    let bytes = 0;
    for (const [index, part] of parts.entries()) {
      const [lines, offset] = [out.count, part.offset];
      const result = await part.read(out);
      if (out.count > lines) this.#grewMs.set(part, this.#tools.clock());
      if (result === 'more') return true;
      if (result === 'changed') {
        await this.#planAnew();
        return this.#parts.length > 0;
      }
      bytes += part.offset - offset;
      if (part.isComplete) this.#drop(part, out);
      // Many small files are as much as a large one.
      this.#next = parts[index + 1];
      if (bytes >= turnBytes && this.#next !== undefined) return true;
    }
    const moved = this.#moved();
    for (const [index, part] of moved.entries()) {
      if (index < moved.length - mostMoved || this.#isOver(part)) this.#drop(part, out);
    }
    return false;
  }

  /** Gives out half a line at the end of each file, if its last change was `quietMs` ago: no more is to come. */
  finish(out: LineWriter, isOver: (modifiedMs: number) => boolean): void {
    for (const part of this.#parts) {
      const isQuiet = part !== this.#live || (isState(this.#seen) && isOver(this.#seen.modifiedMs));
      if (isQuiet) part.finish(out);
    }
  }

  /** Closes its files. */
  close(): void {
    for (const part of this.#parts) part.close();
  }

  /** Tells whether a log that is not there has come and gone since it was there. */
  #wasRotatedUnseen(): boolean {
    if (this.#parts.length + this.#lost.length === 0) return false;
    const [newest] = this.#tools.folders.rotatedOf(this.path);
    const state = newest === undefined ? 'missing' : stateOf(newest.path);
    if (!isState(state) || this.#parts.some((part) => part.isFile(state))) return false;
    return !this.#lost.some(({ dev, inode }) => dev === state.dev && inode === state.inode);
  }

  get #live(): Part | undefined {
    const last = this.#parts.at(-1);
    return last?.path === this.path ? last : undefined;
  }

  #partsFrom(next: Part): readonly Part[] {
    const index = this.#parts.indexOf(next);
    return index < 0 ? this.#parts : this.#parts.slice(index);
  }

  /** The files that are not the log any more. */
  #moved(): readonly Part[] {
    return this.#parts.length === 0 || (this.#parts.length === 1 && this.#live !== undefined)
      ? []
      : this.#parts.filter((part) => part !== this.#live);
  }

  #isOver(part: Part): boolean {
    const now = this.#tools.clock();
    return now - (this.#grewMs.get(part) ?? now) >= retireMs;
  }

  #candidates(): readonly Candidate[] {
    return candidatesOf(this.path, this.#tools.folders.rotatedOf(this.path));
  }

  async #planAnew(): Promise<void> {
    this.#hasVanished = false;
    const lost = this.#lost.map((position): Known => ({ position, isHeld: false }));
    const known = (): readonly Known[] =>
      this.#parts.map((part): Known => ({ position: part.position(), isHeld: part.isHeld() }));
    this.#follow(await this.#plan(async (candidates) => planFrom([...lost, ...known()], candidates), true));
  }

  /** Rotation takes several steps: a plan that was made amid them is made again. */
  async #plan(make: (candidates: readonly Candidate[]) => Promise<Plan>, isListing: boolean): Promise<Plan> {
    for (let tries = 1; ; tries++) {
      if (isListing || tries > 1) this.#tools.folders.forget();
      this.#seen = stateOf(this.path);
      const candidates = this.#candidates();
      const plan = await make(candidates);
      if (isListing) this.#tools.folders.forget();
      else this.#tools.folders.forgetChanged(this.path);
      if (tries === maxTries || areSame(candidates, this.#candidates())) return plan;
    }
  }

  /** Takes a plan up, for what is lost and for the parts as they were known. Files that are held are kept as they are. */
  #follow({ steps, lost }: Plan): void {
    const old = [...this.#lost.map(() => undefined), ...this.#parts];
    const held = this.#parts.filter((part) => part.isHeld());
    const parts = steps.flatMap((step) => {
      if ('known' in step) return nameless(old[step.known]);
      const known = held.find((part) => part.isFile(step.file.state) && part.offset === step.offset);
      if (known === undefined) return this.#partOf(step);
      known.moveTo(step.file.path, step.file.state);
      return known;
    });
    for (const part of this.#parts) if (!parts.includes(part)) this.#forget(part);
    const now = this.#tools.clock();
    for (const part of parts) if (!this.#grewMs.has(part)) this.#grewMs.set(part, now);
    this.#parts = parts;
    this.#lost = lost;
  }

  #partOf({ file, offset, isComplete, fingerprint }: Step): Part {
    const { path, state } = file;
    if (file.isPacked) return new PackedPart(this.path, { path, state, offset });
    return new PlainPart(this.path, { path, state, offset, isComplete, fingerprint }, this.#tools.open);
  }

  /** Is done with a file; if it was the last one, its place is kept in case that it comes back. */
  #drop(part: Part, out: LineWriter): void {
    part.finish(out);
    if (this.#parts.length === 1) this.#lost = [part.position()];
    this.#forget(part);
    this.#parts = this.#parts.filter((other) => other !== part);
  }

  #forget(part: Part): void {
    part.close();
    this.#grewMs.delete(part);
  }
}

/** What has no name must not look like the log. */
function nameless(part: Part | undefined): readonly Part[] {
  part?.moveTo('');
  return part === undefined ? [] : [part];
}

function isSameState(a: FileState, b: FileState): boolean {
  return a.dev === b.dev && a.inode === b.inode && a.sizeBytes === b.sizeBytes && a.modifiedMs === b.modifiedMs;
}
