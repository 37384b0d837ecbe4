import type { Context } from '../cli/command.ts';
import { DeadLetters } from '../io/dead-letters.ts';
import { ForeignInput } from '../io/foreign-input.ts';
import { type Item, readEnvelopes } from '../io/ndjson.ts';
import { BatchWriter } from '../io/sink.ts';
import type { LogRecord } from '../model/envelope.ts';
import { type ExitStatus, exitStatus } from '../model/exit-status.ts';
import type { Engine } from './engine.ts';
import { liveMs, withTicks } from './ticks.ts';

/** How often findings that have grown are written again while following, in ms of wall time. */
const refreshMs = 1_000;

/** What the command line says. */
export interface AnalyzeOptions {
  readonly rules: readonly string[];
  readonly expand: readonly string[];
  readonly emit: string;
  readonly deadLetter: string | undefined;
}

/** Reads all input and writes findings. The output for a given archive depends on nothing but the archive and the rules. */
export async function analyze(options: AnalyzeOptions, context: Context): Promise<ExitStatus> {
  const run = new Run(options, context);
  for await (const batch of withTicks(readEnvelopes(context.input), refreshMs)) {
    if (batch === 'tick') run.refresh();
    else await run.take(batch);
    await run.flush();
  }
  await run.end();
  return exitStatus.ok;
}

/** One run of the command: its output, its engine, its counts. */
class Run {
  readonly #options: AnalyzeOptions;
  readonly #context: Context;
  readonly #writer: BatchWriter;
  readonly #deadLetters: DeadLetters;
  readonly #foreign: ForeignInput;
  #engine: Engine | undefined;
  #records = 0;
  #findings = 0;
  #lastRefreshMs: number;
  #newest = '';
  #isWarned = false;

  constructor(options: AnalyzeOptions, context: Context) {
    this.#options = options;
    this.#context = context;
    this.#writer = new BatchWriter(context.output);
    this.#deadLetters = new DeadLetters('analyze', options.deadLetter);
    this.#foreign = new ForeignInput({ what: 'records', advice: 'put lp-parse before lp-analyze' }, context.diagnostics);
    this.#lastRefreshMs = context.now().getTime();
  }

  async take(items: readonly Item[]): Promise<void> {
    for (const item of items) {
      const { decoded } = item;
      this.#foreign.saw(decoded.ok);
      if (!decoded.ok) {
        const original = item.bytes.toString('utf8');
        const log = { source: '-', line: item.lineNumber };
        this.#deadLetters.add(
          { code: decoded.code, message: decoded.reason, original, log },
          `standard input, line ${item.lineNumber}`,
        );
      } else if (decoded.envelope.type === 'record' && this.#options.emit === 'findings') {
        await this.#takeRecord(decoded.envelope);
      } else {
        if (decoded.envelope.type === 'line') this.#warnOfLines();
        // What comes before a mark must be out before it.
        if (decoded.envelope.type === 'mark') this.#engine?.emitGrown();
        this.#writer.line(item.bytes);
      }
      if (this.#writer.isFull) await this.#writer.flush();
    }
    if (this.#isRefreshDue()) this.refresh();
  }

  /** Writes the findings that have grown, but those that another one may still replace. */
  refresh(): void {
    this.#lastRefreshMs = this.#context.now().getTime();
    this.#engine?.emitSettled();
  }

  async flush(): Promise<void> {
    await this.#deadLetters.flush();
    await this.#writer.flush();
  }

  async end(): Promise<void> {
    const { diagnostics } = this.#context;
    this.#engine?.end();
    await this.#writer.end();
    await this.#deadLetters.end(diagnostics);
    const forgotten = this.#engine?.forgotten ?? 0;
    if (forgotten > 0)
      diagnostics.warn(`${forgotten} addresses or users were forgotten early, because there were too many at a time`);
    diagnostics.note(`${this.#records} records read, ${this.#findings} findings and updates written`);
    this.#foreign.refuse();
  }

  async #takeRecord(record: LogRecord): Promise<void> {
    this.#records++;
    if (record.timestamp > this.#newest) this.#newest = record.timestamp;
    this.#engine ??= await this.#start();
    this.#engine.take(record);
  }

  /** Loads the rules, which costs more than starting; so only when there is a record. */
  async #start(): Promise<Engine> {
    const [{ builtInRules, loadRules }, { placeholdersFrom, unusableNote }, { Engine: Maker }] = await Promise.all([
      import('../sigma/load.ts'),
      import('../sigma/settings.ts'),
      import('./engine.ts'),
    ]);
    const placeholders = placeholdersFrom(this.#options.expand);
    const rules = await loadRules([builtInRules, ...this.#options.rules], { placeholders });
    const note = unusableNote(rules);
    if (note !== undefined) this.#context.diagnostics.warn(note);
    return new Maker(rules, {
      now: this.#context.now,
      emit: (finding) => {
        this.#findings++;
        this.#writer.object(finding);
      },
    });
  }

  #isRefreshDue(): boolean {
    const nowMs = this.#context.now().getTime();
    return nowMs - this.#lastRefreshMs >= refreshMs && Date.parse(this.#newest) > nowMs - liveMs;
  }

  #warnOfLines(): void {
    if (this.#isWarned) return;
    this.#isWarned = true;
    this.#context.diagnostics.warn('raw lines pass through unread: put lp-parse before this command');
  }
}
