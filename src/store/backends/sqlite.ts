import { prepareDatabaseFile } from '../../database/path.ts';
import { openDatabaseWriter } from '../../database/write.ts';
import type { Backend } from '../backend.ts';

/** Stores in one SQLite file. */
const sqlite: Backend = {
  name: 'sqlite',
  // SQLite itself takes long to load, and may have nothing to do.
  prepare: async ({ place }) => prepareDatabaseFile(place),
  async open({ place, lockTimeoutMs, now }) {
    const writer = await openDatabaseWriter(place, lockTimeoutMs, now);
    return {
      save: async (batch, moment) => writer.save(batch, moment),
      expire: async (moment) => void writer.expire(moment),
      close: async (moment) => writer.close(moment),
    };
  },
};

export default sqlite;
