import { fieldNames } from '../fields.ts';

/*
 * JSON is written field after field. What stands between the values of two fields (braces, commas, names) depends only on
 * the two, so it is made once and copied from then on.
 */

const headPath = ['log'];
const count = fieldNames.length;
const pieces: (Uint8Array | undefined)[] = [];

/** Slot numbers for the ends of the chain: after the head of a record, and before `original`. */
export const head = -1;
/** Stands for the end of the fields. */
export const tail = count;

/** The bytes between the value of one slot and the value of the next one in wire order. */
export function glueBetween(slot: number, next: number): Uint8Array {
  const index = (slot + 1) * (count + 1) + next;
  let glue = pieces[index];
  if (glue === undefined) {
    glue = Uint8Array.from(Buffer.from(makeGlue(slot, next)));
    pieces[index] = glue;
  }
  return glue;
}

function makeGlue(slot: number, next: number): string {
  const open = slot === head ? headPath : pathOf(slot).slice(0, -1);
  const wanted = next === tail ? ['original'] : pathOf(next);
  let shared = 0;
  while (shared < open.length && shared < wanted.length - 1 && open[shared] === wanted[shared]) shared++;
  const opening = wanted
    .slice(shared, -1)
    .map((key) => `${JSON.stringify(key)}:{`)
    .join('');
  return `${'}'.repeat(open.length - shared)},${opening}${JSON.stringify(wanted.at(-1))}:`;
}

function pathOf(slot: number): string[] {
  return (fieldNames[slot] ?? '').split('.');
}
