import { randomBytes } from 'node:crypto';
import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { LpError, reasonOf, systemCodeOf } from '../model/error.ts';
import { type ExitStatus, exitStatus } from '../model/exit-status.ts';

/** Its owner and group only, because log text is private. */
const mode = 0o640;

/**
 * Writes a file so that nobody ever sees half of it: the old one stays until the new one is complete and on the disk. A device
 * or a named pipe is written to as it is. Throws `LpError` 73, 74 or 77 and leaves the old file.
 */
export async function writeAtomically(path: string, chunks: AsyncIterable<string>): Promise<void> {
  const kind = await stat(path).catch(() => undefined);
  if (kind?.isDirectory()) throw new LpError(`cannot write ${path}: it is a directory`, exitStatus.cannotCreate);
  if (kind !== undefined && !kind.isFile()) return fill(await opened(path, 'w', path), chunks, path);
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`);
  const file = await opened(temporary, 'wx', path);
  try {
    await fill(file, chunks, path);
    await explaining(rename(temporary, path), path, exitStatus.cannotCreate);
  } catch (thrown) {
    await rm(temporary, { force: true }).catch(() => {});
    throw thrown;
  }
  await syncDirectory(dirname(path));
}

function opened(path: string, flags: string, shown: string): Promise<FileHandle> {
  return explaining(open(path, flags, mode), shown, exitStatus.cannotCreate);
}

async function fill(file: FileHandle, chunks: AsyncIterable<string>, path: string): Promise<void> {
  try {
    for await (const chunk of chunks) await explaining(writeAll(file, Buffer.from(chunk)), path, exitStatus.ioError);
    await explaining(sync(file), path, exitStatus.ioError);
  } finally {
    await file.close().catch(() => {});
  }
}

/** A write may take a part only, on a disk that is nearly full; the next one then says why. */
async function writeAll(file: FileHandle, bytes: Buffer): Promise<void> {
  for (let done = 0; done < bytes.length; ) done += (await file.write(bytes, done)).bytesWritten;
}

/** Devices and pipes cannot be synced and need not be. */
async function sync(file: FileHandle): Promise<void> {
  await file.sync().catch((thrown: unknown) => {
    if (systemCodeOf(thrown) !== 'EINVAL') throw thrown;
  });
}

/** The new name is on the disk too, where the file system can do that. */
async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r').catch(() => undefined);
  await directory?.sync().catch(() => {});
  await directory?.close();
}

async function explaining<T>(work: Promise<T>, path: string, otherwise: ExitStatus): Promise<T> {
  try {
    return await work;
  } catch (thrown) {
    const code = systemCodeOf(thrown);
    const isForbidden = code === 'EACCES' || code === 'EPERM' || code === 'EROFS';
    throw new LpError(`cannot write ${path}: ${reasonOf(thrown)}`, isForbidden ? exitStatus.permission : otherwise, {
      cause: thrown,
    });
  }
}
