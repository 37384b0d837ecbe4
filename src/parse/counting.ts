/*
 * Counts what is written, for summaries. Hot path: the kernel counts its own records in the same rows (kernel/counts.ts), and
 * asks for a row when another hour, format, dataset or site begins.
 */
import { schema } from '../model/envelope.ts';

/** Rows for keys; those behind are for what has no row of its own. */
const maxKeys = 1_000;
const maxOthers = 24;

/** How many rows there are. */
export const maxRows = maxKeys + maxOthers;

/** What a row counts, in its order. Source: kernel/counts.ts. */
const columns = ['records', 'bytes', 'requests', 'status_4xx', 'status_5xx', 'errors'] as const;
const rowLength = 8;

/** The size of so many rows, in bytes. */
export function rowBytesOf(rows: number): number {
  return rows * rowLength * 4;
}

/** What is the same for all that one row counts. */
interface Key {
  readonly source: string;
  /** Whether the source is read from its start, so that its counts need not be added to those of an earlier reading. */
  readonly isWhole: boolean;
  /** `2026-11-22T13` */
  readonly hour: string;
  readonly dataset: string;
  readonly domain: string;
  /** Whether no format has read it. */
  readonly isText: boolean;
}

/** What a record counts for, as the kernel has found it. */
export interface Noted {
  readonly row: number;
  /** Bits, for the columns behind `bytes`. */
  readonly marks: number;
  /** Which time since they began anew its row is of. */
  readonly take: number;
}

/** Summaries are written so often, in ms. */
const intervalMs = 60_000;
/** And when all rows are taken, but not after fewer records than this: who writes names into a log could fill the pipe. */
const leastRecords = 100_000;

/** Counts records by hour, log, dataset and site, in bounded memory: what has no row left is counted as the site `other`. */
export class Counting {
  #rows: Int32Array = new Int32Array(maxRows * rowLength);
  #forget: () => void = () => {};
  #keys: Key[] = [];
  #rowOf = new Map<string, number>();
  /** The key of the record that was counted last, and its row. */
  #lastKey: (Key & { readonly row: number }) | undefined;
  #source = '-';
  #isWhole = false;
  #lastMs = Date.now();
  #takes = 0;
  #dead = new Map<string, number>();
  #joined = new Map<number, number>();

  /** From now on, rows are counted here too; `forget` tells that they begin anew. */
  useRows(rows: Int32Array, forget: () => void): void {
    this.#rows = rows;
    this.#forget = forget;
  }

  /** Says whose records follow. */
  setSource(source: string, isWhole: boolean): void {
    this.#source = source;
    this.#isWhole = isWhole;
  }

  /** The number of the row for the record that stands in `bytes`. */
  rowFor(bytes: Uint8Array, from: number, to: number): number {
    return this.#rowOfText(textIn(bytes, from, to));
  }

  /** Counts a record whose fields stand in `bytes`, of an entry of so many bytes and lines. */
  count(
    bytes: Uint8Array,
    { from, to }: { readonly from: number; readonly to: number },
    entry: { readonly bytes: number; readonly lines: number },
  ): void {
    const text = textIn(bytes, from, to);
    const row = this.#rowOfText(text);
    this.#add(row, { text, bytes: entry.bytes });
    if (entry.lines > 1) this.#joined.set(row, (this.#joined.get(row) ?? 0) + entry.lines - 1);
  }

  /** How often rows have begun anew. */
  get takes(): number {
    return this.#takes;
  }

  /** Counts a record that was noted, of so many bytes; false where rows have begun anew since. */
  countNoted({ row, marks, take }: Noted, bytes: number): boolean {
    if (take !== this.#takes) return false;
    const at = row * rowLength;
    this.#step(at, 1);
    this.#step(at + 1, bytes);
    for (let bit = 0; marks >> bit !== 0; bit++) this.#step(at + 2 + bit, (marks >> bit) & 1);
    return true;
  }

  /** Counts a line that could not be used. */
  dead(source: string): void {
    this.#dead.set(source, (this.#dead.get(source) ?? 0) + 1);
  }

  /** Tells whether summaries should be written. */
  get isDue(): boolean {
    if (Date.now() - this.#lastMs >= intervalMs) return this.#keys.length + this.#dead.size > 0;
    if (this.#keys.length < maxKeys) return false;
    return this.#keys.reduce((sum, _, row) => sum + (this.#rows[row * rowLength] ?? 0), 0) >= leastRecords;
  }

  /** The summaries of what was counted since the last time, as lines of JSON; counts begin anew. */
  take(): readonly string[] {
    const lines = this.#keys.map((key, row) => this.#summaryOf(key, row));
    const hour = new Date().toISOString().slice(0, 13);
    for (const [source, dead] of this.#dead) {
      lines.push(summaryOf({ source, isWhole: false, hour, dataset: '', domain: '', isText: false }, { lines: dead, dead }));
    }
    this.#rows.fill(0, 0, this.#keys.length * rowLength);
    this.#keys = [];
    this.#rowOf = new Map();
    this.#lastKey = undefined;
    this.#dead = new Map();
    this.#joined = new Map();
    this.#lastMs = Date.now();
    this.#forget();
    this.#takes++;
    return lines.filter((line) => line !== '');
  }

  #rowOfText(text: string): number {
    const [source, isWhole] = [this.#source, this.#isWhole];
    const hour = text.slice(timeAt, timeAt + hourLength);
    const [dataset, domain] = [valueBehind(text, '"dataset":"', 0), domainIn(text)];
    const isText = text.includes('"format":"text"');
    const last = this.#lastKey;
    const isLike = last?.hour === hour && last.dataset === dataset && last.domain === domain && last.isText === isText;
    if (isLike && last.source === source) return last.row;
    const row = this.#rowOfKey({ source, isWhole, hour, dataset, domain, isText });
    this.#lastKey = { source, isWhole, hour, dataset, domain, isText, row };
    return row;
  }

  #rowOfKey({ source, isWhole, hour, dataset, domain, isText }: Key): number {
    const id = `${source}\0${hour}\0${dataset}\0${domain}\0${isText}`;
    const known = this.#rowOf.get(id);
    if (known !== undefined) return known;
    if (this.#keys.length < maxKeys) return this.#newRow(id, { source, isWhole, hour, dataset, domain, isText });
    const other = this.#rowOf.get(source);
    if (other !== undefined) return other;
    if (this.#keys.length >= maxRows) return maxRows - 1;
    return this.#newRow(source, { source, isWhole, hour, dataset, domain: 'other', isText });
  }

  #newRow(id: string, key: Key): number {
    this.#rowOf.set(id, this.#keys.length);
    return this.#keys.push(key) - 1;
  }

  #add(row: number, { text, bytes }: { readonly text: string; readonly bytes: number }): void {
    const status = byteBehind(text, '"status_code":');
    const level = byteBehind(text, '"level":"');
    const at = row * rowLength;
    this.#step(at, 1);
    this.#step(at + 1, bytes);
    if (status !== '') this.#step(at + 2, 1);
    if (status === '4') this.#step(at + 3, 1);
    if (status === '5') this.#step(at + 4, 1);
    // Alert, critical, emergency, error.
    if (level === 'a' || level === 'c' || level === 'e') this.#step(at + 5, 1);
  }

  #step(at: number, by: number): void {
    this.#rows[at] = (this.#rows[at] ?? 0) + by;
  }

  #summaryOf(key: Key, row: number): string {
    const at = row * rowLength;
    const counts = Object.fromEntries(columns.map((name, index) => [name, (this.#rows[at + index] ?? 0) >>> 0]));
    const { records = 0 } = counts;
    if (records === 0) return '';
    const joined = this.#joined.get(row) ?? 0;
    return summaryOf(key, { lines: records + joined, ...counts, joined, unknown: key.isText ? records : 0 });
  }
}

function summaryOf({ source, isWhole, hour, dataset, domain }: Key, counts: Readonly<Record<string, number>>): string {
  const start = `${hour}:00:00.000Z`;
  const summary = {
    schema,
    type: 'summary',
    stage: 'parse',
    log: { source, ...(isWhole && { offset: 0 }), ...(dataset !== '' && { dataset }) },
    ...(domain !== '' && { url: { domain } }),
    start,
    end: new Date(Date.parse(start) + 3_600_000).toISOString(),
    counts: Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0)),
  };
  return `${JSON.stringify(summary)}\n`;
}

const timeAt = `{"schema":"${schema}","type":"record","timestamp":"`.length;
const hourLength = '2026-11-22T13'.length;

const longestValue = 100;

/** `"`, `\\`, `,` or `}`. */
function endsValue(code: number): boolean {
  return code === 0x22 || code === 0x5c || code === 0x2c || code === 0x7d;
}

function textIn(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('latin1');
}

function byteBehind(text: string, name: string): string {
  const at = text.indexOf(name);
  return at < 0 ? '' : text.charAt(at + name.length);
}

/** What stands behind the name of a field; no field's text can hold such a name, because its quotes are escaped. */
function valueBehind(text: string, name: string, from: number): string {
  const at = text.indexOf(name, from);
  if (at < 0) return '';
  const start = at + name.length;
  let end = start;
  while (end < text.length && end < start + longestValue && !endsValue(text.charCodeAt(end))) end++;
  return text.slice(start, end);
}

/** The site of a request: `url.domain`, and not that of another object. */
function domainIn(text: string): string {
  const url = text.indexOf('"url":{');
  if (url < 0) return '';
  const at = text.indexOf('"domain":"', url);
  const isOfUrl = at >= 0 && !text.slice(url, at).includes('},"');
  return isOfUrl
    ? Buffer.from(valueBehind(text, '"domain":"', at), 'latin1')
        .toString('utf8')
        .toLowerCase()
    : '';
}
