import { type PrintableText, printable } from '../../io/printable.ts';
import type { Style } from '../../io/style.ts';
import type { Evidence, Finding } from '../../model/envelope.ts';
import { type Severity, severities } from '../../model/severity.ts';
import type { Totals } from '../digest.ts';

/** The severities, worst first. */
export const worstFirst: readonly Severity[] = [...severities].reverse();

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

/** A number with its thousands parted: `12,345`. */
export function numeral(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 1 });
}

/** `1 entry`, `277 entries`. */
export function counted(count: number, one: string, many: string): string {
  return `${numeral(count)} ${count === 1 ? one : many}`;
}

/** Whom a finding is about: `203.0.113.5`, `user deploy`, `process nginx`. */
export function entityIn({ entity }: Finding): string {
  return entity.type === 'ip' || entity.type === 'source' ? entity.value : `${entity.type} ${entity.value}`;
}

/** A log by name; `-` is what came over standard input. */
export function logIn(source: string): string {
  return source === '-' ? 'standard input' : source;
}

/** The first entry, and the last when it says something else. */
export function twoOf(evidence: readonly Evidence[]): readonly string[] {
  const [first, last] = [evidence[0]?.original, evidence.at(-1)?.original];
  return [...new Set([first, last].filter((original) => original !== undefined))];
}
