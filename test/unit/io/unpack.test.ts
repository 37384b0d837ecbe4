import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { unpacked as unpack } from '../../../src/io/unpack.ts';
import { LpError } from '../../../src/model/error.ts';
import { cutAt, each } from '../../support/parse-lines.ts';

async function unpacked(...chunks: readonly Uint8Array[]): Promise<string> {
  const all: Uint8Array[] = [];
  for await (const chunk of unpack(each(chunks), 'a.gz')) all.push(chunk);
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

const text = Array.from({ length: 20_000 }, (_, index) => `line ${index} of many\n`).join('');

describe('a stream', () => {
  test('passes as it is when it is not compressed', async () => {
    for (const plain of ['', 'a', 'a\n', '\x1f', 'BZ\n', 'BZhello\n', 'BZh', text])
      assert.equal(await unpacked(Buffer.from(plain, 'latin1')), plain);
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
    const chunks = unpack(
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
      for await (const chunk of unpack(each([zipped.subarray(0, zipped.length - 200)]), 'a.gz'))
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

  for (const program of ['zstd', 'xz', 'bzip2']) {
    const isMissing = spawnSync(program, ['--version']).error !== undefined;
    const skip = isMissing && `${program} is not installed`;

    test(`is out of ${program}, wherever its chunks are cut`, { skip }, async () => {
      const packed = spawnSync(program, ['-c'], { input: text }).stdout;
      assert.equal(await unpacked(packed), text);
      assert.equal(await unpacked(...cutAt(packed, [1, 2, 3, 4, 5, 100])), text);
    });

    test(`of ${program} that is damaged says so`, { skip }, async () => {
      const packed = spawnSync(program, ['-c'], { input: text }).stdout;
      await assert.rejects(unpacked(packed.subarray(0, packed.length - 20)), isError(65, /a\.gz: the archive is damaged/));
    });

    test(`of ${program} says what to install where it is not`, async () => {
      const packed = { zstd: '\x28\xb5\x2f\xfd\0\0', xz: '\xfd7zXZ\0', bzip2: 'BZh91AY' }[program] ?? '';
      const path = process.env['PATH'];
      process.env['PATH'] = '/nowhere';
      try {
        await assert.rejects(
          unpacked(Buffer.from(packed, 'latin1')),
          isError(69, new RegExp(`compressed with ${program}.*install it`)),
        );
      } finally {
        process.env['PATH'] = path;
      }
    });
  }

  test('loses its byte order mark', async () => {
    assert.equal(await unpacked(Buffer.from('\ufeffa\nb\n')), 'a\nb\n');
    assert.equal(await unpacked(...cutAt(Buffer.from('\ufeffa\ufeff\n'), [1, 2])), 'a\ufeff\n');
  });

  test('of UTF-16 becomes UTF-8, in both byte orders, wherever its chunks are cut', async () => {
    const little = Buffer.from('\ufeffa é 😀\r\n', 'utf16le');
    const big = Buffer.from(little).swap16();
    for (const bytes of [little, big]) {
      assert.equal(await unpacked(bytes), 'a é 😀\r\n');
      assert.equal(await unpacked(...cutAt(bytes, [1, 3, 5, 7, 9, 11, 13])), 'a é 😀\r\n');
    }
  });
});
