import type { Command } from './command.ts';
import { allOptions, variablesOf } from './common-options.ts';
import type { Setting } from './config-file.ts';
import { misspelt, nearest } from './suggest.ts';

/** Sections that some command reads. */
const sections: readonly string[] = ['tail', 'parse', 'filter', 'analyze', 'store', 'report', 'rules', 'triage'];

/** Options that are no slips of each other, though they look it: a setting above the sections is for all commands. */
const alike: readonly string[] = ['rule', 'rules', 'state', 'stats'];

/** The section of a file that a command alone reads: `parse` for `lp-parse`. */
export function sectionOf(commandName: string): string {
  return commandName.replace(/^lp-/, '');
}

/** Tells whether a setting's name is that of a variable. */
export function isVariable(name: string): boolean {
  return /^[A-Z_][A-Z0-9_]*$/.test(name);
}

/**
 * What a file sets for nobody: sections that no command reads, names in the command's own section that it does not know,
 * and above the sections, where a name may be meant for another command, what looks like a slip of the pen.
 */
export function strangersInFile(command: Command, settings: readonly Setting[]): readonly string[] {
  const { names, known } = namesOf(command);
  const own = sectionOf(command.name);
  const readable = sections.includes(own) ? sections : [...sections, own];
  const reported = new Set<string>();
  const warnings: string[] = [];
  for (const { section, name, place } of settings) {
    if (section !== '' && !readable.includes(section)) {
      if (!reported.has(section))
        warnings.push(`${place}: no command reads the section [${section}]${meantSection(section, readable)}`);
      reported.add(section);
    } else if (section === own && !known.has(name) && !isVariable(name)) {
      const meant = nearest(name, names);
      const advice = meant === undefined ? `${command.name} --help lists them` : `did you mean ${meant}?`;
      warnings.push(`${place}: ${command.name} has no option "${name}"; ${advice}`);
    } else if (section === '' || section === own) {
      const meant = slipOf(name, known);
      if (meant !== undefined) warnings.push(`${place}: ${name} is not used; did you mean ${meant}?`);
    }
  }
  return warnings;
}

/** Variables of lp in the environment that look like a slip of the pen. */
export function strangersInEnvironment(command: Command, environment: Readonly<Record<string, unknown>>): readonly string[] {
  const { known } = namesOf(command);
  const warnings: string[] = [];
  for (const name of Object.keys(environment)) {
    if (!name.startsWith('LP_')) continue;
    const meant = slipOf(name, known);
    if (meant !== undefined) warnings.push(`${name} is not used; did you mean ${meant}?`);
  }
  return warnings;
}

function namesOf(command: Command): { names: readonly string[]; known: ReadonlySet<string> } {
  const options = Object.entries(allOptions(command)).filter(([name, option]) => variablesOf(name, option).length > 0);
  const names = options.map(([name]) => name);
  return { names, known: new Set(options.flatMap(([name, option]) => [name, ...variablesOf(name, option)])) };
}

/** The name that was meant, of an option for an option and of a variable for a variable. */
function slipOf(name: string, known: ReadonlySet<string>): string | undefined {
  if (known.has(name) || alike.includes(optionOf(name))) return undefined;
  const prefix = name.startsWith('LP_') ? 'LP_' : '';
  const candidates = [...known].filter((other) => isVariable(other) === isVariable(name) && other.startsWith(prefix));
  // What all variables begin with says nothing of how much they are alike.
  const meant = misspelt(
    name.slice(prefix.length),
    candidates.map((candidate) => candidate.slice(prefix.length)),
  );
  return meant === undefined ? undefined : prefix + meant;
}

function optionOf(name: string): string {
  return isVariable(name) ? name.replace(/^LP_/, '').toLowerCase().replaceAll('_', '-') : name;
}

function meantSection(section: string, readable: readonly string[]): string {
  const meant = nearest(section, readable);
  return meant === undefined ? `; there are ${readable.map((name) => `[${name}]`).join(', ')}` : `; did you mean [${meant}]?`;
}
