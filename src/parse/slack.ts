/** How many bytes behind a line may be looked at: more than the longest stamp. */
export const slack = 64;

/** A copy with room behind it. */
export function padded(bytes: Uint8Array): Uint8Array {
  // Of Node's pool: memory of its own costs more to make and to give back than to copy a line.
  const copy = Buffer.allocUnsafe(bytes.length + slack);
  copy.set(bytes);
  return copy.fill(0, bytes.length);
}
