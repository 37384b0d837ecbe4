import { type ChildProcess, spawn } from 'node:child_process';
import type { Position } from '../model/envelope.ts';
import { systemCodeOf } from '../model/error.ts';
import type { LineWriter } from './line-writer.ts';
import { turnBytes } from './part.ts';
import type { Start } from './plan.ts';

/** How a journal is named among sources: all of it, or one unit. */
const name = /^journald(?::(.+))?$/;

/** What of an entry is asked for; the rest is of no use to a reader of logs. Source: systemd.journal-fields(7). */
const fields = [
  ...[
    'MESSAGE',
    'PRIORITY',
    'SYSLOG_IDENTIFIER',
    'SYSLOG_PID',
    '_PID',
    '_UID',
    '_SYSTEMD_UNIT',
    '_HOSTNAME',
    '_COMM',
    '_TRANSPORT',
  ],
  '_SOURCE_REALTIME_TIMESTAMP',
];

/** A journal that cannot be read is tried again after this long, in ms. */
const retryMs = 10_000;

/** Tells whether a source is a journal. */
export function isJournal(source: string): boolean {
  return name.test(source);
}

/** What a journal needs. */
export interface JournalParts {
  readonly start: Start;
  readonly isOnce: boolean;
  readonly onChange: () => void;
  readonly warn: (message: string) => void;
  readonly clock: () => number;
}

/** The journal of systemd, read through journalctl, which is started again when it ends. Source: journalctl(1). */
export class Journal {
  readonly source: string;
  readonly #parts: JournalParts;
  #cursor: string | undefined;
  #offset: number;
  #child: ChildProcess | undefined;
  #rest = Buffer.alloc(0);
  #endedMs: number | undefined;
  #isOver = false;
  #trouble = '';

  constructor(source: string, known: Position | undefined, parts: JournalParts) {
    this.source = source;
    this.#parts = parts;
    this.#cursor = known?.cursor;
    this.#offset = known?.offset ?? 0;
  }

  /** Why it could not be read the last time; empty when it could. */
  get trouble(): string {
    return this.#trouble;
  }

  /** True when all that there was has been read, and no more is waited for. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** An entry's place is its time in microseconds; where to go on is told by the cursor. */
  get positions(): readonly Position[] {
    return this.#cursor === undefined ? [] : [{ source: this.source, offset: this.#offset, cursor: this.#cursor }];
  }

  /** Starts journalctl if it does not run; one that has ended badly not at once. */
  check(): void {
    if (this.#child !== undefined || this.#isOver) return;
    if (this.#endedMs !== undefined && this.#parts.clock() - this.#endedMs < retryMs) return;
    const child = spawn('journalctl', this.#options(), { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child = child;
    let said = '';
    child.stderr.on('data', (text) => {
      said = `${said}${text}`.slice(-500);
    });
    child.stdout.on('readable', this.#parts.onChange);
    // `close` comes behind it.
    child.on('error', (thrown) => {
      said = systemCodeOf(thrown) === 'ENOENT' ? 'there is no journalctl on this machine' : thrown.message;
    });
    child.on('close', (status) => this.#ended(status === 0 ? '' : said.trim() || `journalctl ended with status ${status}`));
  }

  /** Writes the entries that have come; tells whether there may be more at once. */
  read(out: LineWriter): boolean {
    const chunk: unknown = this.#child?.stdout?.read();
    if (!(chunk instanceof Buffer)) return false;
    this.#rest = Buffer.concat([this.#rest, chunk]);
    let start = 0;
    for (let end = this.#rest.indexOf(0x0a); end >= 0; end = this.#rest.indexOf(0x0a, start)) {
      this.#take(this.#rest.subarray(start, end), out);
      start = end + 1;
    }
    this.#rest = Buffer.from(this.#rest.subarray(start));
    return chunk.length >= turnBytes;
  }

  /** Ends journalctl. */
  close(): void {
    this.#isOver = true;
    this.#child?.kill();
  }

  #options(): readonly string[] {
    const [, unit] = name.exec(this.source) ?? [];
    return [
      ...['--output=json', '--quiet', '--all', `--output-fields=${fields.join()}`],
      ...(unit === undefined ? [] : [`--unit=${unit}`]),
      ...(this.#parts.isOnce ? [] : ['--follow']),
      ...this.#from(),
    ];
  }

  #from(): readonly string[] {
    if (this.#cursor !== undefined) return [`--after-cursor=${this.#cursor}`, '--no-tail'];
    const { start } = this.#parts;
    if (start === 'end') return ['--lines=0'];
    return ['--no-tail', ...(start === 'beginning' ? [] : [`--since=@${Math.floor(start.sinceMs / 1_000)}`])];
  }

  #take(bytes: Buffer, out: LineWriter): void {
    let entry: unknown;
    try {
      entry = JSON.parse(bytes.toString('utf8'));
    } catch {
      return;
    }
    if (typeof entry !== 'object' || entry === null || !('__CURSOR' in entry) || !('__REALTIME_TIMESTAMP' in entry)) return;
    this.#cursor = String(entry.__CURSOR);
    this.#offset = Number(entry.__REALTIME_TIMESTAMP);
    out.write(this.source, { bytes, offset: this.#offset, isContext: false });
  }

  #ended(reason: string): void {
    this.#child = undefined;
    this.#endedMs = this.#parts.clock();
    if (this.#parts.isOnce) this.#isOver = true;
    if (reason !== '' && !this.#isClosing(reason)) {
      this.#trouble = reason;
      this.#parts.warn(`${this.source}: ${reason}; it is tried again`);
    }
    this.#parts.onChange();
  }

  #isClosing(reason: string): boolean {
    return (this.#isOver && !this.#parts.isOnce) || this.#trouble === reason;
  }
}
