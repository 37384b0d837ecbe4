import { at, decodePosition } from '../model/decode.ts';
import type { Position } from '../model/envelope.ts';
import { explained } from './errors.ts';
import { emptyState, type FolderState, readState } from './json-folder.ts';
import { openMirror } from './mirror.ts';
import { type Connection, connect } from './open.ts';
import { folderOf, kindOf } from './place.ts';

/** How far readers of logs had come when the last mark was stored. */
export interface StoredMarks {
  readonly positions: readonly Position[];
  /** The streams of marks, the one that was stored last first. */
  readonly streams: readonly { readonly stream: string; readonly seq: number; readonly sources: readonly string[] }[];
}

const nothing: StoredMarks = { positions: [], streams: [] };

/** Reads what the marks in a place say; nothing from one that has none yet. Throws `LpError` 65, 66, 75 or 77. */
export async function readMarks(path: string, lockTimeoutMs: number, password?: string): Promise<StoredMarks> {
  const kind = kindOf(path);
  if (kind === 'json-files') return marksOf(readState(folderOf(path)) ?? emptyState);
  let connection: Connection | undefined;
  try {
    connection =
      (await openMirror(path, { password, from: new Date() })) ?? (await connect(path, { isReadOnly: true, lockTimeoutMs }));
    const tables = connection.prepare("SELECT count(*) FROM sqlite_master WHERE name = 'streams'").pluck().get();
    return tables === 0 ? nothing : marksIn(connection);
  } catch (thrown) {
    throw explained(thrown, path);
  } finally {
    connection?.close();
  }
}

function marksOf({ streams, positions }: FolderState): StoredMarks {
  return {
    positions: positions.flatMap(({ stream, position }) => (stream === '' ? [] : [position])),
    streams: streams.map(({ stream, seq }) => ({
      stream,
      seq,
      sources: positions.filter((found) => found.stream === stream).map(({ position }) => position.source),
    })),
  };
}

function marksIn(connection: Connection): StoredMarks {
  const rows = connection.prepare('SELECT stream, source, json FROM marks WHERE json IS NOT NULL ORDER BY rowid').all();
  const positions: Position[] = [];
  const sources = new Map<string, string[]>();
  for (const row of rows) {
    const position = positionOf(row);
    if (position === undefined) continue;
    positions.push(position.position);
    const known = sources.get(position.stream);
    if (known === undefined) sources.set(position.stream, [position.position.source]);
    else known.push(position.position.source);
  }
  const streams = connection.prepare('SELECT stream, seq FROM streams ORDER BY committed_at DESC').raw().all();
  return {
    positions,
    streams: streams.flatMap((row) =>
      Array.isArray(row) ? [{ stream: String(row[0]), seq: Number(row[1]), sources: sources.get(String(row[0])) ?? [] }] : [],
    ),
  };
}

function positionOf(row: unknown): { readonly stream: string; readonly position: Position } | undefined {
  const [stream, json] = [at(row, ['stream']), at(row, ['json'])];
  if (typeof stream !== 'string' || typeof json !== 'string') return undefined;
  const position = decodePosition(JSON.parse(json));
  return position && { stream, position };
}
