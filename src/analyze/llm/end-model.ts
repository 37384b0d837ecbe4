import type { Context } from '../../cli/command.ts';
import type { OpenJudge } from './open-judge.ts';
import { type ModelSettings, maxPrice } from './settings.ts';

/** What is left to do with the model at the end of the input, and where requests are shown. */
export interface Ending {
  readonly settings: ModelSettings;
  /** Takes each request of a dry run, as a line. */
  readonly show: (line: string) => void;
}

/** Waits for the verdicts that are still to come, or shows what would have been sent. */
export async function endModel({ judge }: OpenJudge, { settings, show }: Ending, context: Context): Promise<void> {
  if (settings.isDryRun) {
    showRequests(judge, { settings, show }, context);
    return;
  }
  if (context.stopping.aborted) judge.cut();
  await judge.end(settings.deadlineMs);
}

/** Lets go of what the model needs, and notes what it came to. */
export async function closeModel({ judge, close }: OpenJudge, { diagnostics }: Context): Promise<void> {
  await close();
  const { cases, cached, calls, degraded, inputTokens, outputTokens, costUsd } = judge.totals;
  if (cases === 0) return;
  const tokens = `${Math.round(inputTokens)} + ${Math.round(outputTokens)} tokens`;
  diagnostics.note(
    `model: ${cases} cases, ${cached} answered before, ${calls} requests, ${tokens}, ${costUsd.toFixed(6)} USD, ${degraded} without a verdict`,
  );
}

function showRequests(judge: OpenJudge['judge'], { settings, show }: Ending, { diagnostics }: Context): void {
  judge.closeAll();
  let [requests, cases, input, output] = [0, 0, 0, 0];
  for (const batch of judge.batches()) {
    const prompt = judge.promptFor(batch);
    requests++;
    cases += batch.length;
    input += prompt.inputTokens;
    output += prompt.maxOutputTokens;
    show(`${prompt.body}\n`);
  }
  const usd = settings.isOpenRouter || !settings.isLocal ? (input * maxPrice.prompt + output * maxPrice.completion) / 1e6 : 0;
  diagnostics.tell(
    `dry run: ${requests} requests with ${cases} cases to ${settings.baseUrl}, about ${input} tokens and at most ${output} in answer, at most ${usd.toFixed(4)} USD; nothing was sent`,
  );
}
