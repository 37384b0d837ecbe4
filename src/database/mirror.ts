import type { Connection } from './open.ts';
import { folderOf, kindOf } from './place.ts';

/**
 * What a place that is no SQLite file holds, as a database in memory, so that all that is asked of findings is asked in one
 * language; undefined for an SQLite file. Throws `LpError`.
 */
export async function openMirror(place: string): Promise<Connection | undefined> {
  switch (kindOf(place)) {
    case 'json-files':
      return (await import('./replay.ts')).replayed(folderOf(place));
    case 'postgres':
    case 'sqlite':
      return undefined;
  }
}
