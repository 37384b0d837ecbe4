import type { LogRecord } from '../model/envelope.ts';
import { decidingKey, reasonOf } from './deciding.ts';

/** Most kinds that are remembered; records of other programs may be of any. */
const maxKinds = 1_000;

/*
 * Hot path: every record is looked up. Nearly all are of a few kinds, with the values of which they are compared in a third of
 * the time that it takes to join theirs to a key.
 */

/** Most kinds that are compared with a record before its key is made. */
const maxRecent = 8;

/** The values of one kind, as `decidingKey` takes them, and what is remembered of it. */
interface Recent<Kind> {
  readonly dataset: unknown;
  readonly action: unknown;
  readonly outcome: unknown;
  readonly reason: unknown;
  readonly hasRequest: boolean;
  readonly hasResponse: boolean;
  readonly status: unknown;
  readonly categories: readonly string[] | undefined;
  readonly kind: Kind;
}

/** Remembers something for all records in which the same values decide. */
export class KindTable<Kind> {
  readonly #byKey = new Map<string, Kind>();
  readonly #recent: Recent<Kind>[] = [];

  /** What is remembered, or what `make` gives, which then is; undefined where more than these values decides. */
  use(record: LogRecord, make: () => Kind): Kind | undefined {
    if (record.process?.['command_line'] === undefined)
      for (let place = 0; place < this.#recent.length; place++) {
        const recent = this.#recent[place];
        if (recent === undefined || !isOf(recent, record)) continue;
        if (place > 0) this.#bringForward(place, recent);
        return recent.kind;
      }
    const key = decidingKey(record);
    if (key === undefined) return undefined;
    const kind = this.#byKey.get(key) ?? make();
    if (this.#byKey.size >= maxKinds) this.#byKey.clear();
    this.#byKey.set(key, kind);
    if (reasonOf(record) !== false) this.#note(record, kind);
    return kind;
  }

  #bringForward(place: number, recent: Recent<Kind>): void {
    const before = this.#recent[place - 1];
    if (before === undefined) return;
    this.#recent[place] = before;
    this.#recent[place - 1] = recent;
  }

  /** In the place of the last one, so that what comes once does not drive out what comes often. */
  #note({ log, event, http }: LogRecord, kind: Kind): void {
    if (this.#recent.length >= maxRecent) this.#recent.pop();
    this.#recent.push({
      dataset: log.dataset,
      action: event?.action,
      outcome: event?.outcome,
      reason: event?.['reason'],
      hasRequest: http?.request !== undefined,
      hasResponse: http?.response !== undefined,
      status: http?.response?.status_code,
      categories: event?.category,
      kind,
    });
  }
}

function isOf<Kind>(recent: Recent<Kind>, { log, event, http }: LogRecord): boolean {
  return (
    recent.action === event?.action &&
    recent.status === http?.response?.status_code &&
    recent.dataset === log.dataset &&
    recent.outcome === event?.outcome &&
    recent.reason === event?.['reason'] &&
    recent.hasRequest === (http?.request !== undefined) &&
    recent.hasResponse === (http?.response !== undefined) &&
    areSame(recent.categories, event?.category)
  );
}

function areSame(some: readonly string[] | undefined, others: readonly string[] | undefined): boolean {
  if (some === undefined || others === undefined || some.length !== others.length) return some === others;
  for (let place = 0; place < some.length; place++) if (some[place] !== others[place]) return false;
  return true;
}
