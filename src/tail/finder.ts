import type { Position } from '../model/envelope.ts';
import { type Candidate, isItself, type Known } from './candidate.ts';
import { fingerprintLength, startsAs } from './fingerprint.ts';
import { isLook, isSameFile, lookInto } from './log-file.ts';
import { archiveHead } from './packed-part.ts';

/** Finds files that were read among those that are there. Each is opened once, however many are looked for. */
export class Finder {
  readonly #candidates: readonly Candidate[];
  readonly #byIdentity = new Map<string, number[]>();
  /** What they start with, by path; undefined for what may not be read. */
  readonly #starts = new Map<string, Buffer | undefined>();

  constructor(candidates: readonly Candidate[]) {
    this.#candidates = candidates;
    for (const [index, { state }] of candidates.entries()) {
      const key = `${state.dev}:${state.inode}`;
      const known = this.#byIdentity.get(key);
      if (known === undefined) this.#byIdentity.set(key, [index]);
      else known.push(index);
    }
  }

  /** Where the file of this inode is; -1 when there is none. */
  ofIdentity(position: Position): number {
    return this.#sameInode(position)[0] ?? -1;
  }

  /** Where a file is now: itself under any name, else a copy, else an archive of it; -1 when it is gone. */
  async indexOf({ position, isHeld }: Known): Promise<number> {
    const itself = this.#sameInode(position).find((index) => {
      const file = this.#candidates[index];
      return isHeld || this.#isPlain(file, position) || (file?.isPacked === true && isUnchanged(position, file));
    });
    if (itself !== undefined || fingerprintLength(position.fingerprint) === 0) return itself ?? -1;
    const copy = this.#candidates.findIndex((file) => this.#isPlain(file, position));
    if (copy >= 0) return copy;
    for (const [index, file] of this.#candidates.entries()) {
      if (file.isPacked && startsAs(await this.#archiveStart(file.path), position.fingerprint)) return index;
    }
    return -1;
  }

  /** What a file that is not packed starts with: nothing when its name stands for another one now; undefined if it may not be read. */
  startOf(file: Candidate): Buffer | undefined {
    if (!this.#starts.has(file.path)) this.#starts.set(file.path, startOf(file));
    return this.#starts.get(file.path);
  }

  #sameInode({ dev, inode }: Position): readonly number[] {
    return this.#byIdentity.get(`${dev}:${inode}`) ?? [];
  }

  #isPlain(file: Candidate | undefined, position: Position): boolean {
    if (file === undefined || file.isPacked || file.state.sizeBytes < position.offset) return false;
    if (fingerprintLength(position.fingerprint) === 0) return true;
    const start = this.startOf(file);
    // Who is let in later sees whether it is the same.
    return start === undefined ? isItself(position, file) : startsAs(start, position.fingerprint);
  }

  async #archiveStart(path: string): Promise<Buffer> {
    const start = this.#starts.get(path) ?? (await archiveHead(path));
    this.#starts.set(path, start);
    return start;
  }
}

function startOf({ path, state }: Candidate): Buffer | undefined {
  const look = lookInto(path);
  if (isLook(look)) return isSameFile(look.state, state) ? look.head : nothing;
  return typeof look === 'object' ? undefined : nothing;
}

const nothing = Buffer.alloc(0);

function isUnchanged({ modified }: Position, { state }: Candidate): boolean {
  return modified === new Date(state.modifiedMs).toISOString();
}
