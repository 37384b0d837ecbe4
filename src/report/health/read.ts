import { statSync } from 'node:fs';
import type { Followed } from '../../database/followed.ts';
import { databasePath } from '../../database/path.ts';
import { openDatabaseReader } from '../../database/read.ts';
import { modelUseOf } from '../digest.ts';
import { coverageOf } from '../sites.ts';
import { lockTimeoutMs, type Task } from '../sources.ts';
import { type Health, stateOf } from './health.ts';
import { troublesOf } from './troubles.ts';

const dayMs = 86_400_000;

/** Rules of lp-analyze that are about logs themselves. */
const sourceRules = ['lp.source_not_understood', 'lp.source_silent', 'lp.source_lags'] as const;

/** The health of the pipes that fill a database, since a time or of the last day. Throws `LpError` as the reader does. */
export async function readHealth({ values, context, now }: Omit<Task, 'renderer'>): Promise<Health> {
  const since = values.since ?? new Date(now.getTime() - dayMs);
  const { environment } = context;
  const scope = { from: since, password: environment['PGPASSWORD'] };
  const reader = await openDatabaseReader(databasePath(values.db, environment), lockTimeoutMs, scope);
  try {
    const setAside = { isWanted: false, hasSuppressions: reader.hasSuppressions(now), now };
    const state = stateOf({
      now,
      since,
      lastRun: reader.lastRun(),
      cutRuns: reader.cutRuns(since),
      streams: reader.streams(),
      followed: reader.followed(),
      coverage: coverageOf(reader.summaries({ since })),
      model: modelUseOf(reader.findings({ since }, undefined)),
      sizeOf,
    });
    const findings = sourceRules.flatMap((rule) => reader.findings({ since, rule, setAside }, undefined));
    return { ...state, troubles: troublesOf(state, findings) };
  } finally {
    reader.close();
  }
}

/** The log may be on another machine, be another file by now, or not be for this user's eyes. */
function sizeOf({ position: { source, dev, inode } }: Followed): number | undefined {
  try {
    const found = statSync(source, { throwIfNoEntry: false });
    return found !== undefined && found.dev === dev && found.ino === inode ? found.size : undefined;
  } catch {
    return undefined;
  }
}
