import { canonicalSource } from '../model/canonical-source.ts';
import type { Finding, LogRecord } from '../model/envelope.ts';
import type { Field } from '../sigma/fields.ts';
import type { Rule } from '../sigma/rule.ts';
import type { Subject } from '../sigma/subject.ts';

/** What a matched record counts for: the group it is counted in, and whom a finding would be about. */
export interface Group {
  readonly key: string;
  readonly entity: Finding['entity'];
}

/** Finds the groups of records. Many rules group by the same field: what that gives is made once for each record. */
export class Grouping {
  #record: LogRecord | undefined;
  readonly #known = new Map<Field, Group>();

  /**
   * The group of a record under `rule`, or undefined when it lacks a field that the rule groups by. `ruleIndex` says which of a
   * correlation's rules the record matched.
   */
  groupOf(rule: Rule, subject: Subject, ruleIndex: number): Group | undefined {
    if (rule.kind === 'single') return ungrouped(rule, subject);
    const [alias, ...more] = rule.groupBy;
    if (alias === undefined) return ungrouped(rule, subject);
    const field = alias.fields[ruleIndex];
    if (field === undefined) return undefined;
    const isPlain = more.length === 0 && (rule.entity === undefined || rule.entity === field);
    return isPlain ? this.#groupBy(field, subject) : groupByAll(rule, subject, ruleIndex);
  }

  #groupBy(field: Field, subject: Subject): Group | undefined {
    if (subject.record !== this.#record) {
      this.#record = subject.record;
      this.#known.clear();
    }
    const known = this.#known.get(field);
    if (known !== undefined) return known;
    const value = valueIn(field, subject);
    if (value === undefined) return undefined;
    const group = { key: value, entity: { type: typeOf(field.name), value } };
    this.#known.set(field, group);
    return group;
  }
}

function ungrouped(rule: Rule, subject: Subject): Group {
  const entity = entityOf(rule, subject, undefined);
  return { key: `${entity.type}\0${entity.value}`, entity };
}

function groupByAll(rule: Rule & { kind: 'correlation' }, subject: Subject, ruleIndex: number): Group | undefined {
  const values: string[] = [];
  for (const { fields } of rule.groupBy) {
    const field = fields[ruleIndex];
    const value = field === undefined ? undefined : valueIn(field, subject);
    if (value === undefined) return undefined;
    values.push(value);
  }
  return { key: values.join('\0'), entity: entityOf(rule, subject, rule.groupBy[0]?.fields[ruleIndex]) };
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
