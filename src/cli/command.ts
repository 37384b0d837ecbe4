import type { Diagnostics } from '../io/diagnostics.ts';
import type { Sink } from '../io/sink.ts';
import type { ExitStatus } from '../model/exit-status.ts';
import type { OptionTable, Values } from './options.ts';

/** What a running command may touch; nothing else of the process is its business. */
export interface Context {
  /** Standard input, in chunks; ends early, as if at its end, when the command is asked to stop. */
  readonly input: AsyncIterable<Uint8Array>;
  /** Standard output. */
  readonly output: Sink;
  readonly diagnostics: Diagnostics;
  /** Aborted when a signal asks the command to stop: read no further, give out what is held, return. */
  readonly stopping: AbortSignal;
  readonly now: () => Date;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly terminal: Terminal;
}

/** Which of the standard streams a person looks at. */
export interface Terminal {
  readonly isInput: boolean;
  readonly isOutput: boolean;
  readonly isErrors: boolean;
  /** Whether colour may be used on standard output, and on standard error. */
  readonly hasColor: { readonly output: boolean; readonly errors: boolean };
  /** Width of standard output now; 80 when it is no terminal. */
  readonly columns: number;
  /** Height of standard output now; 24 when it is no terminal. */
  readonly rows: number;
  /** Resolves when standard output has another width or height, and rejects when `signal` says to wait no longer. */
  resized(signal: AbortSignal): Promise<unknown>;
  /** Writes to standard error as it is: for progress only, which is gone when it ends. */
  writeProgress(text: string): void;
}

/** What comes after the options, as `FILE...`. */
export interface Operands {
  readonly name: string;
  readonly text: string;
  readonly isRequired?: boolean;
  readonly isMany?: boolean;
}

/** A command line that works, and what it does; shown in the help and the man page, and run by a test. */
export interface Example {
  readonly text: string;
  readonly command: string;
}

/** A section of a man page; a paragraph whose lines all start with four spaces is set as it is. */
export interface Section {
  readonly title: string;
  readonly paragraphs: readonly string[];
}

/** One command: what it takes, what it does. Its options are its help, its man page, its completion and its tests. */
export interface Command<Table extends OptionTable = OptionTable> {
  readonly name: string;
  /** What it does, in half a sentence without a full stop. */
  readonly summary: string;
  /** Paragraphs for the man page. */
  readonly description: readonly string[];
  readonly operands?: Operands;
  readonly options: Table;
  readonly examples: readonly Example[];
  /** Further sections of the man page. */
  readonly sections?: readonly Section[];
  /** Those that take something to make, such as a list of plug-ins. */
  readonly madeSections?: () => Promise<readonly Section[]>;
  /** Tells whether it would read standard input, so that a person at a terminal gets help and not silence. */
  readsInput(options: Values<Table>, operands: readonly string[]): boolean;
  /** Does the job. Throws `LpError` for what a person can mend. */
  run(options: Values<Table>, operands: readonly string[], context: Context): Promise<ExitStatus>;
}

/** The same command, with its option types inferred from its table. */
export function defineCommand<const Table extends OptionTable>(command: Command<Table>): Command<Table> {
  return command;
}
