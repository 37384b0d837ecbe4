/** Rows as columns, which is how a statement takes many of them at once. */
export function turned(rows: readonly (readonly unknown[])[], width: number): unknown[][] {
  return Array.from({ length: width }, (_, column) => rows.map((row) => row[column]));
}

/** PostgreSQL has no text with a NUL in it, and UTF-8 none with half a character. Source: PostgreSQL, Character Types. */
export function textOf<T extends string | undefined>(value: T): T | string {
  return value?.replace(/[\0\p{Surrogate}]/gu, '\ufffd') ?? value;
}

/** A year of more digits, or before 1, is one of a broken clock, and not of the form that PostgreSQL reads. */
export function timeOf(time: string): string {
  if (time.startsWith('+')) return '9999-12-31T23:59:59.999Z';
  return time < '0001' ? '0001-01-01T00:00:00.000Z' : time;
}

/** The nearest whole number that both sides know. */
export function whole(value: number): number {
  return Math.trunc(Math.min(Math.max(value, Number.MIN_SAFE_INTEGER), Number.MAX_SAFE_INTEGER));
}
