import { canonicalSource } from '../model/canonical-source.ts';
import type { Finding, LogRecord } from '../model/envelope.ts';
import type { Field } from '../sigma/fields.ts';
import type { CorrelationRule, Rule } from '../sigma/rule.ts';
import type { Subject } from '../sigma/subject.ts';

/** What a matched record counts for: the group it is counted in, and whom a finding would be about. */
export interface Group {
  readonly key: string;
  readonly entity: Finding['entity'];
}

/** Finds the groups of records. Many rules group by the same field: what that gives is made once for each record. */
export class Grouping {
  #record: LogRecord | undefined;
  /** How many records there were. */
  #number = 0;
  /** By slot of a field, its group in a record, and the number of that. */
  readonly #groups: (Group | undefined)[] = [];
  readonly #numbers: number[] = [];
  /** By rule that groups by more than a field: mostly the group of the record before is that of the next one, too. */
  readonly #joint = new Map<CorrelationRule, JointGroup>();

  /**
   * The group of a record under `rule`, or undefined when it lacks a field that the rule groups by. `ruleIndex` says which of a
   * correlation's rules the record matched.
   */
  groupOf(rule: Rule, subject: Subject, ruleIndex: number): Group | undefined {
    if (rule.kind === 'single' || rule.groupBy.length === 0) return ungrouped(rule, subject);
    const field = soleFieldOf(rule, ruleIndex);
    return field === undefined ? this.#groupByAll(rule, subject, ruleIndex) : this.#groupBy(field, subject);
  }

  #groupBy(field: Field, subject: Subject): Group | undefined {
    if (subject.record !== this.#record) {
      this.#record = subject.record;
      this.#number++;
    }
    if (this.#numbers[field.slot] === this.#number) return this.#groups[field.slot];
    const key = valueIn(field, subject);
    const group = key === undefined ? undefined : soleGroup(field, key);
    this.#groups[field.slot] = group;
    this.#numbers[field.slot] = this.#number;
    return group;
  }

  #groupByAll(rule: CorrelationRule, subject: Subject, ruleIndex: number): Group | undefined {
    const values: string[] = [];
    for (const { fields } of rule.groupBy) {
      const field = fields[ruleIndex];
      const value = field === undefined ? undefined : valueIn(field, subject);
      if (value === undefined) return undefined;
      values.push(value);
    }
    const entity = entityOf(rule, subject, rule.groupBy[0]?.fields[ruleIndex]);
    const last = this.#joint.get(rule);
    if (last !== undefined && isOf(last, values, entity)) return last.group;
    const group = { key: values.join('\0'), entity };
    this.#joint.set(rule, { values, group });
    return group;
  }
}

/** A group, and the values of all fields that make it. */
interface JointGroup {
  readonly values: readonly string[];
  readonly group: Group;
}

/** The field that alone says which group a record is in, and whom it is about; undefined where more does. */
export function soleFieldOf({ groupBy, entity }: CorrelationRule, ruleIndex: number): Field | undefined {
  const field = groupBy[0]?.fields[ruleIndex];
  return groupBy.length === 1 && (entity === undefined || entity === field) ? field : undefined;
}

/** The group of records with that value in a field. */
export function soleGroup({ name }: Field, key: string): Group {
  return { key, entity: { type: typeOf(name), value: key } };
}

function ungrouped(rule: Rule, subject: Subject): Group {
  const entity = entityOf(rule, subject, undefined);
  return { key: `${entity.type}\0${entity.value}`, entity };
}

function isOf({ values, group }: JointGroup, others: readonly string[], { type, value }: Finding['entity']): boolean {
  for (let place = 0; place < values.length; place++) if (values[place] !== others[place]) return false;
  return group.entity.type === type && group.entity.value === value;
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

/** What a record has in a field to be grouped by; a log is the same one before and after its rotation. */
export function valueIn(field: Field, subject: Subject): string | undefined {
  const value = subject.text(field);
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
