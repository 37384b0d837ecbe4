import { type PrintableText, printable } from './printable.ts';

/** How much a command says on standard error. */
export type Verbosity = 'quiet' | 'normal' | 'verbose';

/** Messages to people, on standard error; never data. Whatever is given is made printable first. */
export interface Diagnostics {
  /** Why the command failed. Always shown. */
  error(message: string): void;
  /** What a person should look at. Not shown when quiet. */
  warn(message: string): void;
  /** What a person has asked to be told. Always shown. */
  tell(message: string): void;
  /** What a person might like to know. Shown only when verbose. */
  note(message: string): void;
}

/** How messages are written, and which. */
export interface Manner {
  readonly format: 'text' | 'json';
  readonly verbosity: Verbosity;
}

/** Diagnostics in the form `lp-parse: message`, or as JSON lines, through `write`. */
export function diagnosticsFor(
  command: string,
  { format, verbosity }: Manner,
  write: (text: PrintableText | string) => void,
): Diagnostics {
  const say = (level: 'error' | 'warning' | 'info', message: string): void => {
    const line = printable(message);
    write(format === 'json' ? `${JSON.stringify({ command, level, message: line })}\n` : `${command}: ${line}\n`);
  };
  return {
    error: (message) => say('error', message),
    warn: (message) => (verbosity === 'quiet' ? undefined : say('warning', message)),
    tell: (message) => say('info', message),
    note: (message) => (verbosity === 'verbose' ? say('info', message) : undefined),
  };
}
