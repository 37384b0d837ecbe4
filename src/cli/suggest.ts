/** The candidate that `word` was most likely meant to be, or undefined when none is near. The first of equals wins. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const wanted = word.toLowerCase();
  let best: string | undefined;
  // A third of the letters may be wrong: `leve` is `level`, but `x` is not `o`.
  let limit = Math.max(1, Math.floor(wanted.length / 3));
  if (wanted.length < 2) limit = 0;
  for (const candidate of candidates) {
    const distance = editDistance(wanted, candidate.toLowerCase());
    if (distance > limit) continue;
    best = candidate;
    limit = distance - 1;
  }
  return best;
}

/** The candidate that `word` is with a letter or two wrong; undefined for short words, which are too often alike by chance. */
export function misspelt(word: string, candidates: readonly string[]): string | undefined {
  const found = word.length < 4 ? undefined : nearest(word, candidates);
  if (found === undefined) return undefined;
  const limit = word.length < 8 ? 1 : 2;
  return editDistance(word.toLowerCase(), found.toLowerCase()) <= limit ? found : undefined;
}

/** `; did you mean X?`, or nothing. */
export function suggestion(word: string, candidates: readonly string[]): string {
  const found = nearest(word, candidates);
  return found === undefined ? '' : `; did you mean ${found}?`;
}

/**
 * How many letters have to be added, dropped, changed or swapped with their neighbour to get from one word to the other.
 * Source: the optimal string alignment distance (Damerau 1964, restricted).
 */
export function editDistance(from: string, to: string): number {
  let beforePrevious: readonly number[] = [];
  let previous: readonly number[] = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const isSame = from[row - 1] === to[column - 1];
      let least = Math.min(
        cell(previous, column) + 1,
        cell(current, column - 1) + 1,
        cell(previous, column - 1) + (isSame ? 0 : 1),
      );
      if (row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]) {
        least = Math.min(least, cell(beforePrevious, column - 2) + 1);
      }
      current.push(least);
    }
    beforePrevious = previous;
    previous = current;
  }
  return cell(previous, to.length);
}

function cell(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
