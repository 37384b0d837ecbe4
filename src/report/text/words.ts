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

/** The first entry, and the one that tells most besides: what was let in, else the last one that says something else. */
export function twoOf(evidence: readonly Evidence[]): readonly Evidence[] {
  const [first, ...rest] = evidence;
  if (first === undefined) return [];
  const others = rest.filter((entry) => bodyOf(entry) !== bodyOf(first));
  const second = others.findLast((entry) => entry.event?.outcome === 'success') ?? others.at(-1);
  return second === undefined ? [first] : [first, second];
}

/** An access log line up to its request: address, identity, user, and the time in brackets. */
const accessHeader = /^(\S{1,300}) \S{1,100} \S{1,100} \[[^\]]{20,40}\] (?=")/;

/** What an entry says, without the time and the header that its log writes before it. */
export function bodyOf({ message, original }: Evidence): string {
  return typeof message === 'string' && message.trim() !== '' ? message.trim() : original.trim().replace(accessHeader, '$1 ');
}
