import type { LogRecord } from '../model/envelope.ts';
import type { FieldIndex } from './fields.ts';
import { type Route, shapeOf } from './logsource.ts';
import { fault } from './node.ts';
import type { CorrelationRule, Rule, SingleRule } from './rule.ts';
import { Subject } from './subject.ts';

/** Most datasets whose routes are remembered; records of other programs may name any. */
const maxDatasets = 1_000;

/** Rules of single records that look at the same log source. */
interface Lane {
  readonly route: Route;
  readonly rules: SingleRule[];
}

/** All rules of a run, with their references resolved: asks each record only what its log source is asked. */
export class RuleSet {
  readonly rules: readonly Rule[];
  readonly fields: FieldIndex;
  readonly #byName = new Map<string, Rule>();
  readonly #lanes = new Map<string, Lane>();
  readonly #readers = new Map<Rule, CorrelationRule[]>();
  readonly #silent = new Set<Rule>();
  readonly #lesser = new Map<Rule, Rule[]>();
  /** By dataset, then by shape. */
  readonly #routed = new Map<string, (readonly SingleRule[] | undefined)[]>();
  #subject: Subject | undefined;

  /** Throws `LpError` 78 for names that are used twice, are missing or refer to each other in a circle. */
  constructor(rules: readonly Rule[], fields: FieldIndex) {
    this.rules = rules;
    this.fields = fields;
    for (const rule of rules) this.#addName(rule);
    for (const rule of rules) this.#place(rule);
    for (const rule of rules) if (rule.kind === 'correlation') this.#refuseCircle(rule, []);
  }

  /** The record as rules see it, until the next call. */
  subjectOf(record: LogRecord): Subject {
    if (this.#subject === undefined) this.#subject = new Subject(record, this.fields.size);
    else this.#subject.reset(record);
    return this.#subject;
  }

  /** The rules of single records that match, in the order of their files. */
  matching(subject: Subject): readonly SingleRule[] {
    const matched: SingleRule[] = [];
    for (const rule of this.#rulesFor(subject.record)) if (rule.matches(subject)) matched.push(rule);
    return matched;
  }

  /** Tells whether any rule has use for the record: no finding changes when all other records are dropped. */
  isRelevant(record: LogRecord): boolean {
    const subject = this.subjectOf(record);
    for (const rule of this.#rulesFor(record)) if (rule.matches(subject)) return true;
    return false;
  }

  #rulesFor(record: LogRecord): readonly SingleRule[] {
    const dataset = record.log.dataset ?? '';
    let byShape = this.#routed.get(dataset);
    if (byShape === undefined) {
      if (this.#routed.size >= maxDatasets) this.#routed.clear();
      byShape = [];
      this.#routed.set(dataset, byShape);
    }
    const shape = shapeOf(record);
    const known = byShape[shape];
    if (known !== undefined) return known;
    const lanes = [...this.#lanes.values()].filter((lane) => lane.route.leadsTo(record));
    const rules = lanes.flatMap((lane) => lane.rules);
    byShape[shape] = rules;
    return rules;
  }

  /** The correlations that look at the matches of `rule`. */
  readersOf(rule: Rule): readonly CorrelationRule[] {
    return this.#readers.get(rule) ?? [];
  }

  /** Tells whether `rule` makes findings of its own, and does not only serve correlations. */
  isReporting(rule: Rule): boolean {
    return !this.#silent.has(rule);
  }

  /** The rules that `rule` keeps silent where it finds something. */
  lesserOf(rule: Rule): readonly Rule[] {
    return this.#lesser.get(rule) ?? [];
  }

  /** The rule of that name or id, or undefined. */
  named(name: string): Rule | undefined {
    return this.#byName.get(name);
  }

  #addName(rule: Rule): void {
    for (const name of new Set([rule.name, rule.id])) {
      const other = this.#byName.get(name);
      if (other !== undefined)
        throw fault(rule.place, `"${name}" is the name of another rule: ${other.place.file}:${other.place.line}`);
      this.#byName.set(name, rule);
    }
  }

  #place(rule: Rule): void {
    for (const name of rule.unless) this.#addLesser(this.#required(name, rule), rule);
    if (rule.kind === 'correlation') {
      for (const name of rule.rules) this.#refer(rule, this.#required(name, rule));
      return;
    }
    const lane = this.#lanes.get(rule.route.key);
    if (lane === undefined) this.#lanes.set(rule.route.key, { route: rule.route, rules: [rule] });
    else lane.rules.push(rule);
  }

  #refer(reader: CorrelationRule, rule: Rule): void {
    const readers = this.#readers.get(rule);
    if (readers === undefined) this.#readers.set(rule, [reader]);
    else if (!readers.includes(reader)) readers.push(reader);
    if (!reader.isGenerating) this.#silent.add(rule);
  }

  #addLesser(better: Rule, rule: Rule): void {
    const known = this.#lesser.get(better);
    if (known === undefined) this.#lesser.set(better, [rule]);
    else known.push(rule);
  }

  #required(name: string, by: Rule): Rule {
    const rule = this.#byName.get(name);
    if (rule === undefined) throw fault(by.place, `there is no rule "${name}"`);
    return rule;
  }

  #refuseCircle(rule: CorrelationRule, above: readonly Rule[]): void {
    if (above.includes(rule)) throw fault(rule.place, `the correlation "${rule.name}" refers to itself`);
    for (const name of rule.rules) {
      const referred = this.#byName.get(name);
      if (referred?.kind === 'correlation') this.#refuseCircle(referred, [...above, rule]);
    }
  }
}
