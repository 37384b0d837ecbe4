import { OwnMarks } from '../../database/own-marks.ts';
import { connectPostgres, inTransaction, type PostgresConnection } from '../../database/postgres.ts';
import { lockTables, migratePostgres } from '../../database/postgres-schema.ts';
import { expireBefore, writeBatch } from '../../database/postgres-write.ts';
import { SummarySums } from '../../database/summaries.ts';
import type { Entry, Saved } from '../../database/write.ts';
import { LpError } from '../../model/error.ts';
import { exitStatus } from '../../model/exit-status.ts';
import type { Backend, Store, StoreSettings } from '../backend.ts';

/** Stores in a PostgreSQL database, which many machines may share. */
const postgres: Backend = {
  name: 'postgres',
  async prepare(settings) {
    await (await connected(settings)).end();
  },
  async open(settings) {
    const store = new PostgresStore(settings);
    try {
      await store.start();
      return store;
    } catch (thrown) {
      await store.close(settings.now);
      throw thrown;
    }
  },
};

export default postgres;

async function connected({ place, lockTimeoutMs, environment }: StoreSettings): Promise<PostgresConnection> {
  const client = await connectPostgres({ place, lockTimeoutMs, password: environment?.['PGPASSWORD'] });
  try {
    await migratePostgres(client, place);
    return client;
  } catch (thrown) {
    // A connection that stays open keeps the process from ending.
    await client.end().catch(() => {});
    throw thrown;
  }
}

/** A batch that is under way. When a connection is lost in a commit, nobody knows whether it was done: its number tells. */
interface Pending {
  readonly batch: Iterable<Entry>;
  readonly number: number;
  saved: Saved;
  keep(): void;
}

class PostgresStore implements Store {
  readonly #settings: StoreSettings;
  readonly #sums = new SummarySums();
  readonly #own = new OwnMarks();
  #client: PostgresConnection | undefined;
  #run = 0;
  #pending: Pending | undefined;
  #count = 0;

  constructor(settings: StoreSettings) {
    this.#settings = settings;
  }

  async start(): Promise<void> {
    await this.#transaction(async (client) => {
      const { rows } = await client.query<{ readonly id: number }>('INSERT INTO runs (started_at) VALUES ($1) RETURNING id', [
        this.#settings.now,
      ]);
      this.#run = rows[0]?.id ?? 0;
    });
  }

  async save(batch: Iterable<Entry>, now: Date): Promise<Saved> {
    const isNew = this.#pending?.batch !== batch;
    const nothing = { added: 0, updated: 0, stale: 0, marks: 0 };
    const pending: Pending =
      this.#pending === undefined || isNew ? { batch, number: ++this.#count, saved: nothing, keep() {} } : this.#pending;
    this.#pending = pending;
    await this.#transaction(async (client) => {
      await lockTables(client);
      const { rows } = await client.query<{ readonly batch: number }>('SELECT batch FROM runs WHERE id = $1', [this.#run]);
      if (rows[0]?.batch === pending.number) return;
      Object.assign(pending, await writeBatch({ client, batch: [...batch], sums: this.#sums, own: this.#own, now }));
      const { added, updated, marks } = pending.saved;
      await client.query('UPDATE runs SET batch = $2, findings = findings + $3, marks = marks + $4 WHERE id = $1', [
        ...[this.#run, pending.number, added + updated, marks],
      ]);
    });
    this.#pending = undefined;
    pending.keep();
    return pending.saved;
  }

  async expire(moment: Date): Promise<void> {
    await this.#transaction(async (client) => {
      await lockTables(client);
      await expireBefore(client, moment);
    });
  }

  async close(now: Date): Promise<void> {
    try {
      await this.#client?.query('UPDATE runs SET ended_at = $2 WHERE id = $1', [this.#run, now]);
    } catch {
      // Findings and marks are safe by now; a run without its end is not worth a failure.
    }
    await this.#client?.end().catch(() => {});
  }

  /** Does `work` in a transaction, on a connection that is made anew when the last one was lost. */
  async #transaction(work: (client: PostgresConnection) => Promise<void>): Promise<void> {
    this.#client ??= await connected(this.#settings);
    const client = this.#client;
    try {
      await inTransaction(client, this.#settings.place, () => work(client));
    } catch (thrown) {
      if (thrown instanceof LpError && thrown.status === exitStatus.unavailable) {
        this.#client = undefined;
        await client.end().catch(() => {});
      }
      throw thrown;
    }
  }
}
