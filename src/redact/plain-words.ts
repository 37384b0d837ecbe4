/** What people write in the place of a secret when they tell of it. */
const words = new Set(
  'null none true false unknown invalid required incorrect wrong expired failed failure missing mismatch empty yes no accepted not too being about set unset changed correct weak good bad never same different needed used given hidden all passed rejected authentication auth realm access mechanism plain login cram'.split(
    ' ',
  ),
);

/** Tells whether what stands in the place of a secret is a word about it. */
export function isPlainWord(value: string): boolean {
  return words.has(value.replace(/[^A-Za-z]/g, '').toLowerCase());
}
