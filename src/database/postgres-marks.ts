import type { Mark, Position } from '../model/envelope.ts';
import { type OwnMarks, positionsBySource, type StoredSide, streamOf } from './own-marks.ts';
import type { PostgresConnection } from './postgres.ts';
import { textOf, turned, whole } from './postgres-values.ts';

interface Keeping {
  readonly client: PostgresConnection;
  readonly own: OwnMarks;
  readonly now: Date;
}

/**
 * Keeps the positions of the marks' files in place of earlier ones; files that no mark names keep theirs. Gives what to call when
 * the transaction has gone well. Throws `LpError` 78 when another process stores marks of the same logs.
 */
export async function writeMarks({ client, own, now }: Keeping, given: readonly Mark[]): Promise<() => void> {
  if (given.length === 0) return () => {};
  const marks = given.map(storable);
  const keep = own.check(marks, await storedSideOf(client, marks));
  const streams = new Map<string, number>();
  const rows = new Map<string, readonly (readonly unknown[])[]>();
  for (const { mark } of marks) {
    const stream = streamOf(mark.stream);
    if (stream !== '') streams.set(stream, mark.seq);
    for (const [source, positions] of positionsBySource(mark)) {
      rows.set(
        source,
        positions.map((position) => [
          source,
          mark.seq,
          ...placeOf(position),
          now,
          stream || undefined,
          textOf(JSON.stringify(position)),
        ]),
      );
    }
  }
  await client.query('DELETE FROM marks WHERE source = ANY($1)', [[...rows.keys()]]);
  await client.query(
    `INSERT INTO marks SELECT * FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::bigint[], $5::text[], $6::bigint[],
      $7::timestamptz[], $8::text[], $9::text[])`,
    turned([...rows.values()].flat(), 9),
  );
  await client.query(
    `INSERT INTO streams SELECT stream, seq, $3 FROM unnest($1::text[], $2::bigint[]) AS moved (stream, seq)
    ON CONFLICT (stream) DO UPDATE SET seq = excluded.seq, committed_at = excluded.committed_at`,
    [[...streams.keys()], [...streams.values()], now],
  );
  return keep;
}

/** A mark with texts and numbers as they will be read again, so that what is stored can be compared with it. */
function storable({ mark, ...rest }: Mark): Mark {
  const positions = [...positionsBySource(mark)].flatMap(([source, found]) =>
    found.map((position) => ({ ...position, source: textOf(source) })),
  );
  const stream = streamOf(mark.stream);
  return { ...rest, mark: { ...mark, seq: whole(mark.seq), ...(stream !== '' && { stream: textOf(stream) }), positions } };
}

/** What is stored of the streams and logs of these marks. Logs of one name that lie on several machines are not the same ones. */
async function storedSideOf(client: PostgresConnection, marks: readonly Mark[]): Promise<StoredSide> {
  const streams = marks.map(({ mark }) => streamOf(mark.stream));
  const sources = marks.flatMap(({ mark }) => [...positionsBySource(mark).keys()]);
  const moved = await client.query<{ readonly stream: string; readonly seq: number }>(
    'SELECT stream, seq FROM streams WHERE stream = ANY($1)',
    [streams],
  );
  const placed = await client.query<Placed>(
    `SELECT source, dev, inode, coalesce(stream, '') AS stream FROM marks WHERE source = ANY($1)`,
    [sources],
  );
  const seqs = new Map(moved.rows.map(({ stream, seq }) => [stream, seq]));
  const owners = new Map(placed.rows.flatMap((row) => (row.inode === null ? [] : [[keyOf(row), row.stream] as const])));
  return {
    seqOf: (stream) => seqs.get(stream),
    streamOf(source, positions) {
      const keys = positions.map((position) => keyOf({ source, dev: numberOf(position.dev), inode: numberOf(position.inode) }));
      return keys.map((key) => owners.get(key)).find((stream) => stream !== undefined);
    },
  };
}

interface Placed {
  readonly source: string;
  readonly dev: number | null | undefined;
  readonly inode: number | null | undefined;
  readonly stream: string;
}

/** Tells files apart. */
function keyOf({ source, dev, inode }: Omit<Placed, 'stream'>): string {
  return `${dev ?? ''} ${inode ?? ''} ${source}`;
}

/** Optional fields of a position are not checked when it is read. */
function placeOf({ dev, inode, fingerprint, offset }: Position): readonly unknown[] {
  const text: unknown = fingerprint;
  return [numberOf(dev), numberOf(inode), typeof text === 'string' ? textOf(text) : undefined, whole(offset)];
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? whole(value) : undefined;
}
