import type { Connection } from './open.ts';
import { folderOf, kindOf } from './place.ts';

/** How much of a place is wanted, and how to get in. */
export interface Scope {
  /** Findings that were last seen before do not matter, but for whether there are any. */
  readonly from?: Date | undefined;
  /** Those that are CRITICAL matter from this moment on, an earlier one. */
  readonly criticalFrom?: Date | undefined;
  /** For a server; when there is none, it is looked for where PostgreSQL's own programs look. */
  readonly password?: string | undefined;
}

/** Readers wait for nobody but one who changes the tables themselves. */
const lockTimeoutMs = 30_000;

/**
 * What a place that is no SQLite file holds, as a database in memory, so that all that is asked of findings is asked in one
 * language; undefined for an SQLite file. Throws `LpError`.
 */
export async function openMirror(place: string, scope: Scope = {}): Promise<Connection | undefined> {
  switch (kindOf(place)) {
    case 'json-files':
      return (await import('./replay.ts')).replayed(folderOf(place));
    case 'postgres':
      return (await import('./postgres-copy.ts')).copyOfPostgres({ place, lockTimeoutMs, ...scope });
    case 'sqlite':
      return undefined;
  }
}
