import { canonicalSource } from '../model/canonical-source.ts';
import type { Finding } from '../model/envelope.ts';
import type { Field } from '../sigma/fields.ts';
import type { Rule } from '../sigma/rule.ts';
import type { Subject } from '../sigma/subject.ts';

/** What a matched record counts for: the group it is counted in, and whom a finding would be about. */
export interface Group {
  readonly key: string;
  readonly entity: Finding['entity'];
}

/**
 * The group of a record under `rule`, or undefined when it lacks a field that the rule groups by. `ruleIndex` says which of a
 * correlation's rules the record matched.
 */
export function groupOf(rule: Rule, subject: Subject, ruleIndex: number): Group | undefined {
  const groupBy = rule.kind === 'correlation' ? rule.groupBy.map(({ fields }) => fields[ruleIndex]) : [];
  const values: string[] = [];
  for (const field of groupBy) {
    const value = field === undefined ? undefined : valueIn(field, subject);
    if (value === undefined) return undefined;
    values.push(value);
  }
  const entity = entityOf(rule, subject, groupBy[0]);
  return { key: values.length > 0 ? values.join('\0') : `${entity.type}\0${entity.value}`, entity };
}

function entityOf(rule: Rule, subject: Subject, grouped: Field | undefined): Finding['entity'] {
  for (const field of [rule.entity, grouped]) {
    const value = field === undefined ? undefined : valueIn(field, subject);
    if (field !== undefined && value !== undefined) return { type: typeOf(field.name), value };
  }
  const { source, user, host, log } = subject.record;
  if (source?.ip !== undefined) return { type: 'ip', value: source.ip };
  if (user?.name !== undefined) return { type: 'user', value: user.name };
  if (host?.name !== undefined) return { type: 'host', value: host.name };
  return { type: 'source', value: canonicalSource(log.source) };
}

/** A log is the same one before and after its rotation. */
function valueIn(field: Field, subject: Subject): string | undefined {
  const [value] = subject.texts(field);
  return value !== undefined && field.name === 'log.source' ? canonicalSource(value) : value;
}

const types: Readonly<Record<string, string>> = {
  user: 'user',
  process: 'process',
  service: 'process',
  host: 'host',
  url: 'host',
};

function typeOf(name: string): string {
  if (name.endsWith('.ip')) return 'ip';
  return types[name.slice(0, name.indexOf('.'))] ?? 'source';
}
