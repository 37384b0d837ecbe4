import { join } from 'node:path';
import type { Context } from '../cli/command.ts';
import { stateDirectory } from '../cli/state-directory.ts';
import { DeadLetters } from '../io/dead-letters.ts';
import { ForeignInput } from '../io/foreign-input.ts';
import { type EnvelopeLine, readEnvelopes } from '../io/ndjson.ts';
import { BatchWriter } from '../io/sink.ts';
import type { Finding, LogRecord, Mark } from '../model/envelope.ts';
import { type ExitStatus, exitStatus } from '../model/exit-status.ts';
import type { Analysis, AnalyzeOptions } from './analysis.ts';
import type { SourceWatch } from './sources/source-watch.ts';
import { Memory, type Parts } from './state/memory.ts';
import type { Stateful } from './state/stateful.ts';
import type { TemplateMiner } from './template/miner.ts';
import { liveMs, withTicks } from './ticks.ts';

/** How often findings that have grown are written again while following, in ms of wall time. */
const refreshMs = 1_000;

/** Reads all input and writes findings. The output for a given archive depends on nothing but the archive and the rules. */
export async function analyze(options: AnalyzeOptions, context: Context): Promise<ExitStatus> {
  const run = new Run(options, context);
  try {
    await run.check();
    for await (const batch of withTicks(readEnvelopes(context.input), refreshMs)) {
      if (batch === 'tick') run.refresh();
      else await run.take(batch);
      await run.flush();
    }
    await run.end();
  } finally {
    await run.release();
  }
  return exitStatus.ok;
}

/** One run of the command: its output, its engine, its counts. */
class Run {
  readonly #options: AnalyzeOptions;
  readonly #context: Context;
  readonly #writer: BatchWriter;
  readonly #deadLetters: DeadLetters;
  readonly #foreign: ForeignInput;
  #analysis: Analysis | undefined;
  /** Made at the first mark: only logs that are followed are watched. */
  #sources: SourceWatch | undefined;
  /** Where records are passed on. */
  #miner: TemplateMiner | undefined;
  readonly #memory: Memory;
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
    this.#memory = new Memory(() => join(stateDirectory(options.state, context.environment), 'analyze'));
  }

  /** Loads at once what somebody has named, so that a mistake is told before there is a record. */
  async check(): Promise<void> {
    const { rules, trusted, expand, emit } = this.#options;
    if (emit === 'findings' && rules.length + trusted.length + expand.length > 0) await this.#start();
  }

  async take(lines: readonly EnvelopeLine[]): Promise<void> {
    for (const line of lines) {
      const decoded = line.decode();
      this.#foreign.saw(decoded.ok);
      if (!decoded.ok) {
        const original = line.bytes.toString('utf8');
        const log = { source: '-', line: line.lineNumber };
        this.#deadLetters.add(
          { code: decoded.code, message: decoded.reason, original, log },
          `standard input, line ${line.lineNumber}`,
        );
      } else if (decoded.envelope.type === 'record') {
        if (this.#options.emit !== 'findings') await this.#passOn(decoded.envelope);
        else this.#takeRecord(this.#analysis ?? (await this.#start()), decoded.envelope);
      } else {
        if (decoded.envelope.type === 'line') this.#warnOfLines();
        if (decoded.envelope.type === 'mark') await this.#takeMark(decoded.envelope);
        if (decoded.envelope.type === 'summary') this.#sources?.takeSummary(decoded.envelope);
        if (!this.#isDryRun) this.#writer.line(line.bytes);
      }
      if (this.#writer.isFull) await this.#writer.flush();
    }
    if (this.#isRefreshDue()) this.refresh();
  }

  /** Writes the findings that have grown, but those that another one may still replace. */
  refresh(): void {
    this.#lastRefreshMs = this.#context.now().getTime();
    this.#analysis?.engine.emitSettled();
    this.#analysis?.errors.emitGrown();
    if (!this.#isDryRun) this.#analysis?.model?.judge.refresh();
  }

  /** What comes before a mark must be out before it, or be kept under its number. */
  async #takeMark(mark: Mark): Promise<void> {
    if (this.#options.emit !== 'findings' || this.#isDryRun) return;
    if (mark.mark.final === true || mark.mark.stream === undefined) {
      this.#emitAll();
      if (mark.mark.final === true) await this.#endModel();
    } else {
      this.#analysis?.engine.emitSettled(true);
      this.#analysis?.errors.emitGrown();
    }
    if (mark.mark.stream !== undefined) (await this.#watchSources()).takeMark(mark);
    const warning = await this.#memory.take(mark, () => this.#memoryParts());
    if (warning !== undefined) this.#context.diagnostics.warn(warning);
  }

  async #memoryParts(): Promise<Parts> {
    const { engine, miner, errors, silence, model } = await this.#start();
    const parts = new Map<string, Stateful>([
      ['rules', engine],
      ['templates', miner.tree],
      ['errors', errors],
    ]);
    if (silence !== undefined) parts.set('silence', silence);
    for (const [name, part] of model?.judge.parts() ?? []) parts.set(name, part);
    parts.set('sources', await this.#watchSources());
    return parts;
  }

  async #watchSources(): Promise<SourceWatch> {
    const { SourceWatch: Maker } = await import('./sources/source-watch.ts');
    this.#sources ??= new Maker({ now: this.#context.now, emit: (finding) => this.#write(finding) });
    return this.#sources;
  }

  #emitAll(): void {
    this.#analysis?.engine.end();
    this.#analysis?.errors.emitGrown();
    this.#analysis?.silence?.look();
  }

  async flush(): Promise<void> {
    await this.#deadLetters.flush();
    await this.#writer.flush();
  }

  async end(): Promise<void> {
    const { diagnostics } = this.#context;
    if (this.#options.model?.options.isSpooling === true) await this.#start();
    // What came behind the last mark is read again, and what waits goes on with it.
    if (!this.#memory.isInUse) this.#emitAll();
    else this.#analysis?.model?.judge.cut();
    await this.#memory.close();
    await this.#endModel();
    await this.#closeModel();
    await this.#writer.end();
    await this.#deadLetters.end(diagnostics);
    const forgotten = this.#analysis?.engine.forgotten ?? 0;
    if (forgotten > 0)
      diagnostics.warn(`${forgotten} counts under way were dropped, because there were too many addresses or users at a time`);
    diagnostics.note(`${this.#records} records read, ${this.#findings} findings and updates written`);
    this.#foreign.refuse();
  }

  /** Lets go of its files, when it could not end too. */
  async release(): Promise<void> {
    await this.#memory.close();
  }

  #takeRecord({ engine, errors, model, silence }: Analysis, record: LogRecord): void {
    this.#records++;
    if (record.timestamp > this.#newest) this.#newest = record.timestamp;
    const isKnown = engine.take(record);
    if (!isKnown) errors.take(record);
    model?.judge.take(record, isKnown);
    silence?.take(record);
    if (record.log.format === 'text') this.#sources?.takeUnread(record);
  }

  /** Writes a record with the template that it shares with others. */
  async #passOn(record: LogRecord): Promise<void> {
    if (this.#miner === undefined) {
      const { TemplateMiner: Maker } = await import('./template/miner.ts');
      this.#miner = new Maker();
    }
    const { id, text } = this.#miner.templateOf(record);
    this.#writer.object({ ...record, template: { id, text } });
  }

  /** Loads the rules, which costs more than starting; so only when there is a record. */
  async #start(): Promise<Analysis> {
    const { openAnalysis } = await import('./analysis.ts');
    this.#analysis ??= await openAnalysis(this.#options, (finding) => this.#write(finding), this.#context);
    return this.#analysis;
  }

  /** Waits for verdicts, when all that rules have found is out. */
  async #endModel(): Promise<void> {
    const { model } = this.#options;
    const opened = this.#analysis?.model;
    if (opened === undefined || model === undefined) return;
    await this.#writer.flush();
    const { endModel } = await import('./llm/end-model.ts');
    const show = (line: string): void => this.#writer.text(line);
    await endModel(opened, { settings: model.settings, show }, this.#context);
  }

  async #closeModel(): Promise<void> {
    const opened = this.#analysis?.model;
    if (opened === undefined) return;
    const { closeModel } = await import('./llm/end-model.ts');
    await closeModel(opened, this.#context);
  }

  get #isDryRun(): boolean {
    return this.#options.model?.settings.isDryRun === true;
  }

  #write(finding: Finding): void {
    if (this.#isDryRun) return;
    this.#findings++;
    this.#writer.object(finding);
  }

  #isRefreshDue(): boolean {
    const nowMs = this.#context.now().getTime();
    // Of either sign, because a clock may be set back.
    return Math.abs(nowMs - this.#lastRefreshMs) >= refreshMs && Date.parse(this.#newest) > nowMs - liveMs;
  }

  #warnOfLines(): void {
    if (this.#isWarned) return;
    this.#isWarned = true;
    this.#context.diagnostics.warn('raw lines pass through unread: put lp-parse before this command');
  }
}
