import type { Burst, Told } from '../burst.ts';
import { clipped } from '../clipped.ts';
import type { Sighting } from '../sighting.ts';
import type { Template } from '../template/tree.ts';

/** Longest template in a sentence, in characters. */
const maxTextLength = 160;

/** Most kinds that a finding lists. */
const maxListed = 10;

/** Longest example of a kind, in bytes. */
const maxExampleBytes = 512;

/** One kind of error of one service. */
export interface Kind {
  readonly template: Pick<Template, 'id' | 'text'>;
  /** Since the service is known. */
  count: number;
  /** What the open finding about all of the service tells of it. */
  untold: { readonly count: number; readonly example: string } | undefined;
  /** The last ones that belong to no burst, up to as many as a burst takes. */
  recent: Sighting[];
  burst: Burst<Told> | undefined;
}

/** A kind as a finding lists it. */
export interface ListedKind {
  readonly id: string;
  readonly text: string;
  readonly count: number;
  /** The first of its entries, without the header and cut. */
  readonly example: string;
}

/** What is to be told of a kind with one more entry. */
export function untoldOf(before: Kind['untold'], { message, original }: Sighting): Kind['untold'] {
  if (before !== undefined) return { count: before.count + 1, example: before.example };
  return { count: 1, example: clipped(message ?? original, maxExampleBytes) };
}

/** Begins to count anew. */
export function clearUntold(kinds: Iterable<Kind>): void {
  for (const kind of kinds) kind.untold = undefined;
}

/** The kinds of which most is to be told, first those of which there is most. */
export function mostFrequent(kinds: readonly Kind[]): readonly ListedKind[] {
  const listed = kinds.flatMap(({ template: { id, text }, untold }) => (untold === undefined ? [] : [{ id, text, ...untold }]));
  return listed.sort((one, other) => other.count - one.count).slice(0, maxListed);
}

/** How many kinds there are to tell of, and the most frequent one. */
export function summaryOf(kinds: readonly Kind[], areMore: boolean): string {
  const [most] = mostFrequent(kinds);
  if (most === undefined) return '';
  const count = kinds.filter(({ untold }) => untold !== undefined).length;
  if (count === 1) return quoted(most.text);
  return `${areMore ? `more than ${count}` : count} kinds; most often ${quoted(most.text)}`;
}

/** A template as the end of a sentence. */
export function quoted(text: string): string {
  return `“${text.length > maxTextLength ? `${text.slice(0, maxTextLength - 1)}…` : text}”.`;
}
