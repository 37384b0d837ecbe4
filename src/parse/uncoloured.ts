import { withoutColours } from './inside.ts';
import { firstByte } from './scan/search.ts';
import type { Stretch } from './scan/values.ts';
import { padded } from './slack.ts';

/** The line without its colours, if it has any. */
export function uncoloured(line: Stretch): Stretch {
  if (firstByte(line.bytes, line.from, line.to, 0x1b) === line.to) return line;
  const text = withoutColours(line.bytes, line.from, line.to);
  return text === undefined ? line : { bytes: padded(text), from: 0, to: text.length };
}
