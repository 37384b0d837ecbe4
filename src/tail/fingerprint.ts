import { createHash } from 'node:crypto';

/** Most of a file's start that tells it from others, in bytes. */
export const headBytes = 1024;

/** What a file starts with: how many bytes of it, and their hash. */
export function fingerprintOf(head: Uint8Array): string {
  return `${head.length}:${createHash('sha256').update(head).digest('base64url').slice(0, 22)}`;
}

/** How many bytes a fingerprint is of; 0 for one that says nothing. */
export function fingerprintLength(fingerprint: string | undefined): number {
  const length = Number.parseInt(fingerprint ?? '', 10);
  return length > 0 && length <= headBytes ? length : 0;
}

/** Tells whether what starts so is what had this fingerprint; one that says nothing fits all. */
export function startsAs(head: Uint8Array, fingerprint: string | undefined): boolean {
  const length = fingerprintLength(fingerprint);
  return length === 0 || (head.length >= length && fingerprintOf(head.subarray(0, length)) === fingerprint);
}
