/** A line that a container has written, and what its runtime says of it. */
export interface ContainedLine {
  /** With its line end, unless it is only a piece of a line. */
  readonly log: string;
  readonly stream: 'stdout' | 'stderr';
  readonly time: string;
}

/** The line that Docker's json-file holds: `{"log":"…\\n","stream":"stdout","time":"…"}`; undefined for any other object. */
export function containedLine(object: Readonly<Record<string, unknown>>): ContainedLine | undefined {
  const { log, stream, time = object['@timestamp'] } = object;
  if (typeof log !== 'string' || (stream !== 'stdout' && stream !== 'stderr')) return undefined;
  return typeof time === 'string' ? { log, stream, time } : undefined;
}
