import type { FieldName } from '../fields.ts';

/** Who has written a line, by the values of these fields, as JSON. */
export function keyOf(by: readonly FieldName[], jsonOf: (field: FieldName) => string | undefined): string {
  const [first] = by;
  if (first !== undefined && by.length === 1) return `${first} ${jsonOf(first) ?? ''}`;
  return `${by.join()} ${by.map((field) => jsonOf(field) ?? '').join()}`;
}
