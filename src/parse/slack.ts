/** How many bytes behind a line may be looked at: more than the longest stamp. */
export const slack = 64;

/** A copy with room behind it. */
export function padded(bytes: Uint8Array): Uint8Array {
  const copy = new Uint8Array(bytes.length + slack);
  copy.set(bytes);
  return copy;
}
