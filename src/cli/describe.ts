/*
 * What the help and the manual page both say of a command, so that they cannot disagree.
 */
import { type ExitStatus, exitStatus } from '../model/exit-status.ts';
import type { Command } from './command.ts';
import type { Option } from './options.ts';
import { timeForms } from './times.ts';

/** The commands that work together, in the order of the pipe. */
const pipeline: readonly string[] = ['lp-parse', 'lp-filter', 'lp-analyze', 'lp-store', 'lp-report', 'lp-triage'];

/** A file that commands read, and what for. */
export const files: readonly (readonly [path: string, text: string])[] = [
  [
    '/etc/lp/lp.conf',
    'settings of the whole machine, read if the file is there: NAME=VALUE lines, and sections such as [parse] for one command alone',
  ],
];

/** Where a shell looks for the completion of a command, and how it gets there. */
export function completionFiles({ name }: Command): readonly (readonly [path: string, text: string])[] {
  return [
    [`/usr/share/bash-completion/completions/${name}`, `completion for bash, as \`${name} --generate complete-bash\` writes it`],
    [
      `/usr/local/share/zsh/site-functions/_${name}`,
      `completion for zsh, as \`${name} --generate complete-zsh\` writes it; any directory of \`$fpath\` will do`,
    ],
  ];
}

/** How a TIME may be written, when the command takes one. */
export function timesOf({ options }: Command): typeof timeForms {
  return Object.values(options).some(({ kind }) => kind === 'time') ? timeForms : [];
}

type Usage = (command: Command) => boolean;

const has =
  (...options: readonly string[]): Usage =>
  (command) =>
    options.some((option) => Object.hasOwn(command.options, option));

const readsFindings: Usage = has('backup', 'fail-on');
const takesFiles: Usage = ({ operands }) => operands?.name === 'FILE';
const either =
  (...usages: readonly Usage[]): Usage =>
  (command) =>
    usages.some((usage) => usage(command));

/** Each status with what it means, and which commands can end with it; without that, all can. */
const statuses: readonly (readonly [status: ExitStatus, text: string, isUsedBy?: Usage])[] = [
  [exitStatus.ok, 'the command has done its job'],
  [exitStatus.findings, 'findings at or above the severity given with --fail-on were seen', has('fail-on')],
  [exitStatus.usage, 'the command line or a variable is wrong'],
  [exitStatus.badData, 'a compressed input file is damaged', takesFiles],
  [exitStatus.badData, 'standard input is of another kind than this command reads', has('rules')],
  [exitStatus.badData, 'standard input holds no findings, or the database is damaged or not one of lp', readsFindings],
  [exitStatus.badData, 'the database is damaged, or not one of lp', (command) => has('db')(command) && !readsFindings(command)],
  [exitStatus.noInput, 'an input file cannot be read', takesFiles],
  [exitStatus.noInput, 'with --once, none of the logs that are named is there', has('once')],
  [exitStatus.noInput, 'there is no database', has('fail-on', 'backup', 'reason')],
  [exitStatus.unavailable, 'the program that unpacks a file is not installed', takesFiles],
  [exitStatus.unavailable, 'SQLite cannot be loaded', has('db')],
  [exitStatus.bug, 'a fault of the program itself; please report it'],
  [exitStatus.cannotCreate, 'an output file cannot be created', has('dead-letter', 'output', 'db')],
  [exitStatus.ioError, 'reading or writing failed, as when a disk is full'],
  [exitStatus.temporaryFailure, 'another process holds the database; try again', has('db')],
  [exitStatus.permission, 'permission is missing', either(takesFiles, has('db'))],
  [exitStatus.config, 'a configuration file or a rule is wrong or cannot be read', has('rules')],
  [exitStatus.config, 'a configuration file is wrong or cannot be read', (command) => !has('rules')(command)],
  [exitStatus.interrupted, 'stopped by SIGINT, after all that was held has been written'],
  [exitStatus.brokenPipe, 'the reader of standard output went away'],
  [exitStatus.terminated, 'stopped by SIGTERM, after all that was held has been written'],
];

/** The statuses that a command can end with, and what each means. */
export function exitStatusesOf(command: Command): readonly (readonly [status: ExitStatus, text: string])[] {
  const possible = statuses.filter(([, , isUsedBy]) => isUsedBy === undefined || isUsedBy(command));
  return possible.map(([status, text]) => [status, text]);
}

/** `[OPTION]... [FILE]...`: what may follow the command's name. */
export function synopsisOf(command: Command): string {
  if (command.operands === undefined) return '[OPTION]...';
  const { name, isRequired, isMany } = command.operands;
  return `[OPTION]... ${isRequired ? name : `[${name}]`}${isMany ? '...' : ''}`;
}

/** What is to be said of an option behind its text: choices, default, that it may be repeated. */
export function notesOn(option: Option): readonly string[] {
  const notes: string[] = [];
  if (option.kind === 'choice') notes.push(`one of ${option.choices.join(', ')}`);
  if (option.kind === 'list') notes.push('may be given more than once');
  if ('default' in option && option.default !== undefined) notes.push(`default: ${option.default}`);
  return notes;
}

/** Where to read on: the other commands and the pages that are not about a command, as `lp-store(1)`. */
export function relatedPages(command: Command): readonly string[] {
  const others = pipeline.filter((name) => name !== command.name);
  return [...others.map((name) => `${name}(1)`), 'lp-record(5)', 'lp(7)'];
}
