import type { Element, Pattern } from '../pattern.ts';

/*
 * What a message must hold for a pattern to match is looked up before the pattern is tried: the kernel notes once which
 * grams, runs of three bytes, a line holds. A line may seem to hold a gram that it does not, never the other way round.
 */

/** A gram is one of so many bits. */
const gramBits = 12;

/** The bit of the gram that these three bytes make. The kernel's side: ../kernel/grams.ts. */
function gramOf(bytes: Uint8Array, at: number): number {
  const [first = 0, second = 0, third = 0] = bytes.subarray(at, at + 3);
  return Math.imul(first | (second << 8) | (third << 16), 0x9e3779b1) >>> (32 - gramBits);
}

/** More texts than this are not worth looking for. */
const maxTexts = 24;
/** Grams of a text that are looked up at most. */
const maxGrams = 8;

/**
 * The grams without which a pattern cannot match, as the kernel reads them: a count of texts, of which one must be there;
 * for each a count of grams, then their bits, two bytes each. Undefined where nothing is needed.
 */
export function gramsOf(pattern: Pattern): Uint8Array | undefined {
  const texts = neededBy(pattern);
  if (texts === undefined) return undefined;
  const bytes = [texts.length];
  for (const text of texts) {
    const all = Buffer.from(text);
    const grams = Array.from({ length: Math.min(all.length - 2, maxGrams) }, (_, at) => gramOf(all, at));
    bytes.push(grams.length, ...grams.flatMap((gram) => [gram & 0xff, gram >> 8]));
  }
  return Uint8Array.from(bytes);
}

/** Texts one of which stands in whatever the pattern matches: the fewest and longest that there are. */
function neededBy(pattern: Pattern): readonly string[] | undefined {
  let best: readonly string[] | undefined;
  for (const element of pattern) {
    const texts = neededByElement(element);
    if (texts !== undefined && (best === undefined || isBetter(texts, best))) best = texts;
  }
  return best;
}

function neededByElement(element: Element): readonly string[] | undefined {
  switch (element.kind) {
    case 'literal':
      return Buffer.byteLength(element.text) < 3 ? undefined : [element.text];
    case 'text':
    case 'stops':
      return element.inside === undefined ? undefined : neededBy(element.inside);
    case 'oneOf': {
      const all = element.patterns.map(neededBy);
      const texts = all.flatMap((each) => each ?? []);
      return all.includes(undefined) || texts.length > maxTexts ? undefined : texts;
    }
    case 'not': {
      // What must not be missing must be there.
      const [inner, ...others] = element.pattern;
      return inner?.kind === 'not' && others.length === 0 ? neededBy(inner.pattern) : undefined;
    }
    default:
      return undefined;
  }
}

function isBetter(texts: readonly string[], than: readonly string[]): boolean {
  if (texts.length !== than.length) return texts.length < than.length;
  return shortest(texts) > shortest(than);
}

function shortest(texts: readonly string[]): number {
  return Math.min(...texts.map((text) => text.length));
}
