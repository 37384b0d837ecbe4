import type { PrintableText } from './printable.ts';

/** When to use colour: `--color`. */
export type ColorChoice = 'auto' | 'always' | 'never';

type Paint = (text: PrintableText) => PrintableText;

/** Ways to set text apart on a terminal. */
export interface Style {
  readonly bold: Paint;
  readonly dim: Paint;
  readonly underline: Paint;
  readonly red: Paint;
  readonly green: Paint;
  readonly yellow: Paint;
  readonly blue: Paint;
  readonly magenta: Paint;
  readonly cyan: Paint;
}

/**
 * Tells whether one stream gets colour. `auto` asks NO_COLOR, then FORCE_COLOR, then TERM, then whether it is a terminal.
 * Source: no-color.org, force-color.org.
 */
export function isColorWanted(
  choice: ColorChoice,
  isTerminal: boolean,
  environment: Readonly<Record<string, string | undefined>>,
): boolean {
  if (choice !== 'auto') return choice === 'always';
  const forced = environment['FORCE_COLOR'] ?? '';
  if ((environment['NO_COLOR'] ?? '') !== '') return false;
  if (forced !== '') return forced !== '0' && forced !== 'false';
  return isTerminal && environment['TERM'] !== 'dumb';
}

/** The style for a stream with colour, or one that leaves text as it is. */
export async function styleFor(hasColor: boolean): Promise<Style> {
  return hasColor ? colorful() : plain;
}

const asItIs: Paint = (text) => text;

const plain: Style = {
  bold: asItIs,
  dim: asItIs,
  underline: asItIs,
  red: asItIs,
  green: asItIs,
  yellow: asItIs,
  blue: asItIs,
  magenta: asItIs,
  cyan: asItIs,
};

async function colorful(): Promise<Style> {
  const { Chalk } = await import('chalk');
  // The 16 colours that follow the reader's own palette; what a terminal can do has been decided before.
  const chalk = new Chalk({ level: 1 });
  // The escapes that chalk puts around printable text are the only ones that may reach a terminal.
  const paint =
    (change: (text: string) => string): Paint =>
    (text) =>
      change(text) as PrintableText;
  return {
    bold: paint(chalk.bold),
    dim: paint(chalk.dim),
    underline: paint(chalk.underline),
    red: paint(chalk.red),
    green: paint(chalk.green),
    yellow: paint(chalk.yellow),
    blue: paint(chalk.blue),
    magenta: paint(chalk.magenta),
    cyan: paint(chalk.cyan),
  };
}
