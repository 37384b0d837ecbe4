const form = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** Whether a time has the one form that times are stored in, RFC 3339 in UTC with milliseconds: it can be compared as text. */
export function isUtc(time: string): boolean {
  return form.test(time);
}

/** The time in that form. Throws `RangeError` for what is no time. */
export function utcOf(time: string): string {
  return isUtc(time) ? time : new Date(time).toISOString();
}
