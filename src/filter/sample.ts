/** Tells of an entry whether it is one of each `every`: always the same for the same text, at whatever place it comes. */
export function isSampled(original: string, every: number): boolean {
  // FNV-1a, 32 bits, with a last mix so that the low bits depend on all characters. Source: Fowler, Noll, Vo; murmur3 finalizer.
  let hash = 0x811c9dc5;
  for (let at = 0; at < original.length; at++) hash = Math.imul(hash ^ original.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return ((hash ^ (hash >>> 13)) >>> 0) % every === 0;
}
