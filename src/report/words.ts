import { at } from '../model/decode.ts';
import type { Evidence, Finding } from '../model/envelope.ts';
import { type Severity, severities } from '../model/severity.ts';
import type { ModelUse } from './digest.ts';

/** The severities, worst first. */
export const worstFirst: readonly Severity[] = [...severities].reverse();

/** A number with its thousands parted: `12,345`. */
export function numeral(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 1 });
}

/** `1 entry`, `277 entries`. */
export function counted(count: number, one: string, many: string): string {
  return `${numeral(count)} ${count === 1 ? one : many}`;
}

/** How many entries the one at this place of a list has: only the first says what is counted. */
export function entriesAt(index: number, count: number): string {
  return index === 0 ? counted(count, 'entry', 'entries') : numeral(count);
}

/** `one`, `one and another`, `one, another and 3 others`; of so many at most. */
export function listed(names: readonly string[], maxNamed: number): string {
  const rest = names.length - maxNamed;
  if (rest > 0) return `${names.slice(0, maxNamed).join(', ')} and ${counted(rest, 'other', 'others')}`;
  const [last = '', ...before] = [...names].reverse();
  return before.length === 0 ? last : `${before.reverse().join(', ')} and ${last}`;
}

/** Whom a finding is about: `203.0.113.5`, `user deploy`, `process nginx`. */
export function entityIn({ entity }: Pick<Finding, 'entity'>): string {
  return entity.type === 'ip' || entity.type === 'source' ? entity.value : `${entity.type} ${entity.value}`;
}

/** A log by name; `-` is what came over standard input. */
export function logIn(source: string): string {
  return source === '-' ? 'standard input' : source;
}

/** The first entry, and the one that tells most besides: what was let in, else the last one that does not just count on. */
export function twoOf(evidence: readonly Evidence[]): readonly Evidence[] {
  const [first, ...rest] = evidence;
  if (first === undefined) return [];
  const others = rest.filter((entry) => shapeOf(entry) !== shapeOf(first));
  const second = others.findLast((entry) => entry.event?.outcome === 'success') ?? others.at(-1);
  return second === undefined ? [first] : [first, second];
}

/** What an entry says apart from its numbers, but for the status of a request: two that differ in these alone show the same. */
function shapeOf(entry: Evidence): string {
  return bodyOf(entry).replace(/(" [1-5]\d\d )|\d+/g, (_, status?: string) => status ?? '0');
}

/** An access log line up to its request: address, identity, user, and the time in brackets. */
const accessHeader = /^(\S{1,300}) \S{1,100} \S{1,100} \[[^\]]{20,40}\] (?=")/;

/** What an entry says, without the time and the header that its log writes before it, but with what was asked for. */
export function bodyOf({ message, original, url }: Evidence): string {
  if (typeof message === 'string' && message.trim() !== '') {
    return typeof url?.path === 'string' ? `${url.path}: ${message.trim()}` : message.trim();
  }
  return withoutContainer(original).trim().replace(accessHeader, '$1 ');
}

/** What Kubernetes writes before each line of a container. */
const criHeader = /^\d{4}-\d\d-\d\dT[\d:.]{8,18}(?:Z|[+-]\d\d:\d\d) std(?:out|err) [FP] /gm;

/** What a container has written, without what Kubernetes or Docker's json-file put around it. */
function withoutContainer(original: string): string {
  if (!original.startsWith('{')) return original.replace(criHeader, '');
  try {
    const log = at(JSON.parse(original), ['log']);
    return typeof log === 'string' ? log : original;
  } catch {
    return original;
  }
}

/** What the language model did and cost, and why it was not heard where it was not. */
export function modelWords({ findings, tokens, costUsd, degraded }: ModelUse): string {
  const cost = costUsd === 0 ? '' : `, ${costUsd.toFixed(4)} USD`;
  const used = `The model judged ${counted(findings, 'finding', 'findings')} (${counted(tokens, 'token', 'tokens')}${cost})`;
  const reasons = [...degraded].map(([reason, count]) => `${reason}: ${numeral(count)}`);
  return reasons.length === 0 ? `${used}.` : `${used}; the rules alone judged others (${reasons.join(', ')}).`;
}
