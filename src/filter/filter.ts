import type { Context } from '../cli/command.ts';
import { DeadLetters } from '../io/dead-letters.ts';
import { ForeignInput } from '../io/foreign-input.ts';
import { type Item, readEnvelopes } from '../io/ndjson.ts';
import { BatchWriter } from '../io/sink.ts';
import type { LogRecord } from '../model/envelope.ts';
import { type ExitStatus, exitStatus } from '../model/exit-status.ts';
import { isLevel } from '../model/level.ts';
import type { RuleSet } from '../sigma/rule-set.ts';
import { readKeywords } from './keywords.ts';
import { selectionBy, type Verdict } from './selection.ts';

/** What the command line says. */
export interface FilterOptions {
  readonly keywords: string | undefined;
  readonly isOnlyKeywords: boolean;
  readonly minLevel: string;
  readonly excluded: readonly string[];
  readonly since: Date | undefined;
  readonly until: Date | undefined;
  readonly rules: readonly string[];
  readonly expand: readonly string[];
  readonly isCounting: boolean;
  readonly deadLetter: string | undefined;
}

/** How often each verdict was given. */
type Counts = Record<Verdict, number>;

type Select = (record: LogRecord) => Verdict;

/** Reads all input and passes on what is kept, in order and as it was. */
export async function filter(options: FilterOptions, context: Context): Promise<ExitStatus> {
  const writer = new BatchWriter(context.output);
  const deadLetters = new DeadLetters('filter', options.deadLetter);
  const foreign = new ForeignInput({ what: 'records', advice: 'put lp-parse before lp-filter' }, context.diagnostics);
  const counts: Counts = { relevant: 0, keyword: 0, level: 0, excluded: 0, outside: 0, noise: 0 };
  let select: Select | undefined;
  for await (const batch of readEnvelopes(context.input)) {
    if (batch.length > 0) select ??= await selectionFor(options, context);
    for (const item of batch) {
      foreign.saw(item.decoded.ok);
      if (select !== undefined && isKept(item, select, { counts, deadLetters })) writer.line(item.bytes);
      if (writer.isFull) await writer.flush();
    }
    await deadLetters.flush();
    await writer.flush();
  }
  await writer.end();
  await deadLetters.end(context.diagnostics);
  if (options.isCounting) context.diagnostics.tell(statsOf(counts));
  foreign.refuse();
  return exitStatus.ok;
}

/** Loads the rules, which costs more than starting; so only when there is input and they are asked. */
async function selectionFor(options: FilterOptions, context: Context): Promise<Select> {
  const { excluded, since, until, minLevel } = options;
  const rules = options.isOnlyKeywords ? undefined : await rulesFor(options, context);
  const level = isLevel(minLevel) ? minLevel : 'warning';
  return selectionBy({ keywords: readKeywords(options.keywords), excluded, since, until, minLevel: level, rules });
}

async function rulesFor({ rules: paths, expand }: FilterOptions, { diagnostics }: Context): Promise<RuleSet> {
  const [{ builtInRules, loadRules }, { placeholdersFrom, unusableNote }] = await Promise.all([
    import('../sigma/load.ts'),
    import('../sigma/settings.ts'),
  ]);
  const rules = await loadRules([builtInRules, ...paths], { placeholders: placeholdersFrom(expand) });
  const note = unusableNote(rules);
  if (note !== undefined) diagnostics.warn(note);
  return rules;
}

function isKept({ decoded, bytes, lineNumber }: Item, select: Select, to: { counts: Counts; deadLetters: DeadLetters }): boolean {
  if (!decoded.ok) {
    const letter = {
      code: decoded.code,
      message: decoded.reason,
      original: bytes.toString('utf8'),
      log: { source: '-', line: lineNumber },
    };
    to.deadLetters.add(letter, `standard input, line ${lineNumber}`);
    return false;
  }
  if (decoded.envelope.type !== 'record') return true;
  const verdict = select(decoded.envelope);
  to.counts[verdict]++;
  return verdict === 'relevant' || verdict === 'keyword' || verdict === 'level';
}

function statsOf({ relevant, keyword, level, excluded, outside, noise }: Counts): string {
  const kept = relevant + keyword + level;
  const dropped = excluded + outside + noise;
  return (
    `read ${kept + dropped} records, kept ${kept} (${relevant} for rules, ${level} for their level, ${keyword} for keywords), ` +
    `dropped ${dropped} (${noise} as noise, ${excluded} excluded, ${outside} outside the time)`
  );
}
