import type { Field } from './fields.ts';
import type { Modifiers } from './modifiers.ts';
import type { Node } from './node.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A field of a detection with its modifiers. */
export interface Question {
  readonly field: Field;
  /** As the rule writes it, with the modifiers. */
  readonly key: string;
  readonly modifiers: Modifiers;
  readonly vocabulary: Vocabulary;
}

/** A value of a rule once placeholders are filled in and encodings done. */
export interface Value {
  readonly node: Node;
  /** The pattern; undefined for null. */
  readonly pattern: string | undefined;
}
