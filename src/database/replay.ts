import { at, decodeLine } from '../model/decode.ts';
import { LpError } from '../model/error.ts';
import { exitStatus } from '../model/exit-status.ts';
import { committedBytes, type FolderState, filesIn, readState } from './json-folder.ts';
import { migrate } from './migrations.ts';
import { type Connection, connect } from './open.ts';
import { type DatabaseWriter, type Entry, writerOn } from './write.ts';

/** So many entries go into the database at once. */
const maxBatch = 2_000;

/**
 * Reads a folder of JSON files into a database in memory, as if lp-store had been given them, so that all that is asked of
 * findings is written once. Throws `LpError` 65 for a line that is not JSON, 66 when there is no folder, 74 or 77.
 */
export async function replayed(folder: string): Promise<Connection> {
  const files = filesIn(folder);
  const state = readState(folder);
  const connection = await connect(':memory:', { isReadOnly: false, lockTimeoutMs: 0 });
  migrate(connection, folder);
  const replay = new Replay(connection, folder);
  for (const name of files) {
    let lineNumber = 0;
    for (const line of linesOf(committedBytes(folder, name, state))) replay.take(line, `${folder}/${name}, line ${++lineNumber}`);
  }
  replay.flush();
  if (state !== undefined && state.expiredBefore !== '') replay.expire(new Date(state.expiredBefore));
  // Not from the lines: they do not say when they were stored, and old ones are not there any more.
  if (state !== undefined) putMarks(connection, state);
  return connection;
}

function putMarks(connection: Connection, { streams, positions }: FolderState): void {
  const addMark = connection.prepare('INSERT INTO marks VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)');
  for (const { stream, seq, committedAt, position } of positions) {
    const { source, dev, inode, fingerprint, offset } = position;
    const place = [numberOf(dev), numberOf(inode), typeof fingerprint === 'string' ? fingerprint : undefined, offset];
    addMark.run(source, seq, ...place, committedAt, stream === '' ? undefined : stream, JSON.stringify(position));
  }
  const addStream = connection.prepare('INSERT OR REPLACE INTO streams VALUES (?, ?, ?)');
  for (const { stream, seq, committedAt } of streams) addStream.run(stream, seq, committedAt);
}

/** Optional fields of a position are not checked when it is read. */
function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

function* linesOf(bytes: Buffer): Generator<string, void> {
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(0x0a, start);
    yield bytes.toString('utf8', start, end);
    start = end + 1;
  }
}

/** Puts lines into a database run by run, because a log that two runs have read from its start counts once. */
class Replay {
  readonly #connection: Connection;
  readonly #folder: string;
  readonly #writers = new Map<string, DatabaseWriter>();
  #run = '';
  #batch: Entry[] = [];

  constructor(connection: Connection, folder: string) {
    this.#connection = connection;
    this.#folder = folder;
  }

  take(json: string, where: string): void {
    const decoded = decodeLine(json);
    if (!decoded.ok) {
      const advice = 'take the line out, or move the file away';
      throw new LpError(`${where}: ${decoded.reason} (${advice})`, exitStatus.badData);
    }
    const { envelope } = decoded;
    if (envelope.type === 'unknown' && envelope.value['type'] === 'run') this.#enter(envelope.value['run']);
    if (envelope.type === 'finding') this.#batch.push({ finding: envelope, json });
    if (envelope.type === 'summary') this.#batch.push({ summary: envelope });
    if (this.#batch.length >= maxBatch) this.flush();
  }

  flush(): void {
    if (this.#batch.length > 0) this.#writer(new Date(0)).save(this.#batch, new Date());
    this.#batch = [];
  }

  expire(moment: Date): void {
    this.#writer(new Date(0)).expire(moment);
  }

  /** What follows was written by this run; or nothing, when it has ended. */
  #enter(run: unknown): void {
    this.flush();
    const [id, startedAt, endedAt] = [at(run, ['id']), at(run, ['started_at']), at(run, ['ended_at'])];
    this.#run = typeof id === 'string' ? id : '';
    this.#writer(typeof startedAt === 'string' ? new Date(startedAt) : new Date(0));
    if (typeof endedAt !== 'string') return;
    const row = [...this.#writers.keys()].indexOf(this.#run) + 1;
    this.#connection.prepare('UPDATE runs SET ended_at = ? WHERE id = ?').run(endedAt, row);
  }

  #writer(startedAt: Date): DatabaseWriter {
    const known = this.#writers.get(this.#run);
    if (known !== undefined) return known;
    const writer = writerOn(this.#connection, this.#folder, startedAt);
    this.#writers.set(this.#run, writer);
    return writer;
  }
}
