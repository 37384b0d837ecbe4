import type { Position } from '../model/envelope.ts';
import { type Candidate, isItself, type Known } from './candidate.ts';
import { fingerprintLength, startsAs } from './fingerprint.ts';
import { isLook, isSameFile, type Look, lookInto, type Missing } from './log-file.ts';
import { archiveHead } from './packed-part.ts';

/** Finds files that were read among those that are there. Each is opened once, however many are looked for. */
export class Finder {
  readonly #candidates: readonly Candidate[];
  readonly #byIdentity = new Map<string, number[]>();
  /** What was seen of those that are not packed, by path. */
  readonly #looks = new Map<string, Look | Missing>();
  /** What archives start with, by path. */
  readonly #archiveStarts = new Map<string, Buffer>();

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
    const look = this.#lookInto(file);
    if (isLook(look)) return isSameFile(look.state, file.state) ? look.head : nothing;
    return typeof look === 'object' ? undefined : nothing;
  }

  /** A file in the state in which it had the start that is known: since it was found, it may have been truncated, or copied to its end. */
  seen(file: Candidate): Candidate {
    const look = file.isPacked ? 'missing' : this.#lookInto(file);
    return isLook(look) && isSameFile(look.state, file.state) ? { ...file, state: look.state } : file;
  }

  #lookInto(file: Candidate): Look | Missing {
    const look = this.#looks.get(file.path) ?? lookInto(file.path);
    this.#looks.set(file.path, look);
    return look;
  }

  #sameInode({ dev, inode }: Position): readonly number[] {
    return this.#byIdentity.get(`${dev}:${inode}`) ?? [];
  }

  #isPlain(file: Candidate | undefined, position: Position): boolean {
    if (file === undefined || file.isPacked || this.seen(file).state.sizeBytes < position.offset) return false;
    if (fingerprintLength(position.fingerprint) === 0) return true;
    const start = this.startOf(file);
    // Who is let in later sees whether it is the same.
    return start === undefined ? isItself(position, file) : startsAs(start, position.fingerprint);
  }

  async #archiveStart(path: string): Promise<Buffer> {
    const start = this.#archiveStarts.get(path) ?? (await archiveHead(path));
    this.#archiveStarts.set(path, start);
    return start;
  }
}

const nothing = Buffer.alloc(0);

function isUnchanged({ modified }: Position, { state }: Candidate): boolean {
  return modified === new Date(state.modifiedMs).toISOString();
}
