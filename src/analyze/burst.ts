import { createHash } from 'node:crypto';
import type { Finding } from '../model/envelope.ts';
import type { Rule } from '../sigma/rule.ts';
import { canonicalSource } from './canonical-source.ts';
import { EvidenceKeeper } from './evidence.ts';
import type { Sighting } from './sighting.ts';
import type { Step } from './window.ts';

/** Most addresses, users and hosts that a finding names. */
const maxRelated = 50;

/** One stretch of matching behaviour by one entity: what a finding tells of. Holds a bounded part of what it counts. */
export class Burst {
  readonly rule: Rule;
  readonly entity: Finding['entity'];
  readonly id: string;
  /** The first entry that was put to the rule; its source and dataset are the finding's. */
  readonly origin: Sighting;
  readonly evidence = new EvidenceKeeper();
  readonly ips = new Set<string>();
  readonly users = new Set<string>();
  /** Users that were let in. */
  readonly accepted = new Set<string>();
  readonly hosts = new Set<string>();
  readonly paths = new Set<string>();
  readonly services = new Set<string>();
  readonly commands = new Set<string>();
  first: Sighting;
  last: Sighting;
  /** The entry that came last, whatever its time. */
  latest: Sighting;
  count = 0;
  successes = 0;
  /** True when another rule's burst tells the same story better. */
  isSilent = false;
  /** Until when (wall time, in ms) it is not shown because a rule that tells the story better may still fire; 0 when it was shown. */
  heldUntilMs = 0;
  #namesLength = 0;

  constructor(rule: Rule, entity: Finding['entity'], { fired, sighting }: Pick<Step, 'fired' | 'sighting'>) {
    const { sightings, count } = fired;
    const origin = sightings[0] ?? sighting;
    this.rule = rule;
    this.entity = entity;
    this.origin = origin;
    this.first = origin;
    this.last = origin;
    this.latest = origin;
    this.id = idOf(rule, entity, origin);
    for (const earlier of sightings) this.add(earlier);
    this.count = count;
  }

  /** Tells whether an entry of that time belongs to the burst: the entity was not quiet for the rule's timespan between. */
  isOpenAt(timeMs: number): boolean {
    const { timespanMs } = this.rule;
    return timeMs >= this.first.timeMs - timespanMs && timeMs <= this.last.timeMs + timespanMs;
  }

  /** Takes an entry in. */
  add(sighting: Sighting): void {
    this.count++;
    this.latest = sighting;
    if (sighting.isSuccess) this.successes++;
    if (sighting.timeMs < this.first.timeMs) this.first = sighting;
    if (sighting.timeMs >= this.last.timeMs) this.last = sighting;
    this.evidence.add(sighting);
    this.#name(this.ips, sighting.ip);
    this.#name(this.users, sighting.user);
    if (sighting.isSuccess) this.#name(this.accepted, sighting.user);
    this.#name(this.hosts, sighting.host);
    this.#name(this.paths, sighting.path);
    this.#name(this.services, sighting.service);
    this.#name(this.commands, sighting.command);
  }

  /** How many characters of log are kept. */
  get weight(): number {
    return this.evidence.weight + this.#namesLength;
  }

  #name(names: Set<string>, name: string | undefined): void {
    if (name === undefined || names.size >= maxRelated || names.has(name)) return;
    names.add(name);
    this.#namesLength += name.length;
  }
}

/** 132 bits of the hash: reading the same log again gives the same id, also when it has been rotated since. */
function idOf(rule: Rule, entity: Finding['entity'], origin: Sighting): string {
  const parts = [rule.id, entity.type, entity.value, canonicalSource(origin.source), origin.offset, origin.original];
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22);
}
