import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, beforeEach, describe, test } from 'node:test';
import { MarkTable } from '../../../src/database/mark-table.ts';
import { migrate } from '../../../src/database/migrations.ts';
import { type Connection, connect } from '../../../src/database/open.ts';
import { type Mark, schema } from '../../../src/model/envelope.ts';

const directory = mkdtempSync(join(tmpdir(), 'lp-marks-'));
const now = new Date('2026-11-22T15:00:00.000Z');
let connection: Connection;
let count = 0;
beforeEach(async () => {
  const path = join(directory, `${++count}.db`);
  connection = await connect(path, { isReadOnly: false, lockTimeoutMs: 1_000 });
  migrate(connection, path);
});
after(() => {
  connection.close();
  rmSync(directory, { recursive: true });
});

const mark = (seq: number, stream = 's', source = '/a'): Mark => ({
  schema,
  type: 'mark',
  mark: { seq, stream, positions: [{ source, offset: seq }] },
});

const refused = { status: 78, message: /another pipe follows the same logs/ };

describe('a pipe into a database', () => {
  test('goes on, after a crash, with the mark that was stored last', () => {
    new MarkTable(connection).add([mark(1), mark(2)], now)();
    const marks = new MarkTable(connection);
    marks.add([mark(2)], now)();
    marks.add([mark(3)], now)();
    assert.deepEqual(connection.prepare('SELECT source, "offset" FROM marks').all(), [{ source: '/a', offset: 3 }]);
  });

  test('refuses when it goes on before what another one has stored meanwhile', () => {
    new MarkTable(connection).add([mark(1), mark(2)], now)();
    assert.throws(() => new MarkTable(connection).add([mark(1)], now), refused);
  });

  test('refuses when another one goes on with the same marks', () => {
    const [one, other] = [new MarkTable(connection), new MarkTable(connection)];
    one.add([mark(1)], now)();
    other.add([mark(1)], now)();
    other.add([mark(2)], now)();
    assert.throws(() => one.add([mark(2)], now), refused);
  });

  test('refuses when another one has marks of the same log under a name of its own', () => {
    const [one, other] = [new MarkTable(connection), new MarkTable(connection)];
    one.add([mark(1, 's')], now)();
    other.add([mark(1, 't')], now)();
    assert.throws(() => one.add([mark(2, 's')], now), refused);
  });

  test('shares it with one that follows other logs', () => {
    const [one, other] = [new MarkTable(connection), new MarkTable(connection)];
    for (const seq of [1, 2, 3]) {
      one.add([mark(seq, 's', '/a')], now)();
      other.add([mark(seq, 't', '/b')], now)();
    }
    assert.deepEqual(connection.prepare('SELECT source, "offset" FROM marks ORDER BY source').all(), [
      { source: '/a', offset: 3 },
      { source: '/b', offset: 3 },
    ]);
  });

  test('has stored nothing of a batch that failed', () => {
    const marks = new MarkTable(connection);
    marks.add([mark(1)], now)();
    const failing = connection.transaction(() => {
      marks.add([mark(2)], now);
      throw new Error('the disk is full');
    });
    assert.throws(failing, /the disk is full/);
    marks.add([mark(2)], now)();
  });
});
