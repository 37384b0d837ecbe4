import type { Finding, LogRecord } from '../../model/envelope.ts';
import { BoundedTable, type Limits } from '../bounded-table.ts';
import { isErrorLike } from '../errors/error-like.ts';
import { serviceOf } from '../errors/service.ts';
import { findingWeight } from '../finding.ts';
import type { Change, Stateful } from '../state/stateful.ts';
import type { TemplateMiner } from '../template/miner.ts';
import type { Template } from '../template/tree.ts';
import type { Case, Sample } from './case.ts';
import { type SavedCase, savedCase } from './saved-case.ts';

/** Most cases that are open at a time, and most memory for them. */
const defaultLimits: Limits = { entries: 5_000, weight: 24 * 1024 * 1024 };

/** Most kinds of entry, samples and names of one case, and the longest sample, in characters. */
const maxKinds = 40;
const maxSamples = 3;
const maxNames = 20;
const maxSampleLength = 1_000;

const caseWeight = 800;
const occurrenceWeight = 160;

/** A case of a stream that is read live is over after so long without an entry, or so long after its first, in ms. */
const idleMs = 60_000;
const openMs = 5 * 60_000;

/** What cases need from outside. */
export interface CaseContext {
  readonly now: () => Date;
  readonly miner: TemplateMiner;
  /** Takes a case that is over. */
  readonly emit: (given: Case) => void;
  readonly limits?: Limits;
}

/** Groups records and findings into cases by whom they are about. */
export class CaseBuilder implements Stateful {
  readonly #context: CaseContext;
  readonly #cases: BoundedTable<Case>;
  readonly #open = new Set<Case>();
  /** Keys of cases that have changed; undefined while nobody asks. */
  #changed: Set<string> | undefined;

  constructor(context: CaseContext) {
    this.#context = context;
    this.#cases = new BoundedTable(context.limits ?? defaultLimits, (given) => this.#close(given));
  }

  /** Takes a record in; `isKnown` says whether a rule has matched it. */
  take(record: LogRecord, isKnown: boolean): void {
    const entity = entityOf(record, isKnown);
    const given = this.#caseOf(entity);
    const template = this.#context.miner.templateOf(record);
    const timeMs = Date.parse(record.timestamp);
    given.count++;
    given.firstMs = Math.min(given.firstMs, timeMs);
    given.lastMs = Math.max(given.lastMs, timeMs);
    given.touchedMs = this.#context.now().getTime();
    const isNew = !given.occurrences.has(template.id);
    count(given, template, isKnown);
    if (isKnown || isNew) addSample(given, { templateId: template.id, text: sampleOf(record), isKnown });
    addName(given.users, record.user?.name);
    addName(given.hosts, record.host?.name ?? record.url?.domain);
    addName(given.ips, record.source?.ip);
    this.#weigh(given);
  }

  /** Takes a finding in, or a newer state of it. */
  see(finding: Finding): void {
    const given = this.#caseOf(finding.entity);
    given.findings.set(finding.id, finding);
    if (given.count === 0) fillFrom(given, finding, this.#context.miner);
    this.#weigh(given);
  }

  /** Closes the cases of a live stream that are over. */
  closeDue(): void {
    const nowMs = this.#context.now().getTime();
    for (const given of this.#open) {
      const isLive = given.lastMs > nowMs - 2 * openMs;
      // Of either sign, because a clock may be set back.
      const isOver = Math.abs(nowMs - given.touchedMs) >= idleMs || Math.abs(nowMs - given.openedMs) >= openMs;
      if (isLive && isOver) this.#close(given);
    }
  }

  /** Closes all that is open. */
  end(): void {
    for (const given of this.#open) this.#close(given);
  }

  *all(): Generator<Change, void> {
    this.#changed = new Set();
    for (const [key, given] of this.#cases.entries()) yield [key, savedCase(given)];
  }

  *changes(): Generator<Change, void> {
    for (const key of this.#changed ?? []) {
      const given = this.#cases.peek(key);
      yield [key, given && savedCase(given)];
    }
    this.#changed?.clear();
  }

  restore(key: string, value: unknown): void {
    // From `all` or `changes`.
    const given = value as SavedCase;
    this.#open.add(this.#cases.use(key, () => given));
    this.#weigh(given);
  }

  #caseOf(entity: Finding['entity']): Case {
    const key = keyOf(entity);
    this.#changed?.delete(key);
    this.#changed?.add(key);
    const known = this.#cases.use(key, () => emptyCase(key, entity, this.#context.now()));
    this.#open.add(known);
    return known;
  }

  #close(given: Case): void {
    if (!this.#open.delete(given)) return;
    this.#changed?.add(given.key);
    this.#context.emit(given);
    this.#cases.remove(given.key);
  }

  #weigh(given: Case): void {
    let weight = caseWeight + given.occurrences.size * occurrenceWeight;
    for (const finding of given.findings.values()) weight += findingWeight(finding);
    for (const { text } of given.samples) weight += text.length;
    this.#cases.weigh(given.key, weight);
  }
}

/** Whom a record is about: an unknown error is of a service, all else of an address or a user, if it has one. */
function entityOf(record: LogRecord, isKnown: boolean): Finding['entity'] {
  if (isKnown || !isErrorLike(record)) {
    if (record.source?.ip !== undefined) return { type: 'ip', value: record.source.ip };
    if (record.user?.name !== undefined) return { type: 'user', value: record.user.name };
  }
  return serviceOf(record);
}

function keyOf({ type, value }: Finding['entity']): string {
  return `${type}\0${value}`;
}

function emptyCase(key: string, entity: Finding['entity'], now: Date): Case {
  return {
    key,
    entity,
    occurrences: new Map(),
    uncounted: 0,
    samples: [],
    users: new Set(),
    hosts: new Set(),
    ips: new Set(),
    findings: new Map(),
    count: 0,
    firstMs: Number.POSITIVE_INFINITY,
    lastMs: Number.NEGATIVE_INFINITY,
    touchedMs: now.getTime(),
    openedMs: now.getTime(),
  };
}

/** A finding about something that no record is grouped by (a site, a host) is told from its own evidence. */
function fillFrom(given: Case, finding: Finding, miner: TemplateMiner): void {
  given.firstMs = Date.parse(finding.first_seen);
  given.lastMs = Date.parse(finding.last_seen);
  for (const { log, message, original } of finding.evidence) {
    const record: LogRecord = {
      schema: finding.schema,
      type: 'record',
      timestamp: finding.last_seen,
      log: { ...log, format: 'text' },
      ...(message !== undefined && { message }),
      original,
    };
    const template = miner.templateOf(record);
    const known = given.occurrences.get(template.id);
    if (known !== undefined) known.count++;
    else given.occurrences.set(template.id, { template, count: 1 });
    if (known === undefined && given.samples.length < maxSamples) {
      given.samples.push({ templateId: template.id, text: (message ?? original).slice(0, maxSampleLength) });
    }
  }
  for (const ip of finding.related?.ip ?? []) addName(given.ips, ip);
  for (const user of finding.related?.user ?? []) addName(given.users, user);
  for (const host of finding.related?.hosts ?? []) addName(given.hosts, host);
}

/** Counts an entry of a kind. One that a rule knows takes the place of the rarest that none knows, so that no flood hides it. */
function count(given: Case, template: Template, isKnown: boolean): void {
  const known = given.occurrences.get(template.id);
  if (known !== undefined) {
    known.count++;
    known.isKnown ||= isKnown;
  } else if (given.occurrences.size < maxKinds || (isKnown && makesRoom(given))) {
    given.occurrences.set(template.id, { template, count: 1, isKnown });
  } else given.uncounted++;
}

/** Gives up the rarest kind that no rule knows, if there is one. */
function makesRoom(given: Case): boolean {
  const [rarest] = [...given.occurrences].filter(([, { isKnown }]) => isKnown !== true).sort(([, a], [, b]) => a.count - b.count);
  if (rarest === undefined) return false;
  given.uncounted += rarest[1].count;
  return given.occurrences.delete(rarest[0]);
}

/** Adds a sample while there is room: of what a rule knows, one of each kind, and before all else. */
function addSample({ samples }: Case, sample: Sample): void {
  const matched = samples.filter(({ isKnown }) => isKnown === true);
  if (sample.isKnown === true && matched.some(({ templateId }) => templateId === sample.templateId)) return;
  if (sample.isKnown !== true || matched.length >= maxSamples) {
    if (samples.length < maxSamples) samples.push(sample);
    return;
  }
  samples.splice(matched.length, 0, sample);
  samples.length = Math.min(samples.length, maxSamples);
}

function sampleOf({ message, original }: LogRecord): string {
  return (message ?? original).slice(0, maxSampleLength);
}

function addName(names: Set<string>, name: string | undefined): void {
  if (name !== undefined && name !== '' && names.size < maxNames) names.add(name.slice(0, 256));
}
