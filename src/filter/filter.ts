import type { Context } from '../cli/command.ts';
import { DeadLetters } from '../io/dead-letters.ts';
import { ForeignInput } from '../io/foreign-input.ts';
import type { Item } from '../io/ndjson.ts';
import { BatchWriter } from '../io/sink.ts';
import type { LogRecord } from '../model/envelope.ts';
import { type ExitStatus, exitStatus } from '../model/exit-status.ts';
import type { RuleSet } from '../sigma/rule-set.ts';
import { Collapser } from './collapse.ts';
import { type CriteriaOptions, criteriaFor } from './criteria.ts';
import { explanationOf } from './explain.ts';
import type { FieldWatch } from './expression/field-watch.ts';
import type { LineFinder } from './line-finder.ts';
import { isSampled } from './sample.ts';
import { type Screened, screened, screenFor } from './screen.ts';
import { isKeeping, selectionBy, type Verdict } from './selection.ts';

/** What the command line says. */
export interface FilterOptions extends CriteriaOptions {
  readonly collapseMs: number | undefined;
  readonly sample: number | undefined;
  readonly isExplaining: boolean;
  readonly isCounting: boolean;
  readonly deadLetter: string | undefined;
}

/** Reads all input and passes on what is kept, in order and as it was. */
export async function filter(options: FilterOptions, context: Context): Promise<ExitStatus> {
  const run = new Run(options, context);
  const { where, rules, excludeFiles } = options;
  // A quiet log must not hide a slip of the pen until its next line.
  if (where !== undefined || rules.length > 0 || excludeFiles.length > 0) await run.start();
  for await (const batch of screened(context.input, () => run.start())) await run.take(batch);
  await run.end();
  return exitStatus.ok;
}

/** How records are judged. */
interface Judge {
  readonly verdictOf: (record: LogRecord) => Verdict;
  readonly rules: RuleSet | undefined;
  readonly watch: FieldWatch | undefined;
}

/** One run of the command: its output, its rules, its counts. */
class Run {
  readonly #options: FilterOptions;
  readonly #context: Context;
  readonly #writer: BatchWriter;
  readonly #deadLetters: DeadLetters;
  readonly #foreign: ForeignInput;
  readonly #collapser: Collapser | undefined;
  readonly #counts: Record<Verdict, number> = { relevant: 0, keyword: 0, level: 0, asked: 0, excluded: 0, outside: 0, noise: 0 };
  #repeats = 0;
  #unsampled = 0;
  #judge: Judge | undefined;
  #finder: LineFinder | undefined;
  #started: Promise<LineFinder | undefined> | undefined;

  constructor(options: FilterOptions, context: Context) {
    this.#options = options;
    this.#context = context;
    this.#writer = new BatchWriter(context.output);
    this.#deadLetters = new DeadLetters('filter', options.deadLetter);
    this.#foreign = new ForeignInput({ what: 'records', advice: 'put lp-parse before lp-filter' }, context.diagnostics);
    const { collapseMs } = options;
    if (collapseMs !== undefined) this.#collapser = new Collapser(collapseMs, (record) => this.#writer.object(record));
  }

  /** Loads the rules, which costs more than starting; so only when there is input. Gives what looks for noise. */
  async start(): Promise<LineFinder | undefined> {
    this.#started ??= this.#load();
    return this.#started;
  }

  async #load(): Promise<LineFinder | undefined> {
    const criteria = await criteriaFor(this.#options, this.#context.diagnostics);
    this.#judge = { verdictOf: selectionBy(criteria), rules: criteria.rules, watch: criteria.watch };
    this.#finder = await screenFor(this.#options, criteria);
    return this.#finder;
  }

  async take(batch: readonly Screened[]): Promise<void> {
    if (batch.length === 0 || this.#judge === undefined) return;
    for (const item of batch) {
      if ('passedOver' in item) this.#passOver(item.passedOver);
      else if ('kept' in item) this.#keep(item.bytes, item.kept);
      else this.#takeItem(item, this.#judge);
      if (this.#writer.isFull) await this.#writer.flush();
    }
    await this.#deadLetters.flush();
    await this.#writer.flush();
  }

  async end(): Promise<void> {
    this.#collapser?.flush();
    await this.#writer.end();
    this.#judge?.watch?.end();
    await this.#deadLetters.end(this.#context.diagnostics);
    if (this.#options.isCounting) this.#context.diagnostics.tell(this.#stats());
    this.#foreign.refuse();
  }

  #passOver(records: number): void {
    this.#foreign.saw(true);
    this.#counts.noise += records;
  }

  #keep(lines: Buffer, records: number): void {
    this.#foreign.saw(true);
    this.#counts[this.#options.isOnlyKeywords ? 'keyword' : 'relevant'] += records;
    this.#writer.line(lines);
  }

  #takeItem({ decoded, bytes, lineNumber }: Item, judge: Judge): void {
    this.#foreign.saw(decoded.ok);
    if (!decoded.ok) {
      const { code, reason: message } = decoded;
      const letter = { code, message, original: bytes.toString('utf8'), log: { source: '-', line: lineNumber } };
      this.#deadLetters.add(letter, `standard input, line ${lineNumber}`);
    } else if (decoded.envelope.type === 'record') {
      this.#takeRecord(decoded.envelope, bytes, judge);
    } else if (!this.#options.isExplaining) {
      // What comes before a mark must be out before it.
      if (decoded.envelope.type === 'mark') this.#collapser?.flush();
      this.#writer.line(bytes);
    }
  }

  #takeRecord(record: LogRecord, bytes: Buffer, { verdictOf, rules }: Judge): void {
    const verdict = verdictOf(record);
    this.#counts[verdict]++;
    if (this.#finder !== undefined && rules !== undefined) learn(this.#finder, rules, { record, bytes, verdict });
    if (this.#options.isExplaining) this.#writer.text(`${explanationOf(record, verdict, rules)}\n`);
    else if (isKeeping(verdict) && (verdict === 'relevant' || this.#isWanted(record, bytes))) this.#writer.line(bytes);
  }

  /** Thins out what no rule needs: findings do not depend on it. */
  #isWanted(record: LogRecord, bytes: Buffer): boolean {
    const { sample } = this.#options;
    if (sample !== undefined && !isSampled(record.original, sample)) {
      this.#unsampled++;
      return false;
    }
    if (this.#collapser === undefined || this.#collapser.isFirst(record, bytes)) return true;
    this.#repeats++;
    return false;
  }

  #stats(): string {
    const { relevant, keyword, level, asked, excluded, outside, noise } = this.#counts;
    const kept = relevant + keyword + level + asked;
    const dropped = excluded + outside + noise;
    const thinned = this.#unsampled + this.#repeats;
    return (
      `read ${kept + dropped} records, kept ${kept} (${relevant} for rules, ${level} for their level, ${keyword} for keywords` +
      `${asked > 0 ? `, ${asked} for the expression` : ''}), ` +
      `dropped ${dropped} (${noise} as noise, ${excluded} excluded, ${outside} outside the time)` +
      `${thinned > 0 ? `; of those kept, ${this.#repeats} were repeats and ${this.#unsampled} not in the sample` : ''}`
    );
  }
}

/** Tells the finder what goes for all records like this one. */
function learn(
  finder: LineFinder,
  rules: RuleSet,
  { record, bytes, verdict }: { readonly record: LogRecord; readonly bytes: Buffer; readonly verdict: Verdict },
): void {
  if (verdict === 'noise' && rules.isSurelyNoise(record)) finder.passLike(bytes);
  if (verdict !== 'relevant') return;
  if (rules.isSurelyRelevant(record)) {
    finder.keepLike(bytes);
    return;
  }
  const words = rules.sufficientParts(record);
  if (words !== undefined) finder.keepLike(bytes, words);
}
