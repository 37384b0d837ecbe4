import { type FileHandle, open, stat } from 'node:fs/promises';
import { fileChunks } from '../io/file-chunks.ts';
import { LpError, reasonOf, systemCodeOf } from '../model/error.ts';
import { exitStatus } from '../model/exit-status.ts';

/** A file to be read: its size is that on the disk, its time that of its last change. */
export interface InputFile {
  readonly chunks: AsyncIterable<Uint8Array>;
  readonly sizeBytes: number;
  /** The same for all names of one file. */
  readonly identity: string;
  readonly changedMs: number;
}

/** Opens a file. Throws `LpError` 66 when there is none, or it is a directory; 77 when it may not be read. */
export async function openFile(path: string, onBytes: (count: number) => void): Promise<InputFile> {
  const status = await stat(path).catch((thrown: unknown) => {
    throw unreadable(path, thrown);
  });
  if (status.isDirectory()) throw new LpError(`${path} is a directory; name the files in it`, exitStatus.noInput);
  return {
    chunks: chunksOf(path, onBytes),
    sizeBytes: status.isFile() ? status.size : 0,
    identity: `${status.dev}:${status.ino}`,
    changedMs: status.mtimeMs,
  };
}

async function* chunksOf(path: string, onBytes: (count: number) => void): AsyncGenerator<Uint8Array, void> {
  let file: FileHandle | undefined;
  try {
    file = await open(path);
    for await (const chunk of fileChunks(file.fd)) {
      onBytes(chunk.length);
      yield chunk;
    }
  } catch (thrown) {
    throw unreadable(path, thrown);
  } finally {
    await file?.close();
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
