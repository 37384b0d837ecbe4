import { randomBytes } from 'node:crypto';
import type { Finding } from '../../model/envelope.ts';
import { type Case, leadsOf } from '../case/case.ts';
import { type SavedCase, savedCase } from '../case/saved-case.ts';
import type { Change, Stateful } from '../state/stateful.ts';

/** Most cases that wait to be asked, and most that are held for later: of more, those worth least go. */
const maxWaiting = 2_000;
const maxHeld = 2_000;

/** How many held cases are tried again at a time. */
const retriedAtOnce = 40;

/** Reasons that pass: what could not be asked about for one of these may be asked later. */
const passing: ReadonlySet<string> = new Set(
  'budget timeout unavailable unreachable rate_limit credit authentication config empty state'.split(' '),
);

/** A case without a verdict. */
interface Entry {
  readonly key: string;
  readonly given: Case;
  /** Why it could not be asked about, when that was last tried. */
  code: string | undefined;
}

interface SavedEntry {
  readonly given: SavedCase;
  readonly code: string | undefined;
}

/** Cases that have no verdict yet: they wait, are being asked about, or are held until that can be tried again. */
export class Backlog implements Stateful {
  readonly #worthOf: (given: Case) => number;
  readonly #entries = new Map<Case, Entry>();
  readonly #byKey = new Map<string, Entry>();
  /** The case in which a finding was last seen. */
  readonly #byFinding = new Map<string, Entry>();
  #waiting: Case[] = [];
  readonly #held = new Set<Case>();
  /** Keys of what has changed; undefined while nobody asks. */
  #changed: Set<string> | undefined;

  /** `worthOf` says which cases come first when not all can. */
  constructor(worthOf: (given: Case) => number) {
    this.#worthOf = worthOf;
  }

  /** Whether anything waits, or is being asked about. */
  get isEmpty(): boolean {
    return this.#entries.size === this.#held.size;
  }

  /** The cases that are held for later. */
  get held(): Iterable<Case> {
    return this.#held;
  }

  /** Lets a case wait; gives those that there is no room for. */
  add(given: Case): readonly Case[] {
    if (!this.#entries.has(given)) this.#enter({ key: newKey(), given, code: undefined });
    this.#held.delete(given);
    this.#waiting.push(given);
    if (this.#waiting.length <= maxWaiting) return [];
    this.#sort();
    return this.#waiting.splice(maxWaiting / 2);
  }

  /** Notes the newest state of a finding, in the case that is about it. */
  see(finding: Finding): void {
    const entry = this.#byFinding.get(finding.id);
    if (entry === undefined) return;
    entry.given.findings.set(finding.id, finding);
    this.#changed?.add(entry.key);
  }

  /** Takes the cases that wait, those worth most first, in batches of which `isSmall` is true, or of one. */
  *batches(maxCases: number, isSmall: (batch: readonly Case[]) => boolean): Generator<readonly Case[], void> {
    this.#sort();
    while (this.#waiting.length > 0) {
      let batch = this.#waiting.slice(0, maxCases);
      while (batch.length > 1 && !isSmall(batch)) batch = batch.slice(0, Math.ceil(batch.length / 2));
      this.#waiting = this.#waiting.slice(batch.length);
      yield batch;
    }
  }

  /** Lets go of a case that has been settled. */
  remove(given: Case): void {
    const entry = this.#entries.get(given);
    if (entry === undefined) return;
    this.#entries.delete(given);
    this.#byKey.delete(entry.key);
    this.#held.delete(given);
    for (const id of given.findings.keys()) if (this.#byFinding.get(id) === entry) this.#byFinding.delete(id);
    this.#changed?.add(entry.key);
  }

  /** Settles a case for which there is no verdict: holds it when that may change. True when the reason is not the one known before. */
  putOff(given: Case, code: string): boolean {
    const entry = this.#entries.get(given);
    const isNews = entry?.code !== code;
    if (entry === undefined || !passing.has(code)) {
      this.remove(given);
      return isNews;
    }
    entry.code = code;
    this.#changed?.add(entry.key);
    this.#held.add(given);
    if (this.#held.size > maxHeld) for (const lesser of this.#byWorth().slice(maxHeld / 2)) this.remove(lesser);
    return isNews;
  }

  /** Takes some of the held cases, those worth most first, to be tried again. */
  takeHeld(): readonly Case[] {
    const taken = this.#byWorth().slice(0, retriedAtOnce);
    for (const given of taken) this.#held.delete(given);
    return taken;
  }

  /** Takes in a case of an earlier run, which is held until it is tried. */
  resume(given: Case, key: string = newKey(), code?: string): void {
    this.#enter({ key, given, code });
    this.#held.add(given);
  }

  *all(): Generator<Change, void> {
    this.#changed = new Set();
    for (const { key, given, code } of this.#entries.values()) yield [key, { given: savedCase(given), code }];
  }

  *changes(): Generator<Change, void> {
    for (const key of this.#changed ?? []) {
      const entry = this.#byKey.get(key);
      yield [key, entry && { given: savedCase(entry.given), code: entry.code }];
    }
    this.#changed?.clear();
  }

  restore(key: string, value: unknown): void {
    // From `all` or `changes`.
    const { given, code } = value as SavedEntry;
    this.resume(given, key, code);
  }

  #enter(entry: Entry): void {
    for (const { id } of leadsOf(entry.given)) {
      const older = this.#byFinding.get(id)?.given;
      // A verdict on the newer case does for both.
      if (older !== undefined && this.#held.has(older)) this.remove(older);
      this.#byFinding.set(id, entry);
    }
    this.#entries.set(entry.given, entry);
    this.#byKey.set(entry.key, entry);
    this.#changed?.add(entry.key);
  }

  #sort(): void {
    this.#waiting = ranked(this.#waiting, this.#worthOf);
  }

  #byWorth(): readonly Case[] {
    return ranked([...this.#held], this.#worthOf);
  }
}

function ranked(cases: readonly Case[], worthOf: (given: Case) => number): Case[] {
  return cases
    .map((given) => ({ given, worth: worthOf(given) }))
    .sort((a, b) => b.worth - a.worth)
    .map(({ given }) => given);
}

function newKey(): string {
  return randomBytes(9).toString('base64url');
}
