import type { Position } from '../model/envelope.ts';
import type { Candidate, Known } from './candidate.ts';
import { fingerprintLength, fingerprintOf } from './fingerprint.ts';
import { headOf } from './log-file.ts';
import { archiveHead } from './packed-part.ts';

/** Finds files that were read among those that are there. Each is opened once, however many are looked for. */
export class Finder {
  readonly #candidates: readonly Candidate[];
  readonly #byIdentity = new Map<string, number[]>();
  /** Fingerprints of their starts, by path and length; undefined for what cannot be read, or is shorter. */
  readonly #starts = new Map<string, string | undefined>();

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
      if (file.isPacked && (await this.#startInside(file.path, position))) return index;
    }
    return -1;
  }

  #sameInode({ dev, inode }: Position): readonly number[] {
    return this.#byIdentity.get(`${dev}:${inode}`) ?? [];
  }

  #isPlain(file: Candidate | undefined, { offset, fingerprint }: Position): boolean {
    if (file === undefined || file.isPacked || file.state.sizeBytes < offset) return false;
    const length = fingerprintLength(fingerprint);
    if (length === 0) return true;
    const key = `${length}:${file.path}`;
    if (!this.#starts.has(key)) this.#starts.set(key, printOf(headOf(file.path, length)));
    return this.#starts.get(key) === fingerprint;
  }

  async #startInside(path: string, { fingerprint }: Position): Promise<boolean> {
    const length = fingerprintLength(fingerprint);
    const key = `${length}:${path}`;
    if (!this.#starts.has(key)) this.#starts.set(key, printOf(await archiveHead(path, length)));
    return this.#starts.get(key) === fingerprint;
  }
}

function printOf(head: Buffer | undefined): string | undefined {
  return head && fingerprintOf(head);
}

function isUnchanged({ modified }: Position, { state }: Candidate): boolean {
  return modified === new Date(state.modifiedMs).toISOString();
}
