import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { BatchWriter } from '../../../src/io/sink.ts';
import { Folders } from '../../../src/tail/folders.ts';
import { LineWriter } from '../../../src/tail/line-writer.ts';
import { OpenFiles } from '../../../src/tail/log-file.ts';
import { Source } from '../../../src/tail/source.ts';

const folder = mkdtempSync(join(tmpdir(), 'lp-source-'));
after(() => rmSync(folder, { recursive: true }));
const path = join(folder, 'app.log');

describe('a log that was read before', () => {
  test('is read from all its files, though it is rotated while others in its folder are looked at', async () => {
    writeFileSync(path, 'one\n');
    const { dev, ino: inode } = statSync(path);
    // The folder has been quiet for long when it is listed.
    const hourAgo = new Date(Date.now() - 3_600_000);
    utimesSync(folder, hourAgo, hourAgo);
    const folders = new Folders();
    assert.deepEqual(folders.rotatedOf(path), []);
    renameSync(path, `${path}.2`);
    writeFileSync(`${path}.1`, 'two\n');
    writeFileSync(path, 'three\n');
    const source = new Source(path, { open: new OpenFiles(), folders, clock: () => 0 });
    await source.begin([{ source: path, dev, inode, offset: 4 }], 'end');
    const files = [`${path}.2`, `${path}.1`, path].map((name) => statSync(name).ino);
    assert.deepEqual(
      source.positions.map((position) => [position.inode, position.offset]),
      files.map((file, index) => [file, index === 0 ? 4 : 0]),
    );
    source.close();
  });
});

/** Folders in which a rotated log has another name whenever they were listed, so many times. */
class MovingFolders extends Folders {
  #names: readonly [string, string];
  moves: number;

  constructor(names: readonly [string, string], moves: number) {
    super();
    this.#names = names;
    this.moves = moves;
  }

  override rotatedOf(log: string): ReturnType<Folders['rotatedOf']> {
    const found = super.rotatedOf(log);
    if (this.moves-- > 0) {
      const [from, to] = this.#names;
      renameSync(from, to);
      this.#names = [to, from];
    }
    return found;
  }
}

describe('a log whose files are moved as fast as they are looked at', () => {
  const log = join(folder, 'fast.log');
  const written: string[] = [];
  const writer = new BatchWriter({ write: async (bytes) => void written.push(Buffer.from(bytes).toString()) });
  const out = new LineWriter(writer);
  const linesOf = async (): Promise<readonly string[]> => {
    await writer.end();
    return [
      ...written
        .splice(0)
        .join('')
        .matchAll(/"offset":\d+\},"original":"(\w+)"/g),
    ].map(([, line = '']) => line);
  };

  test('is left as it was until they stand still: nothing is lost, and nothing is read twice', async () => {
    writeFileSync(log, 'one\ntwo\n');
    const { dev, ino: inode } = statSync(log);
    renameSync(log, `${log}.2`);
    writeFileSync(log, 'three\n');
    const known = { source: log, dev, inode, offset: 4 };
    const folders = new MovingFolders([`${log}.2`, `${log}.1`], 1_000);
    const source = new Source(log, { open: new OpenFiles(), folders, clock: () => 0 });
    await source.begin([known], 'end');
    assert.deepEqual(source.positions, [known]);
    assert.ok(source.isBehind);
    await assert.rejects(source.read(out), { code: 'moving' });
    assert.deepEqual(await linesOf(), []);
    folders.moves = 0;
    assert.ok(source.check());
    while (await source.read(out));
    assert.deepEqual(await linesOf(), ['two', 'three']);

    // What is open is read on meanwhile.
    renameSync(log, `${log}.3`);
    appendFileSync(`${log}.3`, 'four\n');
    writeFileSync(log, 'five\n');
    folders.moves = 1_000;
    assert.ok(source.check());
    await assert.rejects(source.read(out), { code: 'moving' });
    assert.deepEqual(await linesOf(), ['four']);
    folders.moves = 0;
    assert.ok(source.check());
    while (await source.read(out));
    assert.deepEqual(await linesOf(), ['five']);
    source.close();
  });
});
