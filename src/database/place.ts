import { LpError } from '../model/error.ts';
import { exitStatus } from '../model/exit-status.ts';

/** How each kind of place starts, and which backend of lp-store keeps it; what starts in no such way is an SQLite file. */
const kinds = { 'json:': 'json-files', 'postgres://': 'postgres', 'postgresql://': 'postgres' } as const;

/** Which backend keeps findings in a place, by its file name in `store/backends`. */
export type PlaceKind = 'sqlite' | (typeof kinds)[keyof typeof kinds];

/** The kind of a place, by how it starts. Throws `LpError` 64 for one of no known kind, or with a password in it. */
export function kindOf(place: string): PlaceKind {
  const kind = Object.entries(kinds).find(([start]) => place.startsWith(start))?.[1];
  if (kind === 'postgres') refusePassword(place);
  const [scheme] = /^[a-z][a-z+]{2,}:\/\//.exec(place) ?? [];
  if (kind === undefined && scheme !== undefined) {
    throw new LpError(
      `findings cannot be kept in ${scheme}…: give a file, json:DIR, or postgres://USER@HOST/NAME`,
      exitStatus.usage,
    );
  }
  return kind ?? 'sqlite';
}

/** Every user of the machine sees the command line of a process, and its environment shows in many places. */
function refusePassword(place: string): void {
  const [, authority = ''] = /^\w+:\/\/([^/]*)/.exec(place) ?? [];
  if (!/:.*@/.test(authority) && !/[?&](?:password|sslpassword)=/i.test(place)) return;
  const advice = 'leave it out, and put it into ~/.pgpass or the variable PGPASSWORD';
  throw new LpError(`a password is no part of where findings are kept: ${advice}`, exitStatus.usage);
}

/** The folder that `json:DIR` names. */
export function folderOf(place: string): string {
  return place.slice('json:'.length) || '.';
}

/** Throws `LpError` 64 unless a place is an SQLite file. */
export function mustBeFile(place: string, advice: string): void {
  if (kindOf(place) === 'sqlite') return;
  throw new LpError(`${place} is no SQLite database, which this needs: ${advice}`, exitStatus.usage);
}
