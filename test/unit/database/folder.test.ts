import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { makeFolder } from '../../../src/database/folder.ts';

const directory = mkdtempSync(join(tmpdir(), 'lp-folder-'));
after(() => rmSync(directory, { recursive: true }));

test('makes a folder with all above it, and leaves one that is there', () => {
  const path = join(directory, 'a', 'b', 'c');
  makeFolder(path);
  makeFolder(path);
  assert.ok(statSync(path).isDirectory());
});

test('fails where a file is in the way', () => {
  const file = join(directory, 'file');
  writeFileSync(file, '');
  assert.throws(() => makeFolder(file), { code: 'EEXIST' });
  assert.throws(() => makeFolder(join(file, 'a')), { code: 'ENOTDIR' });
});

test('comes back where nothing can be made', { skip: !existsSync('/proc/self') && 'there is no /proc' }, () => {
  assert.throws(() => makeFolder('/proc/lp-nothing/a/b'), { code: 'ENOENT' });
});
