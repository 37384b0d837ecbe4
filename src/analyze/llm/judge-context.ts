import type { Finding } from '../../model/envelope.ts';
import type { RedactPattern } from '../../redact/pattern.ts';
import type { TemplateMiner } from '../template/miner.ts';
import type { Clock } from './clock.ts';
import type { Feedback } from './feedback.ts';
import type { ModelStore } from './model-store.ts';
import type { ModelSettings } from './settings.ts';
import type { Transport } from './transport.ts';

/** What judging needs from outside. */
export interface JudgeContext {
  readonly settings: ModelSettings;
  readonly transport: Transport;
  readonly store: ModelStore;
  readonly clock: Clock;
  readonly patterns: readonly RedactPattern[];
  readonly miner: TemplateMiner;
  readonly feedback: Feedback;
  /** Takes findings that have changed by a verdict, or for want of one. */
  readonly emit: (finding: Finding) => void;
  readonly warn: (message: string) => void;
}

/** What one run came to. */
export interface Totals {
  calls: number;
  cases: number;
  cached: number;
  degraded: number;
  inputTokens: number;
  outputTokens: number;
  costUsd: number;
}
