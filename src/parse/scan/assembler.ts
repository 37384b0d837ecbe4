import { levels } from '../../model/level.ts';
import { type FieldName, slotOf } from '../fields.ts';
import type { Constants } from '../pattern.ts';
import type { Image, PooledConstant } from './program.ts';

/** What of an image its assembler knows. */
export type Assembled = Omit<Image, 'entries' | 'grams' | 'datasets' | 'fallback' | 'message'>;

/** The kernel marks the keys of a run in 32 bits. */
const maxKeys = 32;
/** For so many runs it has marks. */
const maxRuns = 1024;

/** Puts steps one behind the other, and what they refer to into tables, the same things once. */
export class Assembler {
  readonly #code: number[] = [];
  readonly #pool: number[] = [];
  readonly #pooled = new Map<string, number>();
  readonly #keys: ReadonlyMap<string, number>[] = [];
  readonly #classes: number[] = [];
  readonly #classesAt = new Map<string, number>();
  readonly #targets: number[] = [];
  readonly #tables: ReadonlyMap<string, readonly PooledConstant[]>[] = [];

  /** Where the next step will stand. */
  get next(): number {
    return this.#code.length;
  }

  /** Adds a step: gives its place. */
  step(operation: number, ...[a = 0, b = 0, c = 0]: readonly (number | undefined)[]): number {
    return this.#code.push(operation, a, b, c) - 4;
  }

  /** Fills in an argument, by the place that it has in the code. */
  patch(place: number, value: number): void {
    this.#code[place] = value;
  }

  /** The place of a text in the pool, and its length in bytes. */
  literal(text: string): [at: number, length: number] {
    const bytes = Buffer.from(text, 'utf8');
    const at = this.#pooled.get(text) ?? this.pooled(bytes);
    this.#pooled.set(text, at);
    return [at, bytes.length];
  }

  /** Adds bytes to the pool: gives their place. */
  pooled(bytes: Uint8Array): number {
    return this.#pool.push(...bytes) - bytes.length;
  }

  /** Constants as JSON in the pool. */
  constants(constants: Constants): PooledConstant[] {
    return Object.entries(constants).map(([field, value]) => {
      const [at, length] = this.literal(JSON.stringify(value));
      // Constants are keyed by field names, but Object.entries forgets it.
      return { slot: slotOf(field as FieldName), at, length };
    });
  }

  /** Adds a table of words: gives its number. */
  table(words: ReadonlyMap<string, Constants>): number {
    return this.#tables.push(new Map([...words].map(([word, constants]) => [word, this.constants(constants)]))) - 1;
  }

  /** Adds the keys of a run of pairs, each with its step: gives their number. Throws `TypeError` for too many. */
  keys(starts: ReadonlyMap<string, number>): number {
    if (starts.size > maxKeys) throw new TypeError(`a run of pairs has more than ${maxKeys} keys`);
    if (this.#keys.length >= maxRuns) throw new TypeError(`there are more than ${maxRuns} runs of pairs`);
    return this.#keys.push(starts) - 1;
  }

  /** Adds classes of bytes: gives their place. */
  classes(classes: Uint8Array): number {
    const key = classes.join();
    const at = this.#classesAt.get(key) ?? this.#classes.push(...classes) - classes.length;
    this.#classesAt.set(key, at);
    return at;
  }

  /** Makes room for the steps of so many classes: gives the place of the first. */
  targets(count: number): number {
    return this.#targets.push(...Array.from({ length: count }, () => 0)) - count;
  }

  /** Says which step a class leads to. */
  aim(target: number, step: number): void {
    this.#targets[target] = step;
  }

  /** All that was added. */
  image(): Assembled {
    const names = levels.flatMap((level) => this.constants({ 'log.level': level }));
    const [at, length] = this.literal('true');
    return {
      code: Int32Array.from(this.#code),
      pool: Uint8Array.from(this.#pool),
      classes: Uint8Array.from(this.#classes),
      targets: Int32Array.from(this.#targets),
      tables: this.#tables,
      keys: this.#keys,
      levels: names,
      truth: { slot: slotOf('source.derived'), at, length },
    };
  }
}
