import type { Command } from './command.ts';
import type { Option, OptionTable } from './options.ts';

/** The options that every command has. */
export const commonOptions = {
  help: { kind: 'flag', short: 'h', text: 'show this help and leave' },
  version: { kind: 'flag', short: 'V', text: 'show the version and leave' },
  quiet: { kind: 'flag', short: 'q', text: 'say nothing on standard error but why the command failed' },
  verbose: { kind: 'flag', short: 'v', text: 'say more on standard error' },
  'log-format': {
    kind: 'choice',
    argument: 'FORM',
    choices: ['text', 'json'],
    default: 'text',
    text: 'write messages on standard error in this form',
  },
  color: {
    kind: 'choice',
    argument: 'WHEN',
    choices: ['auto', 'always', 'never'],
    default: 'auto',
    text: 'use colour; auto means on a terminal, unless NO_COLOR is set or TERM is dumb',
  },
  config: { kind: 'file', argument: 'FILE', text: 'read settings from this file, before those of /etc/lp/lp.conf' },
  generate: {
    kind: 'choice',
    argument: 'KIND',
    choices: ['man', 'complete-bash', 'complete-zsh'],
    text: 'write the manual page or a completion script to standard output and leave',
  },
} as const satisfies OptionTable;

/** Common options that make sense on the command line alone. */
const commandLineOnly: readonly string[] = ['help', 'version', 'generate'];

/** The options of a command with the common ones behind them. */
export function allOptions(command: Pick<Command, 'options'>): OptionTable {
  return { ...command.options, ...commonOptions };
}

/** The variables that set an option: `LP_MAX_LINE` for `max-line`, and the option's own; none for `--help` and its like. */
export function variablesOf(name: string, option: Option): readonly string[] {
  if (commandLineOnly.includes(name)) return [];
  return [`LP_${name.toUpperCase().replaceAll('-', '_')}`, ...(option.variables ?? [])];
}
