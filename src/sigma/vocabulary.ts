import type { Field } from './fields.ts';
import type { Place } from './node.ts';
import type { RegexEngine } from './regex.ts';

/** What the words of one rule stand for: it differs from rule to rule, because each log source has its own names. */
export interface Vocabulary {
  /** The field that the rule calls `name`. Throws `LpError` 78 when records have none like it. */
  field(name: string, place: Place): Field;
  /** The whole entry, where keywords are looked for. */
  readonly entry: Field;
  /** What `%name%` stands for in values with `expand`. */
  readonly placeholders: ReadonlyMap<string, readonly string[]>;
  /** Undefined when no rule asks for expressions. */
  readonly regexes: RegexEngine | undefined;
}
