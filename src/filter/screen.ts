import { lineBatches } from '../io/lines.ts';
import { type Item, isBlank, itemOf, itemsOf, maxLineBytes } from '../io/ndjson.ts';
import type { LineFinder } from './line-finder.ts';
import type { Criteria } from './selection.ts';

/*
 * Hot path: most records are of no interest, and to find that out costs less than to read them as JSON. So the bytes of many
 * lines are looked at, and only the lines where something asks for, or where only a decoder can tell, are decoded. Where
 * keywords alone decide, lines that hold one in their message, as lp-parse writes it, pass as they are.
 */

/** What else the command line asks of the filter. */
export interface ScreenOptions {
  readonly isExplaining: boolean;
  readonly collapseMs: number | undefined;
  readonly sample: number | undefined;
}

/** Makes what looks at bytes; undefined when more decides than it knows of, or where it cannot run. */
export async function screenFor(options: ScreenOptions, criteria: Criteria): Promise<LineFinder | undefined> {
  const { isExplaining, collapseMs, sample } = options;
  const { isOnlyKeywords, isExcluding, where, since, until, keywords } = criteria;
  if (isExplaining || isExcluding || where !== undefined || since !== undefined || until !== undefined) return undefined;
  if (isOnlyKeywords) {
    if (collapseMs !== undefined || sample !== undefined) return undefined;
    const { wordSearch } = await import('./word-search.ts');
    return wordSearch(keywords);
  }
  const { sieveFor } = await import('./sieve.ts');
  return sieveFor(criteria);
}

/** One line that was read; records to be kept for their keywords; or a number of records that nothing asks for. */
export type Screened = Item | { readonly kept: number; readonly bytes: Buffer } | { readonly passedOver: number };

/** A stream in order; bytes are valid until the next batch. The finder is made when the first bytes are there. */
export async function* screened(
  chunks: AsyncIterable<Uint8Array>,
  makeFinder: () => Promise<LineFinder | undefined>,
): AsyncGenerator<readonly Screened[], void> {
  const made: { finder?: LineFinder | undefined } = {};
  const memoryFor = async (): Promise<Buffer | undefined> => {
    made.finder = await makeFinder();
    return made.finder?.memory;
  };
  let lineNumber = 1;
  for await (const batch of lineBatches(chunks, maxLineBytes, memoryFor)) {
    const { finder } = made;
    const { bytes, droppedBytes } = batch;
    if (finder === undefined || droppedBytes > 0 || bytes.buffer !== finder.memory.buffer) {
      const { items, lines } = itemsOf(batch, lineNumber);
      lineNumber += lines;
      yield items;
      continue;
    }
    const found: Screened[] = [];
    let told = 0;
    const tell = (passedOver: number): void => {
      if (passedOver > told) found.push({ passedOver: passedOver - told });
      told = passedOver;
    };
    const passedOver = finder.lines(bytes.length, ({ from, to, passedOver: before, kept }) => {
      tell(before);
      const line = bytes.subarray(from, to - 1);
      if (kept > 0) found.push({ kept, bytes: line });
      else if (!isBlank(line)) found.push(itemOf(line, lineNumber + before, false));
      lineNumber += Math.max(kept, 1);
    });
    tell(passedOver);
    lineNumber += passedOver;
    yield found;
  }
}
