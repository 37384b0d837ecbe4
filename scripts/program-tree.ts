import { type Image, operation as op, stepSize } from '../src/parse/scan/program.ts';

/*
 * A scan program is a list of steps with jumps, but its compiler, ../src/parse/scan/compile.ts, makes of each part of a
 * pattern one stretch of steps. Here the parts are found again.
 */

/** A part of a program: the steps from `at` up to `behind`. */
export type Part =
  | (Steps & { readonly kind: 'step' })
  /** One that cannot be told in a few lines of code, or calls what is not known yet. */
  | (Steps & { readonly kind: 'other' })
  /** What a text holds, read on its own. */
  | (Steps & { readonly kind: 'inside'; readonly parts: readonly Part[] })
  /** Matches where `parts` do not. */
  | (Steps & { readonly kind: 'not'; readonly parts: readonly Part[] })
  /** The first, where it starts with the `guard`, or else the second. */
  | (Steps & {
      readonly kind: 'either';
      readonly guard: number | undefined;
      readonly first: readonly Part[];
      readonly second: readonly Part[];
    })
  /** The second, unless the step at `at` finds what it looks for. */
  | (Steps & { readonly kind: 'unless'; readonly second: readonly Part[] })
  | (Steps & { readonly kind: 'call'; readonly start: number; readonly parts: readonly Part[] })
  /** For each class of bytes the alternatives that are tried, by their first steps. */
  | (Steps & {
      readonly kind: 'dispatch';
      readonly lists: readonly (readonly Attempt[])[];
      readonly alternatives: ReadonlyMap<number, readonly Part[]>;
    });

interface Steps {
  readonly at: number;
  readonly behind: number;
}

/** An alternative that is tried where a line may hold its grams, -1 for none. */
export interface Attempt {
  readonly start: number;
  readonly grams: number;
}

/** Steps with which parts end. */
const ends: ReadonlySet<number | undefined> = new Set([
  op.match,
  op.commit,
  op.failTwice,
  op.leave,
  op.give,
  op.fail,
  op.endPair,
]);

/** Reads the parts of programs. */
export class ProgramTree {
  readonly #image: Image;
  readonly #known = new Map<string, readonly Part[]>();

  constructor(image: Image) {
    this.#image = image;
  }

  /** A number of the code. */
  code(place: number): number {
    return this.#image.code[place] ?? -1;
  }

  /** The parts from a step on, up to a step that ends them or is `limit`. */
  partsFrom(start: number, limit = Number.POSITIVE_INFINITY): readonly Part[] {
    const key = `${start} ${limit}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const parts: Part[] = [];
    for (let at = start; at < limit && !ends.has(this.code(at)); at = parts.at(-1)?.behind ?? limit) parts.push(this.#partAt(at));
    this.#known.set(key, parts);
    return parts;
  }

  /** Where the step stands that ends the parts from a step on. */
  endFrom(start: number): number {
    return this.partsFrom(start).at(-1)?.behind ?? start;
  }

  #partAt(at: number): Part {
    const [kind, a, , c] = [0, 1, 2, 3].map((index) => this.code(at + index)) as [number, number, number, number];
    const next = at + stepSize;
    switch (kind) {
      case op.choice:
        return this.#choice(at, next, undefined);
      case op.unlessByte:
        return this.#choice(at, next + stepSize, a);
      case op.ifEnd:
        return { kind: 'unless', at, behind: a, second: this.partsFrom(next, a) };
      case op.ifLiteral:
        return { kind: 'unless', at, behind: c, second: this.partsFrom(next, c) };
      case op.enter: {
        const parts = this.partsFrom(next);
        return { kind: 'inside', at, behind: this.endFrom(next) + stepSize, parts };
      }
      case op.call:
        return { kind: 'call', at, behind: next, start: a, parts: this.partsFrom(a) };
      case op.dispatch:
        return this.#dispatch(at);
      case op.goTo:
        // The values of a run of pairs, and behind them the run's own step.
        return { kind: 'other', at, behind: a + stepSize };
      case op.dataset:
      case op.fallback:
        return { kind: 'other', at, behind: next };
      default:
        return { kind: 'step', at, behind: next };
    }
  }

  #choice(at: number, start: number, guard: number | undefined): Part {
    const end = this.endFrom(start);
    const parts = this.partsFrom(start);
    const next = end + stepSize;
    if (this.code(end) === op.failTwice) return { kind: 'not', at, behind: next, parts };
    const behind = this.code(end + 1);
    return { kind: 'either', at, behind, guard, first: parts, second: this.partsFrom(next, behind) };
  }

  #dispatch(at: number): Part {
    const { classes, targets } = this.#image;
    const [from, first] = [this.code(at + 1), this.code(at + 2)];
    const count = Math.max(...classes.subarray(from, from + 257)) + 1;
    const lists = Array.from(targets.subarray(first, first + count), (step) => this.#attempts(step));
    const starts = new Set(lists.flat().map(({ start }) => start));
    const alternatives = new Map([...starts].map((start) => [start, this.partsFrom(start)]));
    const behind = this.code(this.endFrom(at + stepSize) + 1);
    return { kind: 'dispatch', at, behind, lists, alternatives };
  }

  #attempts(step: number): readonly Attempt[] {
    if (this.code(step) !== op.attempt) return [];
    return [{ start: this.code(step + 1), grams: this.code(step + 3) }, ...this.#attempts(this.code(step + 2))];
  }
}
