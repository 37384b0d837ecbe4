import type { Position } from '../model/envelope.ts';
import { type FileState, isSameFile, isState, stateOf, stateOfListed, unreadable } from './log-file.ts';
import type { Rotated } from './rotated.ts';

/** A file that may hold what was not read of a source. */
export interface Candidate {
  readonly path: string;
  readonly state: FileState;
  readonly isPacked: boolean;
  /** True for the log itself. */
  readonly isLive: boolean;
}

/** A file that was read up to a position. */
export interface Known {
  readonly position: Position;
  /** True when it is open and intact: it is read as it is, whatever copies there are of it. */
  readonly isHeld: boolean;
}

/**
 * The files of a source as they lie there now, the newest first. A file that is renamed while they are looked at may be seen
 * under two names, and is one all the same, under the later name. Throws what the system says of one that cannot be looked at,
 * which may be there all the same, or `moving`.
 */
export function candidatesOf(path: string, rotated: readonly Pick<Rotated, 'path' | 'isPacked'>[]): readonly Candidate[] {
  const files = [{ path, isPacked: false, isLive: true }, ...rotated.map((file) => ({ ...file, isLive: false }))];
  const found = new Map<string, Candidate>();
  for (const { path: place, isPacked, isLive } of files) {
    const state = isLive ? stateOf(place) : stateOfListed(place);
    if (typeof state === 'object' && 'code' in state) throw unreadable(state.code);
    if (!isState(state)) continue;
    const identity = `${state.dev}:${state.inode}`;
    found.delete(identity);
    found.set(identity, { path: place, state, isPacked, isLive });
  }
  return [...found.values()];
}

/** Tells whether files are still the same under the same names, and have at most grown: none was truncated, or made anew. */
export function areSame(before: readonly Candidate[], now: readonly Candidate[]): boolean {
  return (
    before.length === now.length &&
    before.every((file, index) => {
      const other = now[index];
      return (
        other !== undefined && file.path === other.path && isSameFile(file.state, other.state) && hasKept(file.state, other.state)
      );
    })
  );
}

function hasKept(before: FileState, now: FileState): boolean {
  return now.sizeBytes > before.sizeBytes || (now.sizeBytes === before.sizeBytes && now.modifiedMs === before.modifiedMs);
}

/** Tells whether a file is the one that was read, by its inode. */
export function isItself(position: Position, { state }: Candidate): boolean {
  return state.dev === position.dev && state.inode === position.inode;
}
