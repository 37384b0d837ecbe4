import type { Context } from '../../cli/command.ts';
import type { Finding } from '../../model/envelope.ts';
import { reasonOf } from '../../model/error.ts';
import { loadPatterns } from '../../redact/redactor.ts';
import type { TemplateMiner } from '../template/miner.ts';
import { systemClock } from './clock.ts';
import { noFeedback, readFeedback } from './feedback.ts';
import { Judge } from './judge.ts';
import { ModelStore, modelStorePath } from './model-store.ts';
import type { ModelOptions, ModelSettings } from './settings.ts';
import { Spool } from './spool.ts';
import { openTransport } from './transport.ts';

/** A judge, and how to let go of what it holds. */
export interface OpenJudge {
  readonly judge: Judge;
  close(): Promise<void>;
}

/** What a judge is opened with. */
export interface JudgeParts {
  readonly settings: ModelSettings;
  readonly options: Pick<ModelOptions, 'state' | 'feedback' | 'isSpooling'>;
  readonly miner: TemplateMiner;
  readonly emit: (finding: Finding) => void;
}

/** Opens what the model needs: HTTP client, state, patterns. Throws `LpError` for files that cannot be used. */
export async function openJudge({ settings, options, miner, emit }: JudgeParts, context: Context): Promise<OpenJudge> {
  const feedback = options.feedback === undefined ? noFeedback : readFeedback(options.feedback);
  const store = await ModelStore.open(modelStorePath(options.state, context.environment));
  const [transport, patterns] = await Promise.all([openTransport(settings), loadPatterns()]);
  const warn = (message: string): void => context.diagnostics.warn(message);
  const clock = systemClock(context.now);
  const judge = new Judge({ settings, transport, store, clock, patterns, miner, feedback, emit, warn });
  const spool = options.isSpooling && !settings.isDryRun ? new Spool(store) : undefined;
  if (spool !== undefined) judge.resume(spool.load(clock.nowMs()));
  return {
    judge,
    async close() {
      await transport.close();
      try {
        spool?.save(judge.held, clock.nowMs());
      } catch (thrown) {
        warn(`cases without a verdict are not kept: ${reasonOf(thrown)}`);
      }
      store.close();
    },
  };
}
