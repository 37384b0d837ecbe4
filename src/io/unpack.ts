import { spawn } from 'node:child_process';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { LpError, reasonOf, systemCodeOf } from '../model/error.ts';
import { exitStatus } from '../model/exit-status.ts';

type Chunks = AsyncGenerator<Uint8Array, void>;
type Unpack = (chunks: Chunks, name: string) => Chunks;

/** Stands for any byte in a magic. */
const any = -1;

/**
 * What a stream that is not plain UTF-8 starts with, and how it is read. Source: RFC 1952 §2.3.1 (gzip), RFC 8878 §3.1.1
 * (zstd), .xz file format 1.2 §2.1, bzip2; Unicode 16.0 §23.8 (byte order mark).
 */
const kinds: readonly { readonly magic: readonly number[]; readonly unpack: Unpack }[] = [
  { magic: [0x1f, 0x8b], unpack: gunzipped },
  { magic: [0x28, 0xb5, 0x2f, 0xfd], unpack: through('zstd') },
  { magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], unpack: through('xz') },
  { magic: [0x42, 0x5a, 0x68, any, 0x31, 0x41], unpack: through('bzip2') },
  { magic: [0xef, 0xbb, 0xbf], unpack: withoutMark },
  { magic: [0xff, 0xfe], unpack: (chunks) => recoded(chunks, 'utf-16le') },
  { magic: [0xfe, 0xff], unpack: (chunks) => recoded(chunks, 'utf-16be') },
];

/** The bytes of a stream, unpacked and as UTF-8 where it says that it is something else. Throws `LpError` 65 for a damaged archive. */
export async function* unpacked(chunks: AsyncIterable<Uint8Array>, name: string): Chunks {
  const iterator = chunks[Symbol.asyncIterator]();
  const start = await firstBytes(iterator);
  const all = following(start, iterator);
  const kind = kinds.find(({ magic }) => magic.every((byte, index) => byte === any || start[index] === byte));
  yield* kind === undefined ? all : kind.unpack(copied(all), name);
}

/** Chunks that stay valid, for streams, which read ahead. */
async function* copied(chunks: Chunks): Chunks {
  for await (const chunk of chunks) yield Buffer.from(chunk);
}

async function* gunzipped(chunks: Chunks, name: string): Chunks {
  const source = Readable.from(chunks, { objectMode: false });
  const gunzip = createGunzip();
  source.on('error', (thrown) => gunzip.destroy(thrown));
  try {
    yield* source.pipe(gunzip);
  } catch (thrown) {
    throw damaged(thrown, name);
  } finally {
    source.destroy();
  }
}

/** Unpacks by a program of the system: Node 20 has no such codec of its own. */
function through(program: string): Unpack {
  return async function* (chunks, name) {
    const child = spawn(program, ['-dc'], { stdio: ['pipe', 'pipe', 'pipe'] });
    let complaint = '';
    child.stderr.on('data', (text) => {
      complaint = `${complaint}${text}`.slice(-200);
    });
    const ended = new Promise<number | null>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', resolve);
    });
    // What goes wrong on the way in shows in how the program ends.
    ended.catch(() => {});
    child.stdin.on('error', () => {});
    const source = Readable.from(chunks, { objectMode: false });
    source.on('error', (thrown) => child.stdout.destroy(thrown));
    source.pipe(child.stdin);
    try {
      yield* child.stdout;
      if ((await ended) !== 0) throw new Error(complaint.trim());
    } catch (thrown) {
      if (systemCodeOf(thrown) === 'ENOENT') {
        throw new LpError(`${name} is compressed with ${program}, which is not installed; install it`, exitStatus.unavailable);
      }
      throw damaged(thrown, name);
    } finally {
      source.destroy();
      child.kill();
    }
  };
}

function damaged(thrown: unknown, name: string): LpError {
  if (thrown instanceof LpError) return thrown;
  return new LpError(`${name}: the archive is damaged: ${reasonOf(thrown)}; what came before was read`, exitStatus.badData);
}

async function* withoutMark(chunks: Chunks): Chunks {
  let isFirst = true;
  for await (const chunk of chunks) {
    yield isFirst ? chunk.subarray(3) : chunk;
    isFirst = false;
  }
}

async function* recoded(chunks: Chunks, encoding: string): Chunks {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of chunks) yield Buffer.from(decoder.decode(chunk, { stream: true }));
  yield Buffer.from(decoder.decode());
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

async function* following(start: Uint8Array, iterator: AsyncIterator<Uint8Array>): Chunks {
  try {
    if (start.length > 0) yield start;
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value;
  } finally {
    await iterator.return?.();
  }
}
