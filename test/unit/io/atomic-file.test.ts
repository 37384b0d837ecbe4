import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { writeAtomically } from '../../../src/io/atomic-file.ts';

const directory = mkdtempSync(join(tmpdir(), 'lp-atomic-'));
after(() => rmSync(directory, { recursive: true }));

async function* chunksOf(...chunks: readonly string[]): AsyncGenerator<string> {
  yield* chunks;
}

test('writes a new file that only its owner and group may read', async () => {
  const path = join(directory, 'new');
  await writeAtomically(path, chunksOf('Grüße, ', '漢字', ''));
  assert.equal(readFileSync(path, 'utf8'), 'Grüße, 漢字');
  assert.equal(statSync(path).mode & 0o777, 0o640);
});

test('shows the old file until the new one is complete', async () => {
  const path = join(directory, 'old');
  writeFileSync(path, 'old');
  async function* watched(): AsyncGenerator<string> {
    yield 'ne';
    assert.equal(readFileSync(path, 'utf8'), 'old');
    yield 'w';
  }
  await writeAtomically(path, watched());
  assert.equal(readFileSync(path, 'utf8'), 'new');
});

test('leaves the old file and nothing else when it fails on the way', async () => {
  const path = join(directory, 'kept');
  writeFileSync(path, 'old');
  async function* failing(): AsyncGenerator<string> {
    yield 'half of it';
    throw new TypeError('a bug');
  }
  await assert.rejects(writeAtomically(path, failing()), TypeError);
  assert.equal(readFileSync(path, 'utf8'), 'old');
  assert.deepEqual(
    readdirSync(directory).filter((name) => name.includes('kept')),
    ['kept'],
  );
});

test('puts a file in place of a symbolic link and leaves what it points to', async () => {
  writeFileSync(join(directory, 'target'), 'old');
  symlinkSync('target', join(directory, 'link'));
  await writeAtomically(join(directory, 'link'), chunksOf('new'));
  assert.equal(readFileSync(join(directory, 'target'), 'utf8'), 'old');
  assert.equal(readFileSync(join(directory, 'link'), 'utf8'), 'new');
});

const failures: readonly (readonly [title: string, path: string, status: number])[] = [
  ['a directory that is missing', join(directory, 'none', 'file'), 73],
  ['a directory in the file’s place', directory, 73],
  ['a full device', '/dev/full', 74],
];
for (const [title, path, status] of failures) {
  test(`${title} ends with status ${status}`, async () => {
    await assert.rejects(writeAtomically(path, chunksOf('text')), { name: 'LpError', status });
  });
}
