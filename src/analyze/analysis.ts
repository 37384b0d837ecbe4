import type { Context } from '../cli/command.ts';
import type { Finding } from '../model/envelope.ts';
import type { Engine } from './engine.ts';
import type { Silence } from './errors/silence.ts';
import type { UnknownErrors } from './errors/unknown-errors.ts';
import { ModelStateError } from './llm/model-state-error.ts';
import type { OpenJudge } from './llm/open-judge.ts';
import type { ModelOptions, ModelSettings } from './llm/settings.ts';
import type { TemplateMiner } from './template/miner.ts';

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

/** What looks at records. */
export interface Analysis {
  readonly engine: Engine;
  readonly errors: UnknownErrors;
  readonly miner: TemplateMiner;
  /** Only when services that fall silent are to be told of. */
  readonly silence: Silence | undefined;
  /** Only when the model is to be asked, and can be. */
  readonly model: OpenJudge | undefined;
}

/**
 * Loads the rules and all that looks at records; `write` takes each finding, and each later state of it. Throws `LpError` for
 * rules, trusted addresses and a state of the model that cannot be used.
 */
export async function openAnalysis(
  options: AnalyzeOptions,
  write: (finding: Finding) => void,
  context: Context,
): Promise<Analysis> {
  const [{ builtInRules, loadRules }, { placeholdersFrom, unusableNote }, { Engine: Maker }] = await Promise.all([
    import('../sigma/load.ts'),
    import('../sigma/settings.ts'),
    import('./engine.ts'),
  ]);
  const rules = await loadRules([builtInRules, ...options.rules], { placeholders: placeholdersFrom(options.expand) });
  const note = unusableNote(rules);
  if (note !== undefined) context.diagnostics.warn(note);
  const { goodVisitors } = await import('./visitors/good-visitors.ts');
  const isGuest = await goodVisitors(options.trusted);
  const [{ UnknownErrors: Errors }, { Silence: Watch }, { TemplateMiner: Miner }] = await Promise.all([
    import('./errors/unknown-errors.ts'),
    import('./errors/silence.ts'),
    import('./template/miner.ts'),
  ]);
  const miner = new Miner();
  const model = await openModel(options, { miner, emit: write }, context);
  const isMissing = options.model !== undefined && model === undefined;
  const emit = (finding: Finding): void => write(model?.judge.see(finding) ?? (isMissing ? withoutModel(finding) : finding));
  const around = { now: context.now, emit };
  const { silentAfterMs } = options;
  return {
    engine: new Maker(rules, { ...around, isGuest }),
    errors: new Errors({ ...around, miner }),
    miner,
    silence: silentAfterMs === undefined ? undefined : new Watch(silentAfterMs, around),
    model,
  };
}

interface ModelPlace {
  readonly miner: TemplateMiner;
  readonly emit: (finding: Finding) => void;
}

/** Loads what asks the model, only when it is to be asked. */
async function openModel({ model }: AnalyzeOptions, place: ModelPlace, context: Context): Promise<OpenJudge | undefined> {
  if (model === undefined) return undefined;
  const { openJudge } = await import('./llm/open-judge.ts');
  try {
    const opened = await openJudge({ ...model, ...place }, context);
    context.stopping.addEventListener('abort', () => opened.judge.cut());
    return opened;
  } catch (thrown) {
    // Rules must not fail because a model that nobody insists on cannot be asked.
    if (model.options.engine === 'llm' || !(thrown instanceof ModelStateError)) throw thrown;
    context.diagnostics.warn(`the model is not asked: ${thrown.message}`);
    return undefined;
  }
}

function withoutModel(finding: Finding): Finding {
  return { ...finding, analyzer: { ...finding.analyzer, degraded: 'state' } };
}
