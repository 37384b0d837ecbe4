import { withoutColours } from './inside.ts';
import type { Stretch } from './scan/values.ts';
import { padded } from './slack.ts';

/** The line without its colours, if it has any. */
export function uncoloured(line: Stretch): Stretch {
  const text = withoutColours(line);
  return text === undefined ? line : { bytes: padded(text), from: 0, to: text.length };
}
