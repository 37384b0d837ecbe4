/** What is taken out of a text: a secret, for ever; or somebody's or something's name, behind a pseudonym. */
export type Kind = 'secret' | 'ip' | 'user' | 'host' | 'email' | 'mac' | 'phone' | 'account' | 'id';

/** One kind of text that must not leave the machine, as it is found in free text. */
export interface RedactPattern {
  /** Whose numbers, tokens or names these are. */
  readonly title: string;
  /** Patterns of a lower rank come first: what they found is not looked at again. Secrets are below 20. */
  readonly rank: number;
  readonly kind: Kind;
  /** With the flag g, and linear: bounded repetitions, or such as cannot fail once begun. What the group `value` holds is taken out, or else all. */
  readonly find: RegExp;
  /** Tells whether what was found is meant. */
  readonly accepts?: (value: string) => boolean;
  /** Whether it is what an administrator wants to see, and only left out where the reader is a stranger (`strict`). */
  readonly isStrict?: boolean;
  /** Texts in which what stands between ‹ and › must be taken out. */
  readonly masks: readonly string[];
  /** Texts that stay as they are. */
  readonly keeps: readonly string[];
}
