import type { LogRecord } from '../model/envelope.ts';
import { encodedParts } from './decoded.ts';
import type { Field } from './fields.ts';
import type { Route } from './logsource.ts';
import { notable } from './request/values.ts';
import type { SingleRule } from './rule.ts';
import { type Need, needsOf, type Term } from './term.ts';

/** Something of which a record must have at least one to be of use to a rule, in terms of what stands in it. */
export type PlainNeed = { readonly path: readonly string[] } & (
  | { readonly kind: 'value' | 'part' | 'start' /** In lower case. */; readonly text: string }
  | { readonly kind: 'range'; readonly low: number; readonly high: number }
  | { readonly kind: 'present' }
);

/** What a rule needs of records, and of which it may. */
export interface RuleNeed {
  readonly need: PlainNeed;
  readonly leadsTo: Route['leadsTo'];
}

/**
 * What records that any of the rules may match have at least one of, also where rules ask for what is worked out of a record
 * or for the decoded forms of a text: it may be more than they need, and never less. Undefined when nothing is sure.
 */
export function plainNeedsOf(rules: readonly SingleRule[]): readonly RuleNeed[] | undefined {
  const found: RuleNeed[] = [];
  for (const { term, route } of rules) {
    const needs = plainNeedsOfTerm(term);
    if (needs === undefined) return undefined;
    found.push(...needs.map((need) => ({ need, leadsTo: route.leadsTo })));
  }
  return found;
}

/** The same for one term. */
export function plainNeedsOfTerm(term: Term): readonly PlainNeed[] | undefined {
  const needs = needsOf(term)?.map(plain);
  return needs === undefined || needs.includes(undefined) ? undefined : needs.flatMap((need) => need ?? []);
}

/** Tells whether something is asked for by a rule that looks at the record: what only others ask for may not be looked at. */
export function askedBy(needs: readonly RuleNeed[]): (need: PlainNeed, record: LogRecord) => boolean {
  const routes = new Map<string, Route['leadsTo'][]>();
  for (const { need, leadsTo } of needs) {
    const key = JSON.stringify(need);
    const known = routes.get(key);
    if (known === undefined) routes.set(key, [leadsTo]);
    else known.push(leadsTo);
  }
  return (need, record) => routes.get(JSON.stringify(need))?.some((leadsTo) => leadsTo(record)) === true;
}

/** Most that rules ask of audit records is worked out of the whole entry. */
const auditRecords: PlainNeed = { kind: 'value', path: ['log', 'dataset'], text: 'auditd' };

const commandLines: readonly PlainNeed[] = [auditRecords, { kind: 'present', path: ['process', 'command_line'] }];

function plain(need: Need): readonly PlainNeed[] | undefined {
  const { field } = need;
  if (field.name === 'lp.attack') return attacks;
  if (field.name.startsWith('auditd.')) return [auditRecords];
  if (field.name === 'process.command_line') return commandLines;
  // Where it is not told, it is the beginning of the command line.
  if (field.name === 'process.executable') return [...commandLines, ...ofField(field, need)];
  return field.derived === undefined ? ofField(field, need) : undefined;
}

/** What makes a text worth decoding. */
const encodings = { none: [], any: encodedParts, percent: ['%'] };

function ofField({ path, decoding }: Field, need: Need): readonly PlainNeed[] {
  const { kind } = need;
  if (kind === 'present') return [{ kind, path }];
  if (kind === 'range') return [{ kind, path, low: need.low, high: need.high }];
  return [{ kind, path, text: need.text }, ...encodings[decoding].map((text) => ({ kind: 'part', path, text }) as const)];
}

const attacks: readonly PlainNeed[] = [
  ...notableAt(['url', 'original'], 'address'),
  ...notableAt(['url', 'path'], 'address'),
  ...notableAt(['http', 'request', 'referrer'], 'referrer'),
  ...notableAt(['user_agent', 'original'], 'agent'),
];

function notableAt(path: readonly string[], where: keyof typeof notable): readonly PlainNeed[] {
  const { parts, starts } = notable[where];
  return [
    ...parts.map((text) => ({ kind: 'part', path, text }) as const),
    ...starts.map((text) => ({ kind: 'start', path, text }) as const),
  ];
}
