import { at } from '../model/decode.ts';
import type { LogRecord } from '../model/envelope.ts';

/** Most different records that are remembered at a time; the one that came first is given out when there are more. */
const maxKept = 10_000;

/** Repeats of one record that have been kept back. */
interface Repeats {
  readonly untilMs: number;
  /** The last of them, as it came. */
  last: Buffer | undefined;
  count: number;
}

/** Where records go that stand for others. */
export type GiveOut = (record: object) => void;

/**
 * Lets the first of several records that repeat each other pass, and keeps the others of the time after it back. When the time
 * is over, the last of these is given out, with how many it stands for as `filter.collapsed_count`. Records that differ in
 * nothing but numbers repeat each other.
 */
export class Collapser {
  readonly #withinMs: number;
  readonly #giveOut: GiveOut;
  readonly #kept = new Map<string, Repeats>();

  constructor(withinMs: number, giveOut: GiveOut) {
    this.#withinMs = withinMs;
    this.#giveOut = giveOut;
  }

  /** Takes a record in; tells whether it passes. Its bytes are copied where they are needed later. */
  isFirst(record: LogRecord, bytes: Buffer): boolean {
    const timeMs = Date.parse(record.timestamp);
    this.#giveOutUntil(timeMs);
    const key = keyOf(record);
    const repeats = this.#kept.get(key);
    if (repeats === undefined) {
      this.#kept.set(key, { untilMs: timeMs + this.#withinMs, last: undefined, count: 0 });
      if (this.#kept.size > maxKept) this.#giveOutFirst();
      return true;
    }
    repeats.count++;
    repeats.last = Buffer.from(bytes);
    return false;
  }

  /** Gives out all that is kept back: at a mark, which must not overtake it, and at the end. */
  flush(): void {
    while (this.#kept.size > 0) this.#giveOutFirst();
  }

  /** Records come nearly in order, so that what came first is over first. */
  #giveOutUntil(timeMs: number): void {
    for (const { untilMs } of this.#kept.values()) {
      if (untilMs >= timeMs) return;
      this.#giveOutFirst();
    }
  }

  #giveOutFirst(): void {
    const [first] = this.#kept;
    if (first === undefined) return;
    const [key, { last, count }] = first;
    this.#kept.delete(key);
    if (last === undefined) return;
    const record: Record<string, unknown> = JSON.parse(last.toString('utf8'));
    const filter = record['filter'];
    this.#giveOut({ ...record, filter: { ...(typeof filter === 'object' ? filter : {}), collapsed_count: count } });
  }
}

/** The same for records that repeat each other: their log and their text without its numbers, or the request. */
function keyOf(record: LogRecord): string {
  const { log, message, url, http, host, original } = record;
  const text = message ?? (url === undefined ? original : `${http?.request?.method} ${url.path ?? url.original}`);
  const parts = [
    log.source,
    log.dataset,
    host?.name,
    at(record, ['source', 'ip']),
    http?.response?.status_code,
    text.replace(/\d+/g, '#'),
  ];
  return parts.join('\0');
}
