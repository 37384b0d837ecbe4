import { hash } from 'node:crypto';
import { canonicalSource } from '../model/canonical-source.ts';
import type { Finding } from '../model/envelope.ts';
import type { Rule } from '../sigma/rule.ts';
import { EvidenceKeeper, type SavedEvidence } from './evidence.ts';
import { type Sighting, weightOf } from './sighting.ts';
import type { Step } from './window.ts';

/** Most addresses, users and hosts that a finding names. */
const maxRelated = 50;

/** What a burst and each of its names take beside the texts, in bytes: measured with bursts of one entry. */
const fixedWeight = 400;
const nameWeight = 32;

/** Most bursts name few: a list that all share costs nothing, where a set of its own costs 200 bytes. */
const noNames: readonly string[] = [];

/** What a finding says of the rule that found it. */
export type Told = Pick<
  Rule,
  | 'id'
  | 'name'
  | 'title'
  | 'author'
  | 'license'
  | 'references'
  | 'severity'
  | 'category'
  | 'threat'
  | 'findingTitle'
  | 'summary'
  | 'action'
  | 'timespanMs'
>;

/** What a burst remembers. */
export interface SavedBurst extends Pick<Burst, 'entity' | 'origin'> {
  readonly names: Pick<Burst, 'ips' | 'users' | 'accepted' | 'hosts' | 'paths' | 'services' | 'commands'>;
  readonly grown: Pick<Burst, 'first' | 'last' | 'latest' | 'count' | 'successes' | 'isSilent' | 'isRepeat' | 'heldUntilMs'>;
  readonly namesWeight: number;
  readonly evidence: SavedEvidence;
}

/** One stretch of matching behaviour by one entity: what a finding tells of. Holds a bounded part of what it counts. */
export class Burst<Found extends Told = Rule> {
  readonly rule: Found;
  readonly entity: Finding['entity'];
  readonly id: string;
  /** The first entry that was put to the rule; its source and dataset are the finding's. */
  readonly origin: Sighting;
  readonly evidence = new EvidenceKeeper();
  ips = noNames;
  users = noNames;
  /** Users that were let in. */
  accepted = noNames;
  hosts = noNames;
  paths = noNames;
  services = noNames;
  commands = noNames;
  first: Sighting;
  last: Sighting;
  /** The entry that came last, whatever its time. */
  latest: Sighting;
  count = 0;
  successes = 0;
  /** True while all entries are of visitors whom somebody vouches for. */
  isOfGuests = true;
  /** True when the entity did the same before. */
  isRepeat = false;
  /** True when another rule's burst tells the same story better. */
  isSilent = false;
  /** Until when (wall time, in ms) it is not shown because a rule that tells the story better may still fire; 0 when it was shown. */
  heldUntilMs = 0;
  #namesWeight = 0;

  constructor(rule: Found, entity: Finding['entity'], { fired, sighting }: Pick<Step, 'fired' | 'sighting'>) {
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

  /** What it remembers, for `restoredBurst`. */
  save(): SavedBurst {
    const { entity, origin, ips, users, accepted, hosts, paths, services, commands } = this;
    const { first, last, latest, count, successes, isSilent, isRepeat, heldUntilMs } = this;
    const names = { ips, users, accepted, hosts, paths, services, commands };
    const grown = { first, last, latest, count, successes, isSilent, isRepeat, heldUntilMs };
    return { entity, origin, names, grown, namesWeight: this.#namesWeight, evidence: this.evidence.save() };
  }

  /** Takes what `save` gave. */
  restore({ names, grown, namesWeight, evidence }: SavedBurst): this {
    Object.assign(this, names, grown);
    this.#namesWeight = namesWeight;
    this.evidence.restore(evidence);
    return this;
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
    if (!sighting.isGuest) this.isOfGuests = false;
    if (sighting.timeMs < this.first.timeMs) this.first = sighting;
    if (sighting.timeMs >= this.last.timeMs) this.last = sighting;
    this.evidence.add(sighting);
    this.ips = this.#with(this.ips, sighting.ip);
    this.users = this.#with(this.users, sighting.user);
    if (sighting.isSuccess) this.accepted = this.#with(this.accepted, sighting.user);
    this.hosts = this.#with(this.hosts, sighting.host);
    this.paths = this.#with(this.paths, sighting.path);
    this.services = this.#with(this.services, sighting.service);
    this.commands = this.#with(this.commands, sighting.command);
  }

  /** About how much memory it takes, in bytes. */
  get weight(): number {
    return fixedWeight + weightOf(this.origin) + this.evidence.weight + this.#namesWeight;
  }

  #with(names: readonly string[], name: string | undefined): readonly string[] {
    if (name === undefined || names.length >= maxRelated || names.includes(name)) return names;
    this.#namesWeight += nameWeight + name.length;
    return [...names, name];
  }
}

/** The burst that `save` has written of, under the rule that it is of. */
export function restoredBurst<Found extends Told>(rule: Found, saved: SavedBurst): Burst<Found> {
  const nothing = { fired: { sightings: [], count: 0 }, sighting: saved.origin };
  return new Burst(rule, saved.entity, nothing).restore(saved);
}

/** 132 bits of the hash: reading the same log again gives the same id, also when it has been rotated since. */
function idOf(rule: Told, entity: Finding['entity'], origin: Sighting): string {
  const parts = [rule.id, entity.type, entity.value, canonicalSource(origin.source), origin.offset, origin.identity];
  return hash('sha256', JSON.stringify(parts), 'base64url').slice(0, 22);
}
