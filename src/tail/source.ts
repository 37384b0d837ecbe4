import { dirname } from 'node:path';
import type { Position } from '../model/envelope.ts';
import { systemCodeOf } from '../model/error.ts';
import { areSame, type Candidate, candidatesOf, type Known } from './candidate.ts';
import { deviceOf, type Folders } from './folders.ts';
import type { LineWriter } from './line-writer.ts';
import { type FileState, isSameState, isState, type Missing, type OpenFiles, stateOf, unreadable } from './log-file.ts';
import { PackedPart } from './packed-part.ts';
import { type Part, turnBytes } from './part.ts';
import { PlainPart } from './plain-part.ts';
import { type Plan, planAnew, planFrom, type Start, type Step } from './plan.ts';

/** How long a file that was moved away is watched after its last growth, in ms: programs go on writing to it until they are told. */
const retireMs = 600_000;

/** Most files that are watched so, the newest, because all are looked at in each turn; and of which the places are kept when they are gone. */
const mostMoved = 16;

/** How often a plan is made again at once because files were moved meanwhile. */
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
  /** Where to start, until the first plan for a log of which nothing is known. */
  #start: Start | undefined;
  /** True when its files are others than the last plan was made for, or none could be made. */
  #mustPlan = false;
  /** Why no plan could be made. */
  #planTrouble: string | undefined;
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
    if (this.#mustPlan || this.#trouble !== undefined) return true;
    const [only, ...others] = this.#parts;
    if (only === undefined || others.length > 0 || only.path !== this.path) return this.#parts.length > 0;
    if (!isState(this.#seen) || only.offset < this.#seen.sizeBytes) return true;
    return this.#seen.sizeBytes > 0 && only.position().fingerprint === undefined;
  }

  /** True when one of its files is there. */
  get isThere(): boolean {
    return this.#parts.length > 0;
  }

  /** How far each of its files was read. */
  get positions(): readonly Position[] {
    return [...this.#lost, ...this.#parts.map((part) => part.position())];
  }

  /** Goes on from what is known, or starts anew. */
  async begin(known: readonly Position[], start: Start): Promise<void> {
    this.#lost = known;
    this.#start = known.length === 0 ? start : undefined;
    // Folders were listed a moment ago, for all sources: only those that have changed are listed again.
    await this.#planAnew(false);
  }

  /** Looks at the files by name; tells whether there may be something to read. */
  check(): boolean {
    const before = this.#seen;
    const now = stateOf(this.path);
    this.#seen = now;
    if (isState(now)) {
      if (!isState(before) || !isSameState(before, now)) return true;
    } else if (isState(before) || this.#wasRotatedUnseen()) {
      this.#mustPlan = true;
      return true;
    }
    if (this.#mustPlan) return true;
    return this.#moved().some((part) => part.hasGrown() || this.#isOver(part));
  }

  /** Reads a turn's worth; tells whether there is more. Throws what is wrong with the log, when what can be read of it is read. */
  async read(out: LineWriter): Promise<boolean> {
    const isNew = isState(this.#seen) && this.#live?.isFile(this.#seen) !== true;
    // What waits behind others may be truncated meanwhile.
    const isOther = this.#parts.length > 1 && this.#live?.isIntact() === false;
    if (this.#mustPlan || isNew || isOther) await this.#planAnew();
    if (await this.#readParts(out)) return true;
    const trouble = this.#trouble;
    if (trouble !== undefined) throw unreadable(trouble);
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

  /** Why the log cannot be read, or not all of it. */
  get #trouble(): string | undefined {
    if (this.#planTrouble !== undefined || isState(this.#seen)) return this.#planTrouble;
    if (typeof this.#seen === 'object') return this.#seen.code;
    if (this.#seen === 'irregular') return 'irregular';
    const known = this.positions;
    const device = known.length === 0 ? undefined : deviceOf(dirname(this.path));
    return known.length > 0 && known.every(({ dev }) => dev !== device) ? 'away' : undefined;
  }

  async #readParts(out: LineWriter): Promise<boolean> {
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
        return !this.#mustPlan && this.#parts.length > 0;
      }
      bytes += part.offset - offset;
      if (part.isComplete && !this.#isBeforeEmpty(part)) this.#drop(part, out);
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

  /** Tells whether a log that is not there has come and gone since it was there. */
  #wasRotatedUnseen(): boolean {
    if (this.#parts.length + this.#lost.length === 0) return false;
    try {
      const [newest] = this.#tools.folders.rotatedOf(this.path);
      const state = newest === undefined ? 'missing' : stateOf(newest.path);
      if (!isState(state) || this.#parts.some((part) => part.isFile(state))) return false;
      return !this.#lost.some(({ dev, inode }) => dev === state.dev && inode === state.inode);
    } catch {
      // Planning will tell.
      return true;
    }
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
    return now - (this.#grewMs.get(part) ?? now) >= retireMs && !this.#isBeforeEmpty(part);
  }

  /**
   * True for a file that lies there before an empty one: while nothing tells what an empty file has held, it is not to be taken
   * for a copy of that, and the program may not have noticed yet that it was moved.
   */
  #isBeforeEmpty(part: Part): boolean {
    const next = this.#parts[this.#parts.indexOf(part) + 1];
    if (!(next instanceof PlainPart) || !next.isEmpty || !(part instanceof PlainPart)) return false;
    const state = stateOf(part.path);
    return isState(state) && part.isFile(state);
  }

  #candidates(): readonly Candidate[] {
    return candidatesOf(this.path, this.#tools.folders.rotatedOf(this.path));
  }

  /** Finds its files anew. Where that cannot be done, what is open is read on, and it is tried again at the next look. */
  async #planAnew(isListing = true): Promise<void> {
    this.#mustPlan = true;
    try {
      const plan = await this.#plan(isListing);
      this.#planTrouble = plan === undefined ? 'moving' : undefined;
      if (plan === undefined) return;
      this.#follow(plan);
    } catch (thrown) {
      this.#planTrouble = systemCodeOf(thrown) ?? String(thrown);
      return;
    }
    this.#mustPlan = false;
    this.#start = undefined;
  }

  /** Rotation takes several steps: a plan that was made amid them is made again. Undefined when there is no end of them. */
  async #plan(isListing: boolean): Promise<Plan | undefined> {
    for (let tries = 1; tries <= maxTries; tries++) {
      if (isListing || tries > 1) this.#tools.folders.forget();
      const plan = await this.#planOnce(isListing).catch((thrown: unknown) => {
        if (systemCodeOf(thrown) !== 'moving') throw thrown;
      });
      if (plan !== undefined) return plan;
    }
    return undefined;
  }

  /** Undefined when files were moved meanwhile. */
  async #planOnce(isListing: boolean): Promise<Plan | undefined> {
    this.#seen = stateOf(this.path);
    const candidates = this.#candidates();
    const plan = await (this.#start === undefined ? planFrom(this.#known(), candidates) : planAnew(this.#start, candidates));
    if (isListing) this.#tools.folders.forget();
    else this.#tools.folders.forgetChanged(this.path);
    return areSame(candidates, this.#candidates()) ? plan : undefined;
  }

  #known(): readonly Known[] {
    const lost = this.#lost.map((position): Known => ({ position, isHeld: false }));
    return [...lost, ...this.#parts.map((part): Known => ({ position: part.position(), isHeld: part.isHeld() }))];
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
    this.#lost = lost.slice(-mostMoved);
  }

  #partOf({ file, offset, isComplete, fingerprint }: Step): Part {
    const { path, state } = file;
    if (file.isPacked) return new PackedPart(this.path, { path, state, offset });
    return new PlainPart(this.path, { path, state, offset, isComplete, fingerprint }, this.#tools.open);
  }

  /** Is done with a file; of the last one, and of one on a file system that is not there, the place is kept in case that it comes back. */
  #drop(part: Part, out: LineWriter): void {
    part.finish(out);
    const position = part.position();
    this.#forget(part);
    this.#parts = this.#parts.filter((other) => other !== part);
    if (this.#parts.every((other) => other.position().dev !== position.dev))
      this.#lost = [...this.#lost, position].slice(-mostMoved);
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
