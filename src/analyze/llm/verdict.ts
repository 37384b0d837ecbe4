import type { Category, Finding } from '../../model/envelope.ts';
import { type Severity, severities, severityRank } from '../../model/severity.ts';

/** Version of the prompt and of the answer's form: verdicts of another one are not used again. */
export const promptVersion = 'lp_verdicts_v1';

/** What the model answers about one case, after it was checked. */
export interface Verdict {
  readonly severity: Severity;
  readonly category: Category;
  /** Undefined when it held what it must not. */
  readonly summary: string | undefined;
  readonly action: string | undefined;
  /** Ids of templates of the case that bear it out. */
  readonly evidence: readonly string[];
  readonly confidence: 'low' | 'medium' | 'high';
  readonly isInjection: boolean;
}

/** A verdict, and where it comes from. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly engine: 'llm' | 'cache';
  readonly model: string;
  readonly costUsd: number;
  readonly tokens: { readonly input: number; readonly output: number };
}

/** A severity, and whether the model wanted more than it may. */
export interface Settled {
  readonly severity: Severity;
  readonly needsReview: boolean;
}

/**
 * The severity of a finding after a verdict: never below what the rules say, and one step above it at most; two steps when two
 * different kinds of entry bear it out and the model is sure. What rules call a warning or less never becomes critical. There are no
 * canaries (cases whose answer is known): what one could catch, a model that calls all harmless or all grave, these bounds keep from
 * doing harm already, while an order about one case leaves the canary right, and a small model that errs on it costs a whole batch.
 */
export function settledSeverity(floor: Severity, { severity, evidence, confidence, isInjection }: Verdict): Settled {
  const [low, wanted] = [severityRank(floor), severityRank(severity)];
  const steps = confidence === 'low' || isInjection ? 0 : confidence === 'high' && new Set(evidence).size >= 2 ? 2 : 1;
  const highest = low >= severityRank('ERROR') ? severityRank('CRITICAL') : severityRank('ERROR');
  const settled = Math.max(low, Math.min(wanted, low + steps, highest));
  return { severity: severities[settled] ?? floor, needsReview: wanted > settled };
}

/** A finding of the rules as a verdict leaves it: same id, same facts, the rules' words and the model's, told apart. */
export function withJudgement(finding: Finding, { verdict, engine, model, costUsd, tokens }: Judgement): Finding {
  const floor = finding.severity;
  const ofRule = finding.analyzer.rule_severity ?? floor;
  // Where a finding is less than its rule says, somebody has trusted the visitor: no model knows better.
  const isTrusted = severityRank(floor) < severityRank(ofRule);
  const { severity, needsReview } = isTrusted ? { severity: floor, needsReview: false } : settledSeverity(floor, verdict);
  const { summary, action, category, confidence } = verdict;
  return {
    ...finding,
    severity,
    summary: summary === undefined ? finding.summary : `${finding.summary} Model: ${summary}`,
    ...(finding.action === undefined && action !== undefined && { action }),
    analyzer: {
      ...finding.analyzer,
      engine,
      model,
      prompt_version: promptVersion,
      rule_severity: ofRule,
      model_severity: verdict.severity,
      model_category: category,
      ...(action !== undefined && { model_action: action }),
      confidence,
      tokens,
      cost_usd: costUsd,
      ...(needsReview && { needs_review: true }),
    },
  };
}
