import { type PrintableText, printable } from '../../io/printable.ts';
import type { Style } from '../../io/style.ts';
import type { Severity } from '../../model/severity.ts';
import type { Totals } from '../digest.ts';
import { numeral, worstFirst } from '../words.ts';

const paints: Readonly<Record<Severity, 'red' | 'yellow' | 'cyan'>> = {
  CRITICAL: 'red',
  ERROR: 'red',
  WARNING: 'yellow',
  INFO: 'cyan',
};

/** Text in the colour of a severity. */
export function painted(text: string, severity: Severity, style: Style): PrintableText {
  const colored = style[paints[severity]](printable(text));
  return severity === 'CRITICAL' ? style.bold(colored) : colored;
}

/** `1 CRITICAL` and so on for each severity that there is, worst first. */
export function totalsIn(totals: Totals, style: Style): readonly PrintableText[] {
  return worstFirst
    .filter((severity) => totals[severity] > 0)
    .map((name) => painted(`${numeral(totals[name])} ${name}`, name, style));
}

/** The same without colour: `1 CRITICAL, 3 ERROR`; an empty text when there is none. */
export function totalsWords(totals: Totals): string {
  const parts = worstFirst.filter((severity) => totals[severity] > 0).map((name) => `${numeral(totals[name])} ${name}`);
  return parts.join(', ');
}
