/*
 * Manual pages in the man(7) macros, which every man program reads. Source: groff_man(7), man-pages(7).
 */
import type { Command } from './command.ts';
import { allOptions, commonOptions, variablesOf } from './common-options.ts';
import { completionFiles, exitStatusesOf, files, notesOn, relatedPages, synopsisOf, timesOf } from './describe.ts';
import type { Option, OptionTable } from './options.ts';
import { product, releaseDate } from './release.ts';

/** The same with the sections that have to be made. */
export async function wholeManualPage(command: Command): Promise<string> {
  const made = (await command.madeSections?.()) ?? [];
  return manualPage({ ...command, sections: [...(command.sections ?? []), ...made] });
}

/** The manual page of a command in roff. The same command gives the same page. */
export function manualPage(command: Command): string {
  const { name, version } = product();
  const lines = [
    `.TH ${command.name.toUpperCase()} 1 ${releaseDate} "${name} ${version}" "User Commands"`,
    '.SH NAME',
    `${escaped(command.name)} \\- ${escaped(command.summary)}`,
    '.SH SYNOPSIS',
    `.B ${literal(command.name)}`,
    escaped(synopsisOf(command)),
    '.SH DESCRIPTION',
    ...prose(command.description.length === 0 ? [sentence(command.summary)] : command.description),
    ...operands(command),
    '.SH OPTIONS',
    ...Object.entries(command.options).flatMap(([option, details]) => optionEntry(option, details)),
    '.SS Options of all commands',
    ...Object.entries<Option>(commonOptions).flatMap(([option, details]) => optionEntry(option, details)),
    ...(command.sections ?? []).flatMap(({ title, paragraphs }) => [heading(title), ...prose(paragraphs)]),
    ...times(command),
    '.SH ENVIRONMENT',
    ...environment(allOptions(command)),
    '.SH FILES',
    ...[...files, ...completionFiles(command)].flatMap(([path, text]) => tagged(`.I ${literal(path)}`, sentence(text))),
    '.SH EXIT STATUS',
    ...exitStatusesOf(command).flatMap(([status, text]) => tagged(`.B ${status}`, sentence(text))),
    ...examples(command),
    '.SH SEE ALSO',
    ...relatedPages(command).map(pageReference),
  ];
  return `${lines.join('\n')}\n`;
}

function operands({ operands }: Command): readonly string[] {
  if (operands === undefined) return [];
  return tagged(`.I ${literal(operands.name)}`, sentence(operands.text));
}

function optionEntry(name: string, option: Option): readonly string[] {
  const short = option.short === undefined ? '' : `\\fB\\-${option.short}\\fR, `;
  const argument = option.kind === 'flag' ? '' : `=\\fI${literal(option.argument)}\\fR`;
  const notes = notesOn(option).map((note) => sentence(note));
  return tagged(`${short}\\fB\\-\\-${literal(name)}\\fR${argument}`, [sentence(option.text), ...notes].join(' '));
}

function environment(table: OptionTable): readonly string[] {
  const intro =
    'An option on the command line comes first, then the environment, then the file given with `--config`, then `/etc/lp/lp.conf`. In a file, an option is set by its own name or by a variable, and a section such as `[parse]` is read by that command alone. A variable that is empty counts as not set; a list is parted by commas.';
  const settable = Object.entries(table).map(([name, option]) => ({ name, variables: variablesOf(name, option) }));
  const entries = settable.filter(({ variables }) => variables.length > 0);
  return [
    ...prose([intro]),
    ...entries.flatMap(({ name, variables }) =>
      tagged(`.BR ${variables.map(literal).join(' ", " ')}`, `The same as \`--${name}\`.`),
    ),
    ...tagged('.BR NO_COLOR ", " FORCE_COLOR ", " TERM', 'What `--color=auto` goes by, besides the terminal.'),
  ];
}

function times(command: Command): readonly string[] {
  const forms = timesOf(command);
  if (forms.length === 0) return [];
  return [
    '.SH TIMES',
    ...prose(['A TIME is one of:']),
    ...forms.flatMap(([form, text]) => tagged(`.B ${quotedArgument(form)}`, sentence(text))),
  ];
}

/** One argument of a request: quotes in it are written as their glyphs. */
function quotedArgument(text: string): string {
  return `"${literal(text).replaceAll('"', '\\(dq')}"`;
}

function examples(command: Command): readonly string[] {
  if (command.examples.length === 0) return [];
  const blocks = command.examples.map(({ text, command: line }, index) => [
    ...(index === 0 ? [] : ['.PP']),
    marked(sentence(text).replace(/\.$/, ':')),
    '.PP',
    '.RS 4',
    '.EX',
    ...line.split('\n').map(setAsItIs),
    '.EE',
    '.RE',
  ]);
  return ['.SH EXAMPLES', ...blocks.flat()];
}

function tagged(tag: string, text: string): readonly string[] {
  return ['.TP', tag, marked(text)];
}

/** Paragraphs; one whose lines all start with four spaces is set as it is. */
function prose(paragraphs: readonly string[]): readonly string[] {
  return paragraphs.flatMap((paragraph, index) => {
    const lines = paragraph.split('\n');
    const isSetAsItIs = lines.every((line) => line.startsWith('    ') || line === '');
    const body = isSetAsItIs
      ? ['.RS 4', '.EX', ...lines.map((line) => setAsItIs(line.slice(4))), '.EE', '.RE']
      : lines.filter((line) => line.trim() !== '').map((line) => marked(line.trim()));
    return index === 0 ? body : ['.PP', ...body];
  });
}

function heading(title: string): string {
  return `.SH "${escaped(title.toUpperCase()).replaceAll('"', '\\(dq')}"`;
}

function pageReference(page: string, index: number, pages: readonly string[]): string {
  const [, name = page, number = ''] = /^(.*)(\(\d\))$/.exec(page) ?? [];
  return `.BR ${literal(name)} ${number}${index < pages.length - 1 ? ',' : ''}`;
}

function sentence(text: string): string {
  const stop = /[.!?:]$/.test(text) ? '' : '.';
  // A name such as lp-parse keeps its case.
  const first = /^[a-z]+(?![\w-])/.test(text) ? text.charAt(0).toUpperCase() : text.charAt(0);
  return `${first}${text.slice(1)}${stop}`;
}

/** Text with its `literals` in bold. */
function marked(text: string): string {
  const parts = text.split(/`([^`]+)`/);
  const set = parts.map((part, index) => (index % 2 === 0 ? escaped(part) : `\\fB${literal(part)}\\fR`));
  return guarded(set.join(''));
}

function setAsItIs(line: string): string {
  return guarded(literal(line));
}

/** Text to be copied: its hyphens stay ASCII. */
function literal(text: string): string {
  return ascii(text).replaceAll('-', '\\-').replaceAll("'", '\\(aq').replaceAll('`', '\\(ga');
}

/** Text to be read; the dashes of `--option` stay ASCII, those between words need not. */
function escaped(text: string): string {
  return ascii(text).replace(/(?<![\w-])--?(?=\w)/g, (dashes) => dashes.replaceAll('-', '\\-'));
}

function ascii(text: string): string {
  return text.replaceAll('\\', '\\e').replace(/[^\x20-\x7e]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `\\[u${code.toString(16).toUpperCase().padStart(4, '0')}]`;
  });
}

/** A line that starts with a dot or an apostrophe would be a request. */
function guarded(line: string): string {
  return /^[.']/.test(line) ? `\\&${line}` : line;
}
