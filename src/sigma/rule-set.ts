import type { LogRecord } from '../model/envelope.ts';
import { isDecidingPath, isMet, isUnmet, messagePartsOf, residueOf } from './deciding.ts';
import type { FieldIndex } from './fields.ts';
import { KindTable } from './kind-table.ts';
import { Lanes } from './lanes.ts';
import { fault, type UnusableRule } from './node.ts';
import { askedBy, plainNeedsOf, plainNeedsOfTerm, type RuleNeed } from './plain-needs.ts';
import type { CorrelationRule, Rule, SingleRule } from './rule.ts';
import { type Lane, RuleIndex } from './rule-index.ts';
import { type Predicate, Subject } from './subject.ts';
import { predicateOf, type Term } from './term.ts';

/** A correlation that looks at the matches of a rule, which is the one with this number of its rules. */
export interface Reader {
  readonly reader: CorrelationRule;
  readonly ruleIndex: number;
}

/** What is known of all records in which the same decides: the rules that match them, and those of which more decides. */
interface Kind {
  /** By number. */
  readonly sure: readonly number[];
  readonly sureRules: readonly SingleRule[];
  /** They and others that were found, by the numbers of these. */
  readonly sureWith: Map<number | string, readonly SingleRule[]> | undefined;
  readonly open: Lane;
  /** What those rules still ask; undefined where it is not known what decides. */
  readonly residues: readonly Term[] | undefined;
  isNoise: boolean | undefined;
  /** By rule, the texts that suffice in the message. */
  readonly parts: readonly (readonly string[])[];
}

/** What a rule set is made of. */
export interface RuleSetParts {
  readonly rules: readonly Rule[];
  readonly fields: FieldIndex;
  /** Rules of directories that are about other logs, and why. */
  readonly unusable?: readonly UnusableRule[];
}

/** Most lists of rules that are remembered of one kind. */
const maxLists = 20;

const none: readonly SingleRule[] = [];
const noNumbers: readonly number[] = [];

/** All rules of a run, with their references resolved: asks each record only what it may be. */
export class RuleSet {
  readonly rules: readonly Rule[];
  readonly fields: FieldIndex;
  /** Rules that were left out because they are about other logs, and why. */
  readonly unusable: readonly UnusableRule[];
  readonly #byName = new Map<string, Rule>();
  readonly #singles: readonly SingleRule[];
  readonly #predicates: readonly Predicate[];
  readonly #index: RuleIndex;
  readonly #readers = new Map<Rule, Reader[]>();
  readonly #silent = new Set<Rule>();
  readonly #lesser = new Map<Rule, Rule[]>();
  readonly #lanes: Lanes;
  readonly #kinds = new KindTable<Kind>();
  #isAsked: ReturnType<typeof askedBy> | undefined;
  #subject: Subject | undefined;

  /** Throws `LpError` 78 for names that are used twice, are missing or refer to each other in a circle. */
  constructor({ rules, fields, unusable = [] }: RuleSetParts) {
    this.rules = rules;
    this.fields = fields;
    this.unusable = unusable;
    for (const rule of rules) this.#addName(rule);
    for (const rule of rules) this.#place(rule);
    for (const rule of rules) if (rule.kind === 'correlation') this.#refuseCircle(rule, []);
    this.#singles = rules.filter((rule) => rule.kind === 'single');
    this.#predicates = this.#singles.map(({ term }) => predicateOf(term));
    this.#index = new RuleIndex(this.#singles);
    this.#lanes = new Lanes(this.#singles, this.#index);
  }

  /** The record as rules see it, until the next call. */
  subjectOf(record: LogRecord): Subject {
    if (this.#subject === undefined) this.#subject = new Subject(record, this.fields.size);
    else this.#subject.reset(record);
    return this.#subject;
  }

  /** The rules of single records that match, in the order of their files: mostly the same list for the same rules. */
  matching(subject: Subject): readonly SingleRule[] {
    const kind = this.#kindOf(subject);
    let found: number[] | undefined;
    for (const number of this.#index.candidates(subject, kind.open)) {
      if (this.#predicates[number]?.(subject) !== true) continue;
      if (found === undefined) found = [number];
      else found.push(number);
    }
    return found === undefined ? kind.sureRules : this.#withFound(kind, found);
  }

  #withFound({ sure, sureWith }: Kind, found: readonly number[]): readonly SingleRule[] {
    const [only] = found;
    const key = only !== undefined && found.length === 1 ? only : found.join();
    const known = sureWith?.get(key);
    if (known !== undefined) return known;
    const rules = this.#numbered([...sure, ...found].sort((a, b) => a - b));
    if (sureWith !== undefined && sureWith.size < maxLists) sureWith.set(key, rules);
    return rules;
  }

  /** Tells whether any rule has use for the record: no finding changes when all other records are dropped. */
  isRelevant(record: LogRecord): boolean {
    const subject = this.subjectOf(record);
    const { sure, open } = this.#kindOf(subject);
    if (sure.length > 0) return true;
    for (const number of this.#index.candidates(subject, open)) if (this.#predicates[number]?.(subject) === true) return true;
    return false;
  }

  /**
   * Tells whether a rule has use for every record in which the same decides as in this one: see `decidingPaths`. May be false
   * where it would be true.
   */
  isSurelyRelevant(record: LogRecord): boolean {
    return this.#kindOf(this.subjectOf(record)).sure.length > 0;
  }

  /**
   * Texts that stand in the message of this record, and with which a rule has use for all records in which the same decides
   * and whose message holds them in any case. Undefined where there may be none.
   */
  sufficientParts(record: LogRecord): readonly string[] | undefined {
    const message = record.message?.toLowerCase();
    const { parts } = this.#kindOf(this.subjectOf(record));
    return message === undefined ? undefined : parts.find((texts) => texts.every((text) => message.includes(text)));
  }

  /**
   * Tells whether no rule has use for any record in which the same decides as in this one, and that has, but for what decides,
   * nothing of `plainNeeds`. May be false where it would be true.
   */
  isSurelyNoise(record: LogRecord): boolean {
    const kind = this.#kindOf(this.subjectOf(record));
    kind.isNoise ??= kind.sure.length === 0 && kind.residues?.every((residue) => this.#isPlain(residue, record)) === true;
    return kind.isNoise;
  }

  /** Tells whether all records that a term may hold for have something of `plainNeeds` beside what decides. */
  #isPlain(term: Term, record: LogRecord): boolean {
    this.#isAsked ??= askedBy(this.plainNeeds() ?? []);
    const needs = plainNeedsOfTerm(term)?.filter((need) => !isUnmet(need, record));
    return needs?.every((need) => !isDecidingPath(need.path) && this.#isAsked?.(need, record)) === true;
  }

  /** What a record has at least one of for `isRelevant` to hold, in terms of what stands in it; undefined when nothing is sure. */
  plainNeeds(): readonly RuleNeed[] | undefined {
    return plainNeedsOf(this.#singles);
  }

  /** The rules whose log source the record is of, and whether each has what it looks for first: why a rule was asked. */
  considered(subject: Subject): readonly { readonly rule: SingleRule; readonly isCandidate: boolean }[] {
    const lane = this.#lanes.of(subject.record);
    const candidates = new Set(this.#index.candidates(subject, lane));
    return this.#numbered(lane.rules).map((rule, index) => ({ rule, isCandidate: candidates.has(lane.rules[index] ?? -1) }));
  }

  /*
   * Hot path: of most records that rules have use for, a few short values decide about most rules, so these rules are asked
   * once for all records that have the same values.
   */

  #kindOf(subject: Subject): Kind {
    return this.#kinds.use(subject.record, () => this.#newKind(subject)) ?? this.#undecided(subject);
  }

  #undecided({ record }: Subject): Kind {
    const open = this.#lanes.of(record);
    return { sure: noNumbers, sureRules: none, sureWith: undefined, open, residues: undefined, isNoise: false, parts: [] };
  }

  #newKind(subject: Subject): Kind {
    const sure: number[] = [];
    const open: number[] = [];
    const residues: Term[] = [];
    for (const number of this.#lanes.of(subject.record).rules) {
      const term = this.#singles[number]?.term;
      const residue = term !== undefined && residueOf(term, subject);
      if (residue === true) sure.push(number);
      if (typeof residue === 'boolean') continue;
      open.push(number);
      residues.push(residue);
    }
    const parts = residues.map(messagePartsOf).filter((texts) => texts !== undefined);
    const sureRules = this.#numbered(sure);
    const lane = this.#lanes.with(open, (need) => isMet(need, subject));
    return { sure, sureRules, sureWith: new Map(), open: lane, residues, isNoise: undefined, parts };
  }

  #numbered(numbers: readonly number[]): readonly SingleRule[] {
    return numbers.map((number) => this.#singles[number]).filter((rule) => rule !== undefined);
  }

  /** The correlations that look at the matches of `rule`. */
  readersOf(rule: Rule): readonly Reader[] {
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
    for (const name of rule.partOf) this.#required(name, rule);
    if (rule.kind !== 'correlation') return;
    for (const [ruleIndex, name] of rule.rules.entries()) this.#refer({ reader: rule, ruleIndex }, this.#required(name, rule));
  }

  #refer(place: Reader, rule: Rule): void {
    const readers = this.#readers.get(rule);
    if (readers === undefined) this.#readers.set(rule, [place]);
    // A rule that is named twice, by name and by id, counts once.
    else if (!readers.some(({ reader }) => reader === place.reader)) readers.push(place);
    if (!place.reader.isGenerating) this.#silent.add(rule);
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
