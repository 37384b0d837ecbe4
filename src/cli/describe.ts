/*
 * What the help and the manual page both say of a command, so that they cannot disagree.
 */
import { type ExitStatus, exitStatus } from '../model/exit-status.ts';
import type { Command } from './command.ts';
import { allOptions } from './common-options.ts';
import type { Option } from './options.ts';

/** The commands that work together, in the order of the pipe. */
const pipeline: readonly string[] = ['lp-parse', 'lp-filter', 'lp-analyze', 'lp-store', 'lp-report'];

/** A file that commands read, and what for. */
export const files: readonly (readonly [path: string, text: string])[] = [
  [
    '/etc/lp/lp.conf',
    'settings of the whole machine, read if the file is there: NAME=VALUE lines, and sections such as [parse] for one command alone',
  ],
];

const statuses: readonly (readonly [status: ExitStatus, text: string, needs?: string])[] = [
  [exitStatus.ok, 'the command has done its job'],
  [exitStatus.findings, 'findings at or above the severity given with --fail-on were seen', 'fail-on'],
  [exitStatus.usage, 'the command line or a variable is wrong'],
  [exitStatus.badData, 'some input could not be used, and --strict was given', 'strict'],
  [exitStatus.noInput, 'an input file cannot be read'],
  [exitStatus.unavailable, 'a service that is needed does not answer'],
  [exitStatus.bug, 'a fault of the program itself; please report it'],
  [exitStatus.cannotCreate, 'an output file cannot be created'],
  [exitStatus.ioError, 'reading or writing failed, as when a disk is full'],
  [exitStatus.temporaryFailure, 'something is busy or locked; try again'],
  [exitStatus.permission, 'permission is missing'],
  [exitStatus.config, 'a configuration file is wrong or cannot be read'],
  [exitStatus.interrupted, 'stopped by SIGINT, after all that was held has been written'],
  [exitStatus.brokenPipe, 'the reader of standard output went away'],
  [exitStatus.terminated, 'stopped by SIGTERM, after all that was held has been written'],
];

/** The statuses that a command can end with, and what each means. */
export function exitStatusesOf(command: Command): readonly (readonly [status: ExitStatus, text: string])[] {
  const options = allOptions(command);
  const possible = statuses.filter(([, , needs]) => needs === undefined || Object.hasOwn(options, needs));
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
