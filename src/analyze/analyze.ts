import { join } from 'node:path';
import type { Context } from '../cli/command.ts';
import { stateDirectory } from '../cli/state-directory.ts';
import { DeadLetters } from '../io/dead-letters.ts';
import { ForeignInput } from '../io/foreign-input.ts';
import { type Item, readEnvelopes } from '../io/ndjson.ts';
import { BatchWriter } from '../io/sink.ts';
import type { Finding, LogRecord, Mark } from '../model/envelope.ts';
import { type ExitStatus, exitStatus } from '../model/exit-status.ts';
import type { Engine } from './engine.ts';
import type { Silence } from './errors/silence.ts';
import type { UnknownErrors } from './errors/unknown-errors.ts';
import { ModelStateError } from './llm/model-state-error.ts';
import type { OpenJudge } from './llm/open-judge.ts';
import type { ModelOptions, ModelSettings } from './llm/settings.ts';
import { SourceWatch } from './sources/source-watch.ts';
import { Memory, type Parts } from './state/memory.ts';
import type { Stateful } from './state/stateful.ts';
import type { TemplateMiner } from './template/miner.ts';
import { liveMs, withTicks } from './ticks.ts';

/** How often findings that have grown are written again while following, in ms of wall time. */
const refreshMs = 1_000;

/** What the command line says. */
export interface AnalyzeOptions {
  readonly rules: readonly string[];
  /** Addresses, networks, and files of them, of good visitors. */
  readonly trusted: readonly string[];
  readonly expand: readonly string[];
  readonly emit: string;
  /** How long a service must be silent to be told of; undefined when it need not be. */
  readonly silentAfterMs: number | undefined;
  /** How the model is asked; undefined when it is not. */
  readonly model: { readonly settings: ModelSettings; readonly options: ModelOptions } | undefined;
  /** Where to keep what is under way at each mark. */
  readonly state: string | undefined;
  readonly deadLetter: string | undefined;
}

/** Reads all input and writes findings. The output for a given archive depends on nothing but the archive and the rules. */
export async function analyze(options: AnalyzeOptions, context: Context): Promise<ExitStatus> {
  const run = new Run(options, context);
  try {
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
  #engine: Engine | undefined;
  #errors: UnknownErrors | undefined;
  #silence: Silence | undefined;
  /** Made at the first mark: only logs that are followed are watched. */
  #sources: SourceWatch | undefined;
  #model: OpenJudge | undefined;
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
      } else if (decoded.envelope.type === 'record') {
        if (this.#options.emit === 'findings') await this.#takeRecord(decoded.envelope);
        else await this.#passOn(decoded.envelope);
      } else {
        if (decoded.envelope.type === 'line') this.#warnOfLines();
        if (decoded.envelope.type === 'mark') await this.#takeMark(decoded.envelope);
        if (decoded.envelope.type === 'summary') this.#sources?.takeSummary(decoded.envelope);
        if (!this.#isDryRun) this.#writer.line(item.bytes);
      }
      if (this.#writer.isFull) await this.#writer.flush();
    }
    if (this.#isRefreshDue()) this.refresh();
  }

  /** Writes the findings that have grown, but those that another one may still replace. */
  refresh(): void {
    this.#lastRefreshMs = this.#context.now().getTime();
    this.#engine?.emitSettled();
    this.#errors?.emitGrown();
    if (!this.#isDryRun) this.#model?.judge.refresh();
  }

  /** What comes before a mark must be out before it, or be kept under its number. */
  async #takeMark(mark: Mark): Promise<void> {
    if (this.#options.emit !== 'findings' || this.#isDryRun) return;
    if (mark.mark.final === true || mark.mark.stream === undefined) {
      this.#emitAll();
      if (mark.mark.final === true) await this.#endModel();
    } else {
      this.#engine?.emitSettled(true);
      this.#errors?.emitGrown();
    }
    if (mark.mark.stream !== undefined) this.#watchSources().takeMark(mark);
    const warning = await this.#memory.take(mark, () => this.#memoryParts());
    if (warning !== undefined) this.#context.diagnostics.warn(warning);
  }

  async #memoryParts(): Promise<Parts> {
    this.#engine ??= await this.#start();
    const parts = new Map<string, Stateful>([['rules', this.#engine]]);
    if (this.#miner !== undefined) parts.set('templates', this.#miner.tree);
    if (this.#errors !== undefined) parts.set('errors', this.#errors);
    if (this.#silence !== undefined) parts.set('silence', this.#silence);
    for (const [name, part] of this.#model?.judge.parts() ?? []) parts.set(name, part);
    parts.set('sources', this.#watchSources());
    return parts;
  }

  #watchSources(): SourceWatch {
    this.#sources ??= new SourceWatch({ now: this.#context.now, emit: (finding) => this.#write(finding) });
    return this.#sources;
  }

  #emitAll(): void {
    this.#engine?.end();
    this.#errors?.emitGrown();
    this.#silence?.look();
  }

  async flush(): Promise<void> {
    await this.#deadLetters.flush();
    await this.#writer.flush();
  }

  async end(): Promise<void> {
    const { diagnostics } = this.#context;
    if (this.#options.model?.options.isSpooling === true) this.#engine ??= await this.#start();
    // What came behind the last mark is read again, and what waits goes on with it.
    if (!this.#memory.isInUse) this.#emitAll();
    else this.#model?.judge.cut();
    await this.#memory.close();
    await this.#endModel();
    await this.#closeModel();
    await this.#writer.end();
    await this.#deadLetters.end(diagnostics);
    const forgotten = this.#engine?.forgotten ?? 0;
    if (forgotten > 0)
      diagnostics.warn(`${forgotten} addresses or users were forgotten early, because there were too many at a time`);
    diagnostics.note(`${this.#records} records read, ${this.#findings} findings and updates written`);
    this.#foreign.refuse();
  }

  /** Lets go of its files, when it could not end too. */
  async release(): Promise<void> {
    await this.#memory.close();
  }

  async #takeRecord(record: LogRecord): Promise<void> {
    this.#records++;
    if (record.timestamp > this.#newest) this.#newest = record.timestamp;
    this.#engine ??= await this.#start();
    const isKnown = this.#engine.take(record);
    if (!isKnown) this.#errors?.take(record);
    this.#model?.judge.take(record, isKnown);
    this.#silence?.take(record);
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
    const emit = (finding: Finding): void => this.#write(this.#model?.judge.see(finding) ?? this.#withoutModel(finding));
    const around = { now: this.#context.now, emit };
    await this.#startErrors(around);
    const { goodVisitors } = await import('./visitors/good-visitors.ts');
    return new Maker(rules, { ...around, isGuest: await goodVisitors(this.#options.trusted) });
  }

  async #startErrors(around: { readonly now: () => Date; readonly emit: (finding: Finding) => void }): Promise<void> {
    const [{ UnknownErrors: Errors }, { Silence: Watch }, { TemplateMiner: Miner }] = await Promise.all([
      import('./errors/unknown-errors.ts'),
      import('./errors/silence.ts'),
      import('./template/miner.ts'),
    ]);
    this.#miner = new Miner();
    this.#errors = new Errors({ ...around, miner: this.#miner });
    await this.#startModel(this.#miner);
    const { silentAfterMs } = this.#options;
    if (silentAfterMs !== undefined) this.#silence = new Watch(silentAfterMs, around);
  }

  /** Loads what asks the model, only when it is to be asked. */
  async #startModel(miner: TemplateMiner): Promise<void> {
    const { model } = this.#options;
    if (model === undefined) return;
    const { openJudge } = await import('./llm/open-judge.ts');
    try {
      this.#model = await openJudge({ ...model, miner, emit: (finding) => this.#write(finding) }, this.#context);
    } catch (thrown) {
      // Rules must not fail because a model that nobody insists on cannot be asked.
      if (model.options.engine === 'llm' || !(thrown instanceof ModelStateError)) throw thrown;
      this.#context.diagnostics.warn(`the model is not asked: ${thrown.message}`);
    }
    this.#context.stopping.addEventListener('abort', () => this.#model?.judge.cut());
  }

  /** Waits for verdicts, when all that rules have found is out. */
  async #endModel(): Promise<void> {
    const { model } = this.#options;
    if (this.#model === undefined || model === undefined) return;
    await this.#writer.flush();
    const { endModel } = await import('./llm/end-model.ts');
    const show = (line: string): void => this.#writer.text(line);
    await endModel(this.#model, { settings: model.settings, show }, this.#context);
  }

  async #closeModel(): Promise<void> {
    if (this.#model === undefined) return;
    const { closeModel } = await import('./llm/end-model.ts');
    await closeModel(this.#model, this.#context);
  }

  #withoutModel(finding: Finding): Finding {
    if (this.#options.model === undefined) return finding;
    return { ...finding, analyzer: { ...finding.analyzer, degraded: 'state' } };
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
