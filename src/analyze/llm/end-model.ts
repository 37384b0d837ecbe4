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
export async function endModel({ judge, close }: OpenJudge, { settings, show }: Ending, context: Context): Promise<void> {
  try {
    if (settings.isDryRun) showRequests({ judge, close }, { settings, show }, context);
    else if (context.stopping.aborted) judge.cut();
    if (!settings.isDryRun) await judge.end(settings.deadlineMs);
  } finally {
    await close();
  }
  const { cases, cached, calls, degraded, inputTokens, outputTokens, costUsd } = judge.totals;
  if (settings.isDryRun) return;
  const tokens = `${Math.round(inputTokens)} + ${Math.round(outputTokens)} tokens`;
  context.diagnostics.note(
    `model: ${cases} cases, ${cached} answered before, ${calls} requests, ${tokens}, ${costUsd.toFixed(6)} USD, ${degraded} without a verdict`,
  );
}

function showRequests({ judge }: OpenJudge, { settings, show }: Ending, { diagnostics }: Context): void {
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
  const usd = settings.isOpenRouter ? (input * maxPrice.prompt + output * maxPrice.completion) / 1e6 : 0;
  diagnostics.tell(
    `dry run: ${requests} requests with ${cases} cases to ${settings.baseUrl}, about ${input} tokens and at most ${output} in answer, at most ${usd.toFixed(4)} USD; nothing was sent`,
  );
}
