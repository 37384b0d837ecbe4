import assert from 'node:assert/strict';
import { chmod, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { LpError } from '../../../src/model/error.ts';
import { decompressed, openFile } from '../../../src/parse/input.ts';
import { cutAt, each } from '../../support/parse-lines.ts';

async function collected(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all).toString('utf8');
}

const unpacked = (...chunks: readonly Uint8Array[]): Promise<string> => collected(decompressed(each(chunks), 'a.gz'));

function isError(status: number, message: RegExp): (thrown: unknown) => boolean {
  return (thrown) => {
    assert.ok(thrown instanceof LpError, String(thrown));
    assert.equal(thrown.status, status);
    assert.match(thrown.message, message);
    return true;
  };
}

const text = Array.from({ length: 20_000 }, (_, index) => `line ${index} of many\n`).join('');

describe('a stream', () => {
  test('passes as it is when it is not compressed', async () => {
    for (const plain of ['', 'a', 'a\n', '\x1f', 'BZ\n', text]) assert.equal(await unpacked(Buffer.from(plain, 'latin1')), plain);
  });

  test('is out of gzip, wherever its chunks are cut', async () => {
    const zipped = gzipSync(text);
    assert.equal(await unpacked(zipped), text);
    assert.equal(await unpacked(...cutAt(zipped, [1, 2, 3, 10, 11, zipped.length - 4])), text);
  });

  test('is out of gzip of several members', async () => {
    const zipped = Buffer.concat([gzipSync('a\n'), gzipSync(''), gzipSync(text)]);
    assert.equal(await unpacked(...cutAt(zipped, [5, 22, 30])), `a\n${text}`);
  });

  test('gives out a short line at once, without waiting for more', async () => {
    const chunks = decompressed(
      (async function* () {
        yield Buffer.from('a\n');
        throw new Error('asked for more');
      })(),
      '-',
    );
    const first = await chunks.next();
    assert.equal(first.done, false);
    assert.equal(Buffer.from(first.value ?? []).toString(), 'a\n');
  });

  test('that is damaged is read as far as it goes, and then says so', async () => {
    const zipped = gzipSync(text);
    const read: string[] = [];
    const reading = async (): Promise<void> => {
      for await (const chunk of decompressed(each([zipped.subarray(0, zipped.length - 200)]), 'a.gz'))
        read.push(Buffer.from(chunk).toString());
    };
    await assert.rejects(reading, isError(65, /a\.gz: the archive is damaged/));
    assert.ok(text.startsWith(read.join('')));
    assert.notEqual(read.join(''), '');
  });

  test('that is damaged in its midst says so', async () => {
    const zipped = Buffer.from(gzipSync(text));
    zipped.fill(0xff, 500, 520);
    await assert.rejects(unpacked(zipped), isError(65, /damaged/));
  });

  const others: readonly (readonly [name: string, start: readonly number[], tool: string])[] = [
    ['zstd', [0x28, 0xb5, 0x2f, 0xfd, 0, 0], 'zstdcat'],
    ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0], 'xzcat'],
    ['bzip2', [0x42, 0x5a, 0x68, 0x39, 0x31, 0x41], 'bzcat'],
  ];
  for (const [name, start, tool] of others) {
    test(`of ${name} says how to read it`, async () => {
      await assert.rejects(
        unpacked(Buffer.from(start)),
        isError(65, new RegExp(`compressed with ${name}.*${tool} .*\\| lp-parse`)),
      );
    });
  }
});

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
