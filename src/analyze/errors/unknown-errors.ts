import type { Finding, LogRecord } from '../../model/envelope.ts';
import { BoundedTable, type Limits } from '../bounded-table.ts';
import { Burst, restoredBurst, type SavedBurst, type Told } from '../burst.ts';
import { findingOf } from '../finding.ts';
import { type Sighting, sightingOf, weightOf } from '../sighting.ts';
import type { Change, Stateful } from '../state/stateful.ts';
import type { TemplateMiner } from '../template/miner.ts';
import type { Template } from '../template/tree.ts';
import { isErrorLike } from './error-like.ts';
import { errorBurst, newError, unknownErrors } from './error-rules.ts';
import { clearUntold, type Kind, mostFrequent, quoted, summaryOf, untoldOf } from './kind.ts';
import { serviceOf } from './service.ts';

/** Most services that are kept, and most memory for them. */
const defaultLimits: Limits = { entries: 1_000, weight: 16 * 1024 * 1024 };

/** Most kinds of error of one service that are told apart; all others count as unknown errors. */
const maxKinds = 100;
const kindWeight = 300;

const dayMs = 24 * 3_600_000;

/** How long a service must be known, and by how many errors, before one can be new. */
const knownAfterMs = dayMs;
const knownAfterEntries = 20;

/** How many kinds of error of one service have a finding of their own on one day. */
const maxTellsPerDay = 3;

/** How many of one kind within the timespan are a burst, and how many times more than usual that must be. */
const burstCount = 20;
const burstFactor = 5;

interface Service {
  readonly entity: Finding['entity'];
  readonly firstMs: number;
  readonly kinds: Map<string, Kind>;
  entries: number;
  unknown: Burst<Told> | undefined;
  /** The day on which a kind had a finding of its own, and how many had. */
  toldDay: number;
  toldToday: number;
}

/** A service as it is kept for a later run. */
interface SavedService extends Omit<Service, 'kinds' | 'unknown'> {
  readonly kinds: readonly {
    readonly template: Kind['template'];
    readonly count: number;
    /** Absent in what was kept before 0.1.0. */
    readonly untold?: Kind['untold'];
    readonly recent: readonly Sighting[];
    readonly burst: SavedBurst | undefined;
    readonly rule: string | undefined;
  }[];
  readonly unknown: SavedBurst | undefined;
}

/** What findings about errors need from outside. */
export interface ErrorContext {
  readonly now: () => Date;
  readonly miner: TemplateMiner;
  readonly emit: (finding: Finding) => void;
  readonly limits?: Limits;
}

/**
 * Finds errors that no rule knows: one quiet finding for all of a service, and one of its own for a kind that is new, or that
 * comes much more often than before. Emits what has grown when `emitGrown` is called, and what ends or
 * is forgotten before.
 */
export class UnknownErrors implements Stateful {
  readonly #context: ErrorContext;
  readonly #services: BoundedTable<Service>;
  /** What has grown, and how to tell of it. */
  readonly #grown = new Map<Burst<Told>, () => Finding>();
  /** Keys of services that have changed; undefined while nobody asks. */
  #changed: Set<string> | undefined;

  constructor(context: ErrorContext) {
    this.#context = context;
    this.#services = new BoundedTable(context.limits ?? defaultLimits, (service) => this.#forget(service));
  }

  /** Takes a record in that no rule has matched. */
  take(record: LogRecord): void {
    if (!isErrorLike(record)) return;
    // An error accuses nobody, whatever address its text holds; and the site of a request is not where it happened.
    const sighting: Sighting = { ...sightingOf(record), ip: undefined, host: record.host?.name };
    const entity = serviceOf(record);
    const key = `${entity.type}\0${entity.value}`;
    const service = this.#services.use(key, () => serviceFrom(entity, sighting));
    service.entries++;
    const kind = kindOf(service, this.#context.miner.templateOf(record));
    if (kind === undefined || !this.#takeSpecial(service, kind, sighting)) this.#takeUnknown(service, kind, sighting);
    this.#changed?.delete(key);
    this.#changed?.add(key);
    this.#services.weigh(key, weightOfService(service));
  }

  /** Emits the newest state of all findings that have grown since they were emitted. */
  emitGrown(): void {
    for (const tell of this.#grown.values()) this.#context.emit(tell());
    this.#grown.clear();
  }

  *all(): Generator<Change, void> {
    this.#changed = new Set();
    for (const [key, service] of this.#services.entries()) yield [key, saved(service)];
  }

  *changes(): Generator<Change, void> {
    for (const key of this.#changed ?? []) {
      const service = this.#services.peek(key);
      yield [key, service && saved(service)];
    }
    this.#changed?.clear();
  }

  restore(key: string, value: unknown): void {
    // From `all` or `changes`.
    const service = restored(value as SavedService);
    this.#services.use(key, () => service);
    this.#services.weigh(key, weightOfService(service));
  }

  /** Tells whether the entry belongs to a finding of its kind. */
  #takeSpecial(service: Service, kind: Kind, sighting: Sighting): boolean {
    kind.count++;
    if (kind.burst?.isOpenAt(sighting.timeMs) === true) {
      kind.burst.add(sighting);
      this.#tellOfKind(kind, kind.burst);
      return true;
    }
    kind.recent.push(sighting);
    if (kind.recent.length > burstCount) kind.recent.shift();
    const rule = isBurst(service, kind) ? errorBurst : isNew(service, kind, sighting) ? newError : undefined;
    if (rule === undefined || !mayTell(service, sighting)) return false;
    const fired = { sightings: kind.recent, count: kind.recent.length };
    kind.burst = new Burst(rule, service.entity, { fired, sighting });
    kind.recent = [];
    this.#tellOfKind(kind, kind.burst);
    return true;
  }

  #takeUnknown(service: Service, kind: Kind | undefined, sighting: Sighting): void {
    if (service.unknown?.isOpenAt(sighting.timeMs) === true) service.unknown.add(sighting);
    else {
      const before = service.unknown && this.#grown.get(service.unknown);
      // What was to be told of the stretch before is told while its kinds are known.
      if (service.unknown !== undefined && before !== undefined) this.#tellNow(service.unknown, before);
      clearUntold(service.kinds.values());
      service.unknown = new Burst(unknownErrors, service.entity, { fired: { sightings: [sighting], count: 1 }, sighting });
    }
    if (kind !== undefined) kind.untold = untoldOf(kind.untold, sighting);
    const burst = service.unknown;
    this.#grown.set(burst, () => {
      const finding = findingOf(burst, this.#context.now());
      const kinds = [...service.kinds.values()];
      const summary = `${finding.summary} ${summaryOf(kinds, kinds.length >= maxKinds)}`;
      return { ...finding, summary, templates: mostFrequent(kinds) };
    });
  }

  #tellNow(burst: Burst<Told>, tell: () => Finding): void {
    this.#context.emit(tell());
    this.#grown.delete(burst);
  }

  #tellOfKind({ template }: Kind, burst: Burst<Told>): void {
    this.#grown.set(burst, () => {
      const finding = findingOf(burst, this.#context.now());
      const { id, text } = template;
      return { ...finding, summary: `${finding.summary} ${quoted(text)}`, template: { id, text } };
    });
  }

  #forget(service: Service): void {
    this.#changed?.add(`${service.entity.type}\0${service.entity.value}`);
    for (const burst of [service.unknown, ...[...service.kinds.values()].map((kind) => kind.burst)]) {
      const tell = burst && this.#grown.get(burst);
      if (burst === undefined || tell === undefined) continue;
      this.#tellNow(burst, tell);
    }
  }
}

function saved({ kinds, unknown, ...rest }: Service): SavedService {
  const all = [...kinds.values()].map(({ template: { id, text }, count, untold, recent, burst }) => {
    return { template: { id, text }, count, ...(untold && { untold }), recent, burst: burst?.save(), rule: burst?.rule.id };
  });
  return { ...rest, kinds: all, unknown: unknown?.save() };
}

function restored({ kinds, unknown, ...rest }: SavedService): Service {
  const all = kinds.map(({ template, count, untold, recent, burst, rule }): [string, Kind] => {
    const told = rule === newError.id ? newError : errorBurst;
    return [template.id, { template, count, untold, recent: [...recent], burst: burst && restoredBurst(told, burst) }];
  });
  return { ...rest, kinds: new Map(all), unknown: unknown && restoredBurst(unknownErrors, unknown) };
}

function serviceFrom(entity: Finding['entity'], { timeMs }: Sighting): Service {
  return { entity, firstMs: timeMs, kinds: new Map(), entries: 0, unknown: undefined, toldDay: 0, toldToday: 0 };
}

function kindOf({ kinds }: Service, template: Template): Kind | undefined {
  const known = kinds.get(template.id);
  if (known !== undefined || kinds.size >= maxKinds) return known;
  const kind: Kind = { template, count: 0, untold: undefined, recent: [], burst: undefined };
  kinds.set(template.id, kind);
  return kind;
}

/** Whether the last ones came within the timespan, and much faster than those before. */
function isBurst({ firstMs }: Service, { recent, count }: Kind): boolean {
  const [first, last] = [recent[0], recent.at(-1)];
  if (recent.length < burstCount || first === undefined || last === undefined) return false;
  const spanMs = Math.abs(last.timeMs - first.timeMs);
  if (spanMs > errorBurst.timespanMs) return false;
  const before = count - recent.length;
  const usual = (before * errorBurst.timespanMs) / Math.max(errorBurst.timespanMs, first.timeMs - firstMs);
  return burstCount > burstFactor * usual;
}

function isNew({ firstMs, entries }: Service, { count }: Kind, { timeMs }: Sighting): boolean {
  return count === 1 && timeMs - firstMs >= knownAfterMs && entries >= knownAfterEntries;
}

function mayTell(service: Service, { timeMs }: Sighting): boolean {
  const day = Math.floor(timeMs / dayMs);
  if (day !== service.toldDay) service.toldToday = 0;
  service.toldDay = day;
  return ++service.toldToday <= maxTellsPerDay;
}

function weightOfService({ kinds, unknown }: Service): number {
  let weight = unknown?.weight ?? 0;
  for (const { recent, burst, untold } of kinds.values()) {
    weight += kindWeight + (burst?.weight ?? 0) + (untold?.example.length ?? 0);
    for (const sighting of recent) weight += weightOf(sighting);
  }
  return weight;
}
