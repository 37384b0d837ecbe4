import type { Command } from './command.ts';
import { commonOptions } from './common-options.ts';
import { exitStatusesOf, notesOn, relatedPages, synopsisOf, timesOf } from './describe.ts';
import type { Option, OptionTable } from './options.ts';

const columns = 80;
const textColumn = 26;

/** The whole help of a command, in 80 columns: examples first. Ends with a newline. */
export function fullHelp(command: Command): string {
  const sections = [
    title(command),
    section('Examples', command.examples.flatMap(exampleLines)),
    usage(command),
    operandSection(command),
    section('Options', optionLines(command.options)),
    section('Common options', optionLines(commonOptions)),
    'Each option but --help, --version and --generate can also be set in the\nenvironment or a configuration file: --max-line as LP_MAX_LINE or max-line.',
    section(
      'Times',
      timesOf(command).map(([form, text]) => entry(form, text, textColumn)),
    ),
    section(
      'Exit status',
      exitStatusesOf(command).map(([status, text]) => entry(`${status}`.padStart(3), text, 7)),
    ),
    section('Files', [entry('/etc/lp/lp.conf', 'settings of the whole machine', textColumn)]),
    section('See also', [`  ${wrapped(relatedPages(command).join(', '), columns - 2, 2)}`]),
  ];
  return `${sections.filter((text) => text !== '').join('\n\n')}\n`;
}

/** What a person gets who starts a command that waits for input: one example, and where the help is. Ends with a newline. */
export function shortHelp(command: Command): string {
  const first = command.examples.slice(0, 1).flatMap(exampleLines);
  const hint = `${command.name} reads standard input, and that is a terminal: give it a pipe or a file. Try '${command.name} --help'.`;
  const sections = [title(command), section('Example', first), usage(command), wrapped(hint, columns, 0)];
  return `${sections.filter((text) => text !== '').join('\n\n')}\n`;
}

/** Breaks text at spaces into lines of at most `width` characters, all but the first behind `indent` spaces. */
export function wrapped(text: string, width: number, indent: number): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line].join(`\n${' '.repeat(indent)}`);
}

function title(command: Command): string {
  return wrapped(`${command.name} - ${command.summary}`, columns, 2);
}

function usage(command: Command): string {
  return `Usage: ${command.name} ${synopsisOf(command)}`;
}

function section(name: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : `${name}:\n${lines.join('\n')}`;
}

/** A command is never wrapped: it is there to be copied. */
function exampleLines({ text, command }: Command['examples'][number]): readonly string[] {
  const lines = command.split('\n').map((line) => `    ${line}`);
  return [`  ${wrapped(text, columns - 2, 2)}`, ...lines];
}

function operandSection({ operands }: Command): string {
  return operands === undefined ? '' : section('Operands', [entry(operands.name, operands.text, textColumn)]);
}

function optionLines(table: OptionTable): readonly string[] {
  return Object.entries(table).map(([name, option]) => entry(label(name, option), described(option), textColumn));
}

function label(name: string, option: Option): string {
  const short = option.short === undefined ? '    ' : `-${option.short}, `;
  return `${short}--${name}${option.kind === 'flag' ? '' : `=${option.argument}`}`;
}

function described(option: Option): string {
  const variables = option.variables ?? [];
  const notes = [...notesOn(option), ...(variables.length === 0 ? [] : [`variable: ${variables.join(', ')}`])];
  return notes.length === 0 ? option.text : `${option.text} (${notes.join('; ')})`;
}

function entry(name: string, text: string, column: number): string {
  const lines = wrapped(text, columns - column, column);
  const start = `  ${name}`;
  return start.length + 2 > column ? `${start}\n${' '.repeat(column)}${lines}` : `${start.padEnd(column)}${lines}`;
}
