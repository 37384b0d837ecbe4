import assert from 'node:assert/strict';
import { mkdtempSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { Folders } from '../../../src/tail/folders.ts';
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
