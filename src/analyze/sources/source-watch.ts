import { createHash } from 'node:crypto';
import { canonicalSource } from '../../model/canonical-source.ts';
import { at } from '../../model/decode.ts';
import { type Finding, type LogRecord, type Mark, type Summary, schema } from '../../model/envelope.ts';
import { clipped } from '../clipped.ts';
import { riskScore } from '../risk.ts';
import type { Change, Stateful } from '../state/stateful.ts';
import { fallenSilent, lagging, notUnderstood, type SourceRule } from './source-rules.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** So many lines of a day tell whether a log is understood, and so large a part of them must not be. */
const fewestLines = 200;
const muchMissed = 0.5;

/** A log that is written to in so many hours, for so long, is one that goes on; it is silent after thrice its longest pause. */
const talkativeHours = 12;
const knownAfterMs = 24 * hourMs;
const silentAfterMs = 6 * hourMs;
const pauses = 3;

/** Marks come every few seconds. Where none has come for so long, nothing was read either, or the clock was set. */
const gapMs = 10 * minuteMs;

/** A log that has paused for so long, as at night, is known only when a weekend was among its days. */
const nightMs = 4 * hourMs;
const weekMs = 8 * 24 * hourMs;

/** A log lags when so much of it was not read, at every mark for so long. */
const muchBehindBytes = 1024 * 1024;
const lagsAfterMs = 10 * minuteMs;

/** Most sources that are watched; of more, the first to come are. */
const maxSources = 20_000;

/** Longest line and longest name in a finding, in bytes. */
const maxLineBytes = 4 * 1024;
const maxNameBytes = 4 * 1024;

/** What is known of one log; all times are those of the clock, in ms. */
interface Watched {
  readonly firstMs: number;
  lastMs: number;
  /** In how many hours there were lines. */
  hours: number;
  longestPauseMs: number;
  isSilenceTold: boolean;
  /** Of this day (UTC): lines, those that nothing was made of, and when they began. */
  day: string;
  dayMs: number;
  lines: number;
  missed: number;
  missedTold: number;
  /** A line that was not understood. */
  sample?: Finding['evidence'][number] | undefined;
  behindBytes: number;
  lagsSinceMs?: number | undefined;
  lagToldMinutes: number;
}

/** What it says of a log. */
interface Told {
  readonly source: string;
  readonly rule: SourceRule;
  /** Tells this trouble of the log from earlier ones. */
  readonly key: string;
  readonly summary: string;
  readonly count: number;
  readonly firstMs: number;
  readonly lastMs: number;
  readonly evidence?: Finding['evidence'];
}

/**
 * Finds logs that are not understood, that have fallen silent, and that are read too slowly, by what lp-parse counts and by
 * the marks of lp-tail. Goes by the clock: it is for logs that are followed.
 */
export class SourceWatch implements Stateful {
  readonly #now: () => Date;
  readonly #emit: (finding: Finding) => void;
  readonly #watched = new Map<string, Watched>();
  readonly #changed = new Set<string>();
  /** Since when all logs were read without a gap: what nobody read in is no silence. */
  #readSinceMs: number;
  #markedMs: number;
  #lookedMs: number;

  constructor({ now, emit }: { readonly now: () => Date; readonly emit: (finding: Finding) => void }) {
    this.#now = now;
    this.#emit = emit;
    this.#readSinceMs = this.#markedMs = this.#lookedMs = now().getTime();
  }

  *all(): Generator<Change, void> {
    for (const key of this.#watched.keys()) this.#changed.add(key);
    yield* this.changes();
  }

  *changes(): Generator<Change, void> {
    for (const key of this.#changed) yield [key, this.#watched.get(key)];
    this.#changed.clear();
  }

  restore(key: string, value: unknown): void {
    // From `changes`.
    this.#watched.set(key, value as Watched);
  }

  /** Takes what lp-parse has counted. */
  takeSummary({ stage, log, counts }: Summary): void {
    const lines = numberAt(counts, 'lines');
    const watched = stage === 'parse' && lines > 0 ? this.#use(log.source) : undefined;
    if (watched === undefined) return;
    const nowMs = this.#now().getTime();
    if (Math.floor(nowMs / hourMs) !== Math.floor(watched.lastMs / hourMs)) watched.hours++;
    watched.longestPauseMs = Math.max(watched.longestPauseMs, nowMs - watched.lastMs);
    watched.lastMs = nowMs;
    watched.isSilenceTold = false;
    const day = new Date(nowMs).toISOString().slice(0, 10);
    if (watched.day !== day) Object.assign(watched, { day, dayMs: nowMs, lines: 0, missed: 0, missedTold: 0 });
    watched.lines += lines;
    watched.missed += numberAt(counts, 'unknown') + numberAt(counts, 'dead');
  }

  /** Takes a record that no format has read; the first of a day is the sample of its log. */
  takeUnread({ timestamp, log, original }: LogRecord): void {
    const watched = this.#use(log.source);
    if (watched === undefined || watched.sample?.timestamp.slice(0, 10) === timestamp.slice(0, 10)) return;
    const { source, offset } = log;
    watched.sample = { timestamp, log: { source, offset }, original: clipped(original, maxLineBytes) };
  }

  /** Takes how far logs were read, and tells of what is wrong now. */
  takeMark({ mark }: Mark): void {
    const behind = new Map<string, number>();
    for (const { source, behind: bytes } of mark.positions) behind.set(source, (behind.get(source) ?? 0) + (bytes ?? 0));
    for (const [source, bytes] of behind) this.#takeBehind(source, bytes);
    for (const key of this.#changed) this.#tellOfGrown(key, this.#watched.get(key));
    const nowMs = this.#now().getTime();
    // Of either sign, because a clock may be set back.
    if (Math.abs(nowMs - this.#markedMs) >= gapMs) this.#readSinceMs = nowMs;
    this.#markedMs = nowMs;
    const isFinal = mark.final === true;
    if (Math.abs(nowMs - this.#lookedMs) < minuteMs && !isFinal) return;
    this.#lookedMs = nowMs;
    // A run that ends at the end of all logs has read all that was written before it, too.
    const sinceMs = isFinal ? 0 : this.#readSinceMs;
    for (const [key, watched] of this.#watched) this.#tellOfSilent(key, watched, sinceMs);
  }

  #use(source: string): Watched | undefined {
    const key = clipped(canonicalSource(source), maxNameBytes);
    let watched = this.#watched.get(key);
    if (watched === undefined && this.#watched.size < maxSources) {
      watched = newlyWatched(this.#now().getTime());
      this.#watched.set(key, watched);
    }
    if (watched !== undefined) this.#changed.add(key);
    return watched;
  }

  #takeBehind(source: string, bytes: number): void {
    // Of a log that is not known yet there is something to keep only when it lags.
    if (bytes < muchBehindBytes && !this.#watched.has(canonicalSource(source))) return;
    const watched = this.#use(source);
    if (watched === undefined) return;
    watched.behindBytes = bytes;
    watched.lagsSinceMs = bytes < muchBehindBytes ? undefined : (watched.lagsSinceMs ?? this.#now().getTime());
    if (watched.lagsSinceMs === undefined) watched.lagToldMinutes = 0;
  }

  #tellOfGrown(source: string, watched: Watched | undefined): void {
    if (watched === undefined) return;
    const { day, dayMs, lines, missed, missedTold, lastMs, sample } = watched;
    if (lines >= fewestLines && missed > missedTold && missed >= muchMissed * lines) {
      watched.missedTold = missed;
      const summary = `lp could read ${lines - missed} of ${lines} lines of ${source} on ${day}; nothing is found in the others but their words.`;
      const evidence = sample === undefined ? [] : [sample];
      this.#tell({ source, rule: notUnderstood, key: day, summary, count: missed, firstMs: dayMs, lastMs, evidence });
    }
    this.#tellOfLag(source, watched);
  }

  #tellOfLag(source: string, watched: Watched): void {
    const { lagsSinceMs, behindBytes, lagToldMinutes } = watched;
    const nowMs = this.#now().getTime();
    if (lagsSinceMs === undefined || nowMs - lagsSinceMs < lagsAfterMs) return;
    const count = Math.floor((nowMs - lagsSinceMs) / minuteMs);
    if (count <= lagToldMinutes) return;
    watched.lagToldMinutes = count;
    const megabytes = Math.round(behindBytes / muchBehindBytes);
    const summary = `For ${count} minutes ${source} has been written faster than it is read; ${megabytes} MiB of it were not read yet.`;
    this.#tell({ source, rule: lagging, key: `${lagsSinceMs}`, summary, count, firstMs: lagsSinceMs, lastMs: nowMs });
  }

  #tellOfSilent(source: string, watched: Watched, readSinceMs: number): void {
    const { firstMs, lastMs, hours, longestPauseMs, isSilenceTold } = watched;
    const nowMs = this.#now().getTime();
    const isKnown = hours >= talkativeHours && lastMs - firstMs >= (longestPauseMs < nightMs ? knownAfterMs : weekMs);
    if (isSilenceTold || !isKnown) return;
    if (nowMs - Math.max(lastMs, readSinceMs) < Math.max(silentAfterMs, pauses * longestPauseMs)) return;
    watched.isSilenceTold = true;
    this.#changed.add(source);
    const pause = Math.max(1, Math.round(longestPauseMs / hourMs));
    const summary = `${source} has had no new line for ${Math.floor((nowMs - lastMs) / hourMs)} hours; until then it never paused for more than ${pause}.`;
    this.#tell({ source, rule: fallenSilent, key: `${lastMs}`, summary, count: 1, firstMs: lastMs, lastMs: nowMs });
  }

  #tell({ source, rule, key, summary, count, firstMs, lastMs, evidence = [] }: Told): void {
    const { id, name, title, action, category } = rule;
    this.#emit({
      schema,
      type: 'finding',
      id: createHash('sha256')
        .update(JSON.stringify([id, source, key]))
        .digest('base64url')
        .slice(0, 22),
      severity: 'WARNING',
      title,
      summary,
      action,
      rule: { id, name, author: 'lp', license: 'MIT' },
      category,
      entity: { type: 'source', value: source },
      count,
      first_seen: new Date(firstMs).toISOString(),
      last_seen: new Date(lastMs).toISOString(),
      risk_score: riskScore({ severity: 'WARNING', hasHappened: true, count, spread: 0, isNew: true }),
      evidence,
      log: { source },
      analyzer: { engine: 'rules', rule_severity: 'WARNING' },
      processed_at: this.#now().toISOString(),
    });
  }
}

function newlyWatched(nowMs: number): Watched {
  return {
    ...{ firstMs: nowMs, lastMs: nowMs, hours: 1, longestPauseMs: 0, isSilenceTold: false },
    ...{ day: '', dayMs: nowMs, lines: 0, missed: 0, missedTold: 0, sample: undefined },
    ...{ behindBytes: 0, lagsSinceMs: undefined, lagToldMinutes: 0 },
  };
}

/** Counts are not checked when a summary is read. */
function numberAt(counts: unknown, name: string): number {
  const found = at(counts, [name]);
  return typeof found === 'number' && Number.isFinite(found) ? found : 0;
}
