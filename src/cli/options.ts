/** What all kinds of option have. */
interface Common {
  /** What it does: a clause that starts with a verb, without a full stop. */
  readonly text: string;
  /** One letter. */
  readonly short?: string;
  /** Names in the environment and in configuration files besides `LP_` + its own name. */
  readonly variables?: readonly string[];
}

/** An option that is on or off. */
export interface FlagOption extends Common {
  readonly kind: 'flag';
}

/** An option that takes a value; `argument` names it in the help. */
interface Valued extends Common {
  readonly argument: string;
}

/** Any text, a path, or a time zone: an IANA name, `utc` or `local`. */
export interface TextOption extends Valued {
  readonly kind: 'text' | 'file' | 'zone';
  readonly default?: string;
}

/** Text or a path, given any number of times; from a variable, parted by commas. */
export interface ListOption extends Valued {
  readonly kind: 'list';
}

/** A whole number from 0; a length of time (`90s`, `5m`, `24h`, `30d`) in ms; or a size (`64K`, `10M`) in bytes. */
export interface NumberOption extends Valued {
  readonly kind: 'count' | 'duration' | 'size';
  /** As a user would write it. */
  readonly default?: string;
}

/** A moment: RFC 3339, a date, a time of today, `today`, `yesterday`, or a length of time before now (`24h`). */
export interface TimeOption extends Valued {
  readonly kind: 'time';
}

/** One of a few words. */
export interface ChoiceOption extends Valued {
  readonly kind: 'choice';
  readonly choices: readonly string[];
  readonly default?: string;
}

/** One option of a command, as data. */
export type Option = FlagOption | TextOption | ListOption | NumberOption | TimeOption | ChoiceOption;

/** All options of a command by their long names without dashes (`max-line`). */
export type OptionTable = Readonly<Record<string, Option>>;

type Value<O extends Option> = O extends FlagOption
  ? boolean
  : O extends ListOption
    ? readonly string[]
    : O extends ChoiceOption
      ? O['choices'][number] | Missing<O>
      : O extends NumberOption
        ? number | Missing<O>
        : O extends TimeOption
          ? Date | undefined
          : string | Missing<O>;

type Missing<O> = O extends { readonly default: string } ? never : undefined;

/** What the options of a table come to: by long name; a flag is false and a list empty when not given. */
export type Values<Table extends OptionTable> = { readonly [Name in keyof Table]: Value<Table[Name]> };
