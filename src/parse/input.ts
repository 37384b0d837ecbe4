import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { LpError, reasonOf, systemCodeOf } from '../model/error.ts';
import { exitStatus } from '../model/exit-status.ts';

/** A file to be read: its size is that on the disk, its time that of its last change. */
export interface InputFile {
  readonly chunks: AsyncIterable<Uint8Array>;
  readonly sizeBytes: number;
  readonly changedMs: number;
}

const chunkBytes = 64 * 1024;

/** Opens a file. Throws `LpError` 66 when there is none, or it is a directory; 77 when it may not be read. */
export async function openFile(path: string, onBytes: (count: number) => void): Promise<InputFile> {
  const status = await stat(path).catch((thrown: unknown) => {
    throw unreadable(path, thrown);
  });
  if (status.isDirectory()) throw new LpError(`${path} is a directory; name the files in it`, exitStatus.noInput);
  return { chunks: chunksOf(path, onBytes), sizeBytes: status.isFile() ? status.size : 0, changedMs: status.mtimeMs };
}

async function* chunksOf(path: string, onBytes: (count: number) => void): AsyncGenerator<Uint8Array, void> {
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: chunkBytes })) {
      onBytes(chunk.length);
      yield chunk;
    }
  } catch (thrown) {
    throw unreadable(path, thrown);
  }
}

function unreadable(path: string, thrown: unknown): LpError {
  const code = systemCodeOf(thrown);
  if (code === 'ENOENT') return new LpError(`${path}: there is no such file`, exitStatus.noInput);
  if (code === 'EACCES' || code === 'EPERM') {
    return new LpError(
      `${path}: no permission to read it; try with sudo, or join the group that owns it (often adm)`,
      exitStatus.permission,
    );
  }
  return new LpError(`${path}: cannot be read: ${reasonOf(thrown)}`, exitStatus.ioError);
}

/** What a stream starts with when it is compressed. Source: RFC 1952 §2.3.1; RFC 8878 §3.1.1; .xz file format 1.2 §2.1; bzip2. */
const magics = [
  { name: 'gzip', bytes: [0x1f, 0x8b], unpack: undefined },
  { name: 'zstd', bytes: [0x28, 0xb5, 0x2f, 0xfd], unpack: 'zstdcat' },
  { name: 'xz', bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a], unpack: 'xzcat' },
  { name: 'bzip2', bytes: [0x42, 0x5a, 0x68], unpack: 'bzcat' },
] as const;

/** The chunks, out of gzip where they are in it. Throws `LpError` 65 for a damaged archive, or one of another kind. */
export async function* decompressed(chunks: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<Uint8Array, void> {
  const iterator = chunks[Symbol.asyncIterator]();
  const start = await firstBytes(iterator);
  const all = following(start, iterator);
  const magic = magics.find(({ bytes }) => bytes.every((byte, index) => start[index] === byte));
  if (magic === undefined) return yield* all;
  if (magic.unpack !== undefined) {
    throw new LpError(
      `${name} is compressed with ${magic.name}; read it with: ${magic.unpack} FILE | lp-parse`,
      exitStatus.badData,
    );
  }
  yield* gunzipped(all, name);
}

async function* gunzipped(chunks: AsyncGenerator<Uint8Array, void>, name: string): AsyncGenerator<Uint8Array, void> {
  const source = Readable.from(chunks, { objectMode: false });
  const gunzip = createGunzip();
  source.on('error', (thrown) => gunzip.destroy(thrown));
  try {
    yield* source.pipe(gunzip);
  } catch (thrown) {
    if (thrown instanceof LpError) throw thrown;
    throw new LpError(`${name}: the archive is damaged: ${reasonOf(thrown)}; what came before was read`, exitStatus.badData);
  } finally {
    source.destroy();
  }
}

/** At least as many bytes as the longest magic, if there are as many. */
async function firstBytes(iterator: AsyncIterator<Uint8Array>): Promise<Uint8Array> {
  let start: Uint8Array = new Uint8Array();
  while (start.length < 6) {
    const next = await iterator.next();
    if (next.done === true) break;
    start = start.length === 0 ? next.value : Buffer.concat([start, next.value]);
    // A live source may start with a short line: nobody compresses text that short.
    if (start.includes(0x0a)) break;
  }
  return start;
}

async function* following(start: Uint8Array, iterator: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  try {
    if (start.length > 0) yield start;
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value;
  } finally {
    await iterator.return?.();
  }
}
