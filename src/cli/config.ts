import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { LpError, reasonOf, systemCodeOf } from '../model/error.ts';
import { exitStatus } from '../model/exit-status.ts';
import type { Arguments } from './arguments.ts';
import type { Command } from './command.ts';
import { allOptions, variablesOf } from './common-options.ts';
import type { Setting } from './config-file.ts';
import type { Option } from './options.ts';
import { isVariable, sectionOf, strangersInEnvironment, strangersInFile } from './strangers.ts';
import { type Given, type OptionValue, optionValue } from './values.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where settings come from, besides the command line. */
export interface Sources {
  readonly environment: Environment;
  /** The file of the whole machine, read if it is there. */
  readonly standardFile: string;
  readonly now: Date;
}

/** What a command is told, from all sources together. */
export interface Configuration {
  readonly values: Readonly<Record<string, OptionValue>>;
  /** The environment, and under it the variables of the configuration files; what is empty is left out. */
  readonly environment: Environment;
  /** What a person should mend, though the command can do without. */
  readonly warnings: readonly string[];
}

/** The settings of one file that concern one command, those of its own section last. */
type Layer = readonly Setting[];

/**
 * Settles each option: command line, then environment, then `--config FILE`, then the standard file, then default.
 * Throws `LpError` 64 for a bad value, 78 when it stands in a file or the file cannot be read.
 */
export async function configure(command: Command, given: Arguments, sources: Sources): Promise<Configuration> {
  const table = allOptions(command);
  const real = withoutEmpty(sources.environment);
  const warnings: string[] = [...strangersInEnvironment(command, real)];
  const layers: Layer[] = [];
  const named = given.options.get('config')?.at(-1) ?? real['LP_CONFIG'];
  for (const path of [named, sources.standardFile]) {
    if (path === undefined) continue;
    const settings = await readSettings(path, path === named, warnings);
    warnings.push(...strangersInFile(command, settings));
    layers.push(concerning(command, settings));
  }
  const values: Record<string, OptionValue> = {};
  for (const [name, option] of Object.entries(table)) {
    const found = onCommandLine(name, given) ?? inEnvironment(name, option, real) ?? inFiles(name, option, layers);
    values[name] = settled(name, option, { found, now: sources.now });
  }
  return { values, environment: { ...variablesIn(layers), ...real }, warnings };
}

function settled(name: string, option: Option, { found, now }: { found: Given | undefined; now: Date }): OptionValue {
  if (found !== undefined) return optionValue(option, found, now);
  if (option.kind === 'flag') return false;
  if (option.kind === 'list') return [];
  if (option.kind === 'time' || option.default === undefined) return undefined;
  return optionValue(option, { texts: [option.default], place: `default of --${name}`, status: exitStatus.bug }, now);
}

function onCommandLine(name: string, given: Arguments): Given | undefined {
  const texts = given.options.get(name);
  return texts && { texts, place: `--${name}`, status: exitStatus.usage };
}

function inEnvironment(name: string, option: Option, environment: Environment): Given | undefined {
  for (const variable of variablesOf(name, option)) {
    const text = environment[variable];
    if (text !== undefined) return { texts: parts(option, text), place: variable, status: exitStatus.usage };
  }
  return undefined;
}

function inFiles(name: string, option: Option, layers: readonly Layer[]): Given | undefined {
  const variables = variablesOf(name, option);
  if (variables.length === 0) return undefined;
  const names = [name, ...variables];
  for (const settings of layers) {
    const setting = settings.findLast((candidate) => names.includes(candidate.name) && candidate.value !== '');
    if (setting === undefined) continue;
    return { texts: parts(option, setting.value), place: `${setting.place}: ${setting.name}`, status: exitStatus.config };
  }
  return undefined;
}

/** A list in one text is parted by commas. */
function parts(option: Option, text: string): readonly string[] {
  if (option.kind !== 'list') return [text];
  const words = text.split(',').map((word) => word.trim());
  return words.filter((word) => word !== '');
}

function concerning(command: Command, settings: readonly Setting[]): Layer {
  const own = sectionOf(command.name);
  return [...settings.filter(({ section }) => section === ''), ...settings.filter(({ section }) => section === own)];
}

function variablesIn(layers: readonly Layer[]): Environment {
  const variables: Record<string, string> = {};
  for (const settings of layers.toReversed()) {
    for (const { name, value } of settings) {
      if (value !== '' && isVariable(name)) variables[name] = value;
    }
  }
  return variables;
}

function withoutEmpty(environment: Environment): Environment {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''));
}

async function readSettings(path: string, isNamed: boolean, warnings: string[]): Promise<readonly Setting[]> {
  const file = isNamed ? read(path) : readIfThere(path, warnings);
  if (file === undefined) return [];
  const { parseConfigFile } = await import('./config-file.ts');
  const settings = parseConfigFile(file.text, path);
  if (!file.isOpenToOthers) return settings;
  const secrets = settings.filter(({ name, value }) => value !== '' && isSecret(name));
  for (const { name, place } of secrets) {
    warnings.push(`${place}: ${name} is not used, because every user can read the file; run: chmod 600 ${path}`);
  }
  return settings.filter((setting) => !secrets.includes(setting));
}

function isSecret(name: string): boolean {
  return isVariable(name) && /(?:^|_)(?:API_?KEY|TOKEN|SECRET|(?:PG)?PASSWORD)$/.test(name);
}

interface FileText {
  readonly text: string;
  readonly isOpenToOthers: boolean;
}

/** A file that nobody asked for may be missing, and is not for every user to read. */
function readIfThere(path: string, warnings: string[]): FileText | undefined {
  try {
    return read(path);
  } catch (thrown) {
    const code = thrown instanceof LpError ? systemCodeOf(thrown.cause) : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    if (code !== 'EACCES') throw thrown;
    warnings.push(`${path}: this user may not read it, so its settings are not used`);
    return undefined;
  }
}

/** Largest configuration file, in bytes: far more than people write, and far less than what would fill the memory. */
const maxFileBytes = 1024 * 1024;

/** Looks at the mode of the very file that it reads. */
function read(path: string): FileText {
  let file: number | undefined;
  try {
    // Without waiting: a pipe that nobody writes to would hold the command up for ever.
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const about = fstatSync(file);
    if (!about.isFile()) throw new Error('it is no regular file');
    if (about.size > maxFileBytes) throw new Error(`it is larger than ${maxFileBytes / 1024 / 1024} MiB`);
    return { isOpenToOthers: (about.mode & 0o004) !== 0, text: readFileSync(file, 'utf8') };
  } catch (thrown) {
    const reason = reasonOf(thrown);
    throw new LpError(`cannot read the configuration file ${path}: ${reason}`, exitStatus.config, { cause: thrown });
  } finally {
    if (file !== undefined) closeSync(file);
  }
}
