import type { Finding } from '../../model/envelope.ts';
import { severityRank } from '../../model/severity.ts';
import { missesIn, percentOf, understood } from '../understanding.ts';
import { counted, logIn, numeral } from '../words.ts';
import type { SourceHealth, State, Trouble } from './health.ts';
import { lengthOf, sizeIn } from './words.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** A pipe of which nothing was heard for so long, and that has not ended, has stopped or hangs. */
const stoppedAfterMs = 5 * minuteMs;

/** A pipe that runs once a day, or more often, is late after so long. */
const lateAfterMs = 26 * hourMs;

/** So much that has waited for so long is read too slowly, or not at all. */
const muchBehindBytes = 256 * 1024;
const lagsAfterMs = 10 * minuteMs;

/** So many lines tell whether a log is understood, and so large a part of them must be. */
const fewestLines = 200;
const enoughUnderstood = 0.5;

/** What is wrong, worst first: what a database tells, and what lp-analyze has found about logs. */
export function troublesOf(state: State, findings: readonly Finding[]): readonly Trouble[] {
  return [...allTroublesOf(state, findings)].sort((a, b) => severityRank(b.severity) - severityRank(a.severity));
}

function* allTroublesOf(known: State, findings: readonly Finding[]): Generator<Trouble, void> {
  yield* troublesOfRuns(known);
  const told = new Set<string>();
  for (const source of known.sources) {
    for (const trouble of troublesOfSource(source, known.now)) {
      told.add(source.source);
      yield trouble;
    }
  }
  for (const { severity, summary, entity } of findings) {
    if (!told.has(entity.value)) yield { severity, source: entity.value, text: summary };
  }
  const unheard = [...(known.model?.degraded ?? [])];
  if (unheard.length > 0) {
    const reasons = unheard.map(([reason, count]) => `${reason}: ${numeral(count)}`).join(', ');
    yield {
      severity: 'WARNING',
      text: `Of some findings the rules alone judged, because the model gave no answer (${reasons}).`,
    };
  }
}

function* troublesOfRuns({ now, lastRun, cutRuns, streams, isFollowing }: State): Generator<Trouble, void> {
  if (lastRun === undefined) {
    yield { severity: 'ERROR', text: 'Nothing was ever stored: lp-store has not run with this database.' };
    return;
  }
  const { startedAt, endedAt } = lastRun;
  const heardAt = streams[0]?.committedAt;
  const silentMs = now.getTime() - (heardAt !== undefined && heardAt > startedAt ? heardAt : startedAt).getTime();
  if (endedAt !== undefined && now.getTime() - endedAt.getTime() >= lateAfterMs) {
    yield { severity: 'ERROR', text: `Nothing has run for ${lengthOf(now.getTime() - endedAt.getTime())}.` };
  } else if (endedAt === undefined && isFollowing === false && silentMs >= stoppedAfterMs) {
    const text = `The pipe was last heard of ${lengthOf(silentMs)} ago, and has not ended: it was cut off, or hangs.`;
    yield { severity: 'ERROR', text };
  }
  if (cutRuns > 0) {
    yield { severity: 'WARNING', text: `${counted(cutRuns, 'run of lp-store was', 'runs of lp-store were')} cut off.` };
  }
}

function* troublesOfSource(
  { source, behindBytes = 0, committedAt, coverage }: SourceHealth,
  now: Date,
): Generator<Trouble, void> {
  const waitedMs = committedAt === undefined ? 0 : now.getTime() - committedAt.getTime();
  const log = logIn(source);
  if (behindBytes >= muchBehindBytes && waitedMs >= lagsAfterMs) {
    const text = `${log}: ${sizeIn(behindBytes)} were not read yet; the last mark of it is ${lengthOf(waitedMs)} old.`;
    yield { severity: 'WARNING', source, text };
  }
  const counts = { lines: coverage.lines, misses: missesIn(coverage) };
  if (counts.lines >= fewestLines && understood(counts) < enoughUnderstood) {
    const text = `${log}: only ${percentOf(counts)} of ${numeral(counts.lines)} lines were understood.`;
    yield { severity: 'WARNING', source, text };
  }
}
