/** Tells whether an entry is one that a person does not want to see. */
export type Exclusion = (original: string) => boolean;

/**
 * The test for a person's patterns: a text anywhere in the entry, in which `*` stands for any run; case does not count.
 * Takes time linear in the entry for each pattern.
 */
export function exclusionOf(patterns: readonly string[]): Exclusion {
  const parts = patterns.map((pattern) =>
    pattern
      .toLowerCase()
      .split('*')
      .filter((part) => part !== ''),
  );
  if (parts.length === 0) return () => false;
  return (original) => {
    const text = original.toLowerCase();
    return parts.some((wanted) => holdsInOrder(text, wanted));
  };
}

function holdsInOrder(text: string, parts: readonly string[]): boolean {
  let from = 0;
  for (const part of parts) {
    const found = text.indexOf(part, from);
    if (found < 0) return false;
    from = found + part.length;
  }
  return true;
}
