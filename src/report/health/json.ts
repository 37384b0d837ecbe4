import { printableJson } from '../../io/printable.ts';
import { schema } from '../../model/envelope.ts';
import { missesIn } from '../understanding.ts';
import type { Health } from './health.ts';

/** The health of lp as one object on one line; what is not known is left out. */
export function healthJson(health: Health): string {
  const { now, since, lastRun, cutRuns, streams, isFollowing, troubles, sources, coverage, model } = health;
  const value = {
    schema,
    type: 'health',
    timestamp: now,
    since,
    ok: troubles.length === 0,
    troubles,
    following: isFollowing,
    last_run: lastRun && { started_at: lastRun.startedAt, ended_at: lastRun.endedAt },
    cut_runs: cutRuns,
    streams: streams.map(({ stream, seq, committedAt }) => ({ stream, seq, committed_at: committedAt })),
    sources: sources.map(({ source, behindBytes, committedAt, changedAt, coverage: counts }) => ({
      source,
      behind: behindBytes,
      committed_at: committedAt,
      modified: changedAt,
      ...countsOf(counts),
    })),
    coverage: countsOf({
      lines: sumOf(coverage.map(({ lines }) => lines)),
      unknown: sumOf(coverage.map(({ unknown }) => unknown)),
      dead: sumOf(coverage.map(({ dead }) => dead)),
    }),
    model: model && {
      findings: model.findings,
      tokens: model.tokens,
      cost_usd: model.costUsd,
      degraded: Object.fromEntries(model.degraded),
    },
  };
  return `${printableJson(JSON.stringify(value))}\n`;
}

function countsOf(counts: { readonly lines: number; readonly unknown: number; readonly dead: number }) {
  const { lines, dead } = counts;
  return { lines, understood: Math.max(0, lines - missesIn(counts)), dead };
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
