import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { LpError, reasonOf } from '../../model/error.ts';
import { exitStatus } from '../../model/exit-status.ts';

/** A key that shows itself to nobody but the one who asks by name. */
export class ApiKey {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** The key itself, for the header of a request and for the list of what must not leave. */
  reveal(): string {
    return this.#text;
  }

  toJSON(): string {
    return '[redacted]';
  }

  toString(): string {
    return '[redacted]';
  }

  [inspect.custom](): string {
    return '[redacted]';
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The key: of the file given, of systemd's credentials, or of the environment; undefined when there is none. Throws `LpError` 78
 * for a file that others may read, or that cannot be read. Source: systemd.exec(5) on `LoadCredential=`.
 */
export function apiKeyFrom(file: string | undefined, environment: Environment): ApiKey | undefined {
  if (file !== undefined) return keyIn(file);
  const credentials = environment['CREDENTIALS_DIRECTORY'];
  const found = credentials === undefined ? undefined : keyIfThere(join(credentials, 'openrouter'));
  if (found !== undefined) return found;
  const text = environment['OPENROUTER_API_KEY']?.trim();
  return text === undefined || text === '' ? undefined : checked(text, 'OPENROUTER_API_KEY');
}

function keyIfThere(path: string): ApiKey | undefined {
  try {
    return checked(readFileSync(path, 'utf8').trim(), path);
  } catch (thrown) {
    if (thrown instanceof LpError) throw thrown;
    return undefined;
  }
}

function keyIn(path: string): ApiKey {
  let file: number | undefined;
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const about = fstatSync(file);
    if (!about.isFile()) throw new Error('it is no regular file');
    if ((about.mode & 0o077) !== 0) throw new Error(`others may read it; run: chmod 600 ${path}`);
    return checked(readFileSync(file, 'utf8').trim(), path);
  } catch (thrown) {
    if (thrown instanceof LpError) throw thrown;
    throw new LpError(`cannot use the key in ${path}: ${reasonOf(thrown)}`, exitStatus.config);
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** What is in a header must be one word. */
function checked(text: string, place: string): ApiKey {
  if (/^[\x21-\x7e]{8,512}$/.test(text)) return new ApiKey(text);
  throw new LpError(`${place}: this is no API key; it must be one line without blanks`, exitStatus.config);
}
