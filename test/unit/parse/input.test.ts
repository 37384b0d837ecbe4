import assert from 'node:assert/strict';
import { chmod, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { LpError } from '../../../src/model/error.ts';
import { openFile } from '../../../src/parse/input.ts';

async function collected(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(Buffer.from(chunk));
  return Buffer.concat(all).toString('utf8');
}

function isError(status: number, message: RegExp): (thrown: unknown) => boolean {
  return (thrown) => {
    assert.ok(thrown instanceof LpError, String(thrown));
    assert.equal(thrown.status, status);
    assert.match(thrown.message, message);
    return true;
  };
}

const text = 'a line of many\n'.repeat(20_000);

describe('a file', () => {
  let directory = '';
  const path = (name: string): string => join(directory, name);
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'lp-'));
  });
  after(() => rm(directory, { recursive: true }));

  test('tells its size, its last change and its bytes', async () => {
    await writeFile(path('a.log'), text);
    await utimes(path('a.log'), 1_000, 1_795_354_560);
    let bytes = 0;
    const file = await openFile(path('a.log'), (count) => {
      bytes += count;
    });
    assert.equal(file.sizeBytes, text.length);
    assert.equal(file.changedMs, 1_795_354_560_000);
    assert.equal(await collected(file.chunks), text);
    assert.equal(bytes, text.length);
  });

  test('that is not there is status 66', async () => {
    await assert.rejects(
      openFile(path('none'), () => {}),
      isError(66, /none: there is no such file/),
    );
  });

  test('that is a directory is status 66', async () => {
    await assert.rejects(
      openFile(directory, () => {}),
      isError(66, /is a directory/),
    );
  });

  test('below a file is an error that names it', async () => {
    await writeFile(path('b.log'), '');
    await assert.rejects(
      openFile(path('b.log/c'), () => {}),
      isError(74, /b\.log\/c: cannot be read/),
    );
  });

  const isRoot = process.getuid?.() === 0;
  test('that may not be read is status 77', { skip: isRoot && 'root may read everything' }, async () => {
    await writeFile(path('secret'), 'a\n');
    await chmod(path('secret'), 0);
    const file = await openFile(path('secret'), () => {});
    await assert.rejects(collected(file.chunks), isError(77, /no permission.*adm/));
  });
});
