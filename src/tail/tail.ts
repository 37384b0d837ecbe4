import { basename, dirname, join } from 'node:path';
import type { Context } from '../cli/command.ts';
import { BatchWriter } from '../io/sink.ts';
import type { Mark } from '../model/envelope.ts';
import { type ExitStatus, exitStatus } from '../model/exit-status.ts';
import type { Checkpoint } from './checkpoint.ts';
import { adviceOn, Follower } from './follower.ts';
import { Journal } from './journal.ts';
import { LineWriter } from './line-writer.ts';
import { Marker } from './marks.ts';
import type { Names } from './names.ts';
import type { Start } from './plan.ts';
import { rotatedName } from './rotated.ts';
import { Wakeup } from './wakeup.ts';
import { Watcher } from './watcher.ts';

/** What is to be followed, and how. */
export interface TailOptions {
  readonly names: Names;
  /** Journals, by the names of their sources. */
  readonly journals: readonly string[];
  readonly checkpoint: Checkpoint;
  readonly start: Start;
  readonly isOnce: boolean;
  /** How often all logs are looked at, whatever the system tells of changes. */
  readonly intervalMs: number;
  readonly markMs: number;
  /** Is given each mark once it is written. */
  readonly keep: (mark: Mark) => Promise<void>;
  /** A clock that never goes back, in ms. */
  readonly clock: () => number;
}

/**
 * A mark is written this often though nothing is new: findings that time alone brings (verdicts, ends of windows) are stored
 * with the next mark, and of a stage that is gone the four before it learn one after the other, as they write.
 */
const heartbeatMs = 5_000;

/** New names are looked for this often at most, in ms. */
const scanMs = 1_000;

/** With more logs than that, new ones are looked for with one in six looks at the known. */
const manyLogs = 1_000;
const looksToScan = 6;

/** With `--once`, half a line at the end of a log counts as whole when nobody has written for this long, in ms. */
const quietMs = 60_000;

/** Writes what is new in logs until it is told to stop, or once; a mark comes last. */
export async function tail(options: TailOptions, context: Context): Promise<ExitStatus> {
  const run = new Run(options, context);
  try {
    await run.begin();
    while (!run.isOver) await run.step();
    return await run.end();
  } finally {
    run.close();
  }
}

class Run {
  readonly #options: TailOptions;
  readonly #context: Context;
  readonly #writer: BatchWriter;
  readonly #lines: LineWriter;
  readonly #marker: Marker;
  readonly #follower: Follower;
  readonly #journals: readonly Journal[];
  readonly #wakeup = new Wakeup();
  readonly #watcher: Watcher;
  /**
   * What the system has told of since the last step. It tells of each write, and all that it has told of comes at once: work
   * for each would leave no time for anything else when a log is written to fast.
   */
  readonly #changes = new Map<string, { readonly folder: string; readonly name: string | undefined }>();
  /** Names in the folders of logs that are none, as of the last look at all. */
  readonly #strangers = new Set<string>();
  #wantsScan = false;
  #scannedMs: number;
  #sweptMs: number;
  #markedMs: number;
  #looks = 0;
  #hasReadAll = false;
  /** Why names stood for nothing at the start. */
  #absent: readonly string[] = [];

  constructor(options: TailOptions, context: Context) {
    const { checkpoint, clock, start } = options;
    this.#options = options;
    this.#context = context;
    this.#writer = new BatchWriter(context.output);
    this.#lines = new LineWriter(this.#writer);
    this.#marker = new Marker(this.#writer, checkpoint.stream, options.keep);
    const warn = (message: string): void => context.diagnostics.warn(message);
    const shared = { writer: this.#writer, lines: this.#lines, marker: this.#marker, warn, clock };
    this.#follower = new Follower({ ...shared, names: options.names, known: checkpoint.known, start });
    const onChange = (): void => this.#wakeup.happened();
    this.#journals = options.journals.map(
      (source) =>
        new Journal(source, checkpoint.known.get(source)?.[0], { start, isOnce: options.isOnce, onChange, warn, clock }),
    );
    this.#watcher = new Watcher((folder, name) => {
      this.#changes.set(`${folder}/${name ?? ''}`, { folder, name });
      onChange();
    });
    this.#sweptMs = this.#scannedMs = this.#markedMs = clock();
  }

  /** True when it was told to stop, or has read all that it should. */
  get isOver(): boolean {
    return this.#context.stopping.aborted || (this.#options.isOnce && this.#hasReadAll);
  }

  async begin(): Promise<void> {
    this.#context.stopping.addEventListener('abort', () => this.#wakeup.happened());
    if (!this.#options.isOnce) this.#watcher.watch(new Set(this.#options.names.folders()));
    await this.#follower.scan(true);
    for (const journal of this.#journals) this.#marker.note(journal);
    await this.#marker.mark({ isFirst: true });
    this.#look();
    this.#tellAbsent();
    this.#context.diagnostics.note(`logs: ${this.#follower.size}`);
  }

  /** Reads a turn of all that has something new; waits when there was nothing. */
  async step(): Promise<void> {
    const { clock, intervalMs, markMs } = this.#options;
    this.#takeChanges();
    if (clock() - this.#sweptMs >= intervalMs) {
      await this.#lookForNew();
      this.#look();
    } else if (this.#wantsScan && clock() - this.#scannedMs >= scanMs) await this.#scan();
    await this.#follower.turn();
    const hasMore = this.#readJournals();
    const sinceMark = clock() - this.#markedMs;
    if (sinceMark >= (this.#marker.isDue ? markMs : heartbeatMs)) await this.#mark();
    if (this.#follower.isReady || hasMore) return;
    this.#hasReadAll = this.#journals.every(({ isOver }) => isOver);
    if (!this.isOver) await this.#wakeup.wait(this.#waitMs());
  }

  /** Gives out what is left, and a mark behind it; tells how the run went. */
  async end(): Promise<ExitStatus> {
    const { isOnce } = this.#options;
    const isDone = isOnce && this.#hasReadAll;
    if (isDone) this.#follower.finish((modifiedMs) => modifiedMs < this.#context.now().getTime() - quietMs);
    if (isDone || this.#marker.isDue) await this.#marker.mark({ isFinal: isDone });
    await this.#writer.end();
    this.#context.diagnostics.note(`lines: ${this.#lines.count}`);
    return isDone ? this.#statusOfOnce() : exitStatus.ok;
  }

  /** A run that could read none of its logs has not done its job. */
  #statusOfOnce(): ExitStatus {
    const troubles = new Set([...this.#absent, ...this.#follower.troubles]);
    if (troubles.size + this.#journals.filter(({ trouble }) => trouble !== '').length === 0) return exitStatus.ok;
    if (this.#follower.hasReadable || this.#journals.some(({ trouble }) => trouble === '')) return exitStatus.ok;
    return troubles.has('EACCES') || troubles.has('EPERM') ? exitStatus.permission : exitStatus.noInput;
  }

  close(): void {
    this.#watcher.close();
    for (const journal of this.#journals) journal.close();
    this.#follower.close();
  }

  /** A name may be meant for a log that comes later, or be a slip of the pen. */
  #tellAbsent(): void {
    const later = this.#options.isOnce ? '' : ' yet; it is read when it comes';
    const absent = this.#options.names.absent();
    this.#absent = [...absent.values()];
    for (const [name, trouble] of absent) {
      const isMissing = trouble === 'missing';
      this.#context.diagnostics.warn(`${name}: ${isMissing ? `there is no such file${later}` : adviceOn(trouble)}`);
    }
  }

  async #mark(): Promise<void> {
    await this.#marker.mark();
    this.#markedMs = this.#options.clock();
  }

  /** Listing many folders takes time, and the system tells of new names where it can. */
  async #lookForNew(): Promise<void> {
    this.#looks++;
    if (this.#follower.size > manyLogs && this.#looks % looksToScan !== 0) return;
    this.#strangers.clear();
    await this.#scan();
  }

  async #scan(): Promise<void> {
    this.#wantsScan = false;
    this.#scannedMs = this.#options.clock();
    await this.#follower.scan();
  }

  /** Looks at everything that is known. */
  #look(): void {
    this.#sweptMs = this.#options.clock();
    this.#follower.sweep();
    for (const journal of this.#journals) journal.check();
    if (this.#options.isOnce) return;
    this.#watcher.watch(this.#follower.folders());
    const { trouble } = this.#watcher;
    if (trouble === undefined) return;
    this.#watcher.trouble = undefined;
    this.#context.diagnostics.warn(`${trouble}; new lines are looked for every ${this.#options.intervalMs / 1_000} s`);
  }

  #readJournals(): boolean {
    let hasMore = false;
    for (const journal of this.#journals) {
      const { count } = this.#lines;
      if (journal.read(this.#lines)) hasMore = true;
      if (this.#lines.count > count) this.#marker.note(journal);
    }
    return hasMore;
  }

  #waitMs(): number {
    const { clock, intervalMs, markMs } = this.#options;
    const now = clock();
    const untilLook = this.#sweptMs + intervalMs - now;
    const untilScan = this.#wantsScan ? this.#scannedMs + scanMs - now : untilLook;
    const untilMark = this.#markedMs + (this.#marker.isDue ? markMs : heartbeatMs) - now;
    return Math.max(0, Math.min(untilLook, untilScan, untilMark));
  }

  #takeChanges(): void {
    const changes = [...this.#changes.values()];
    this.#changes.clear();
    // A rotation renames hundreds of files of one log, which is to be looked at once.
    const bases = new Set<string>();
    for (const { folder, name } of changes) {
      const path = join(folder, name ?? '');
      // What was rotated may still be written to.
      const base = rotatedName(path)?.base;
      if (base !== undefined) bases.add(join(folder, base));
      if (!bases.has(path)) this.#takeChange(folder, name);
    }
    for (const path of bases) this.#follower.changed(dirname(path), basename(path));
  }

  #takeChange(folder: string, name: string | undefined): void {
    const path = join(folder, name ?? '');
    if (!this.#follower.changed(folder, name) || this.#strangers.has(path)) return;
    this.#strangers.add(path);
    if (rotatedName(path)?.base !== basename(path)) this.#wantsScan = true;
  }
}
