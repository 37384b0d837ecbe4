import { extname } from 'node:path';
import { LpError } from '../../model/error.ts';
import { exitStatus } from '../../model/exit-status.ts';
import type { LogFormat } from '../format.ts';
import { declaredFormats } from './declared.ts';
import { formatOfModule, type Warn } from './module.ts';

/**
 * The formats of files of the user's, `.yaml` or modules. Throws `LpError` 64 for another kind of file, else as these do,
 * and 78 for a name that a built-in format or another file has.
 */
export async function loadFormatFiles(
  paths: readonly string[],
  builtIn: readonly LogFormat[],
  warn: Warn,
): Promise<readonly LogFormat[]> {
  const loaded: LogFormat[] = [];
  for (const path of paths) {
    for (const format of await formatsOf(path, warn)) {
      const namesake = [...builtIn, ...loaded].find(({ name }) => name === format.name);
      if (namesake !== undefined)
        throw new LpError(
          `${path}: there is a format "${format.name}" already: ${namesake.title}; call it otherwise`,
          exitStatus.config,
        );
      loaded.push(format);
    }
  }
  return loaded;
}

async function formatsOf(path: string, warn: Warn): Promise<readonly LogFormat[]> {
  switch (extname(path)) {
    case '.yaml':
    case '.yml':
      return declaredFormats(path);
    case '.js':
    case '.mjs':
    case '.ts':
    case '.mts':
      return [await formatOfModule(path, warn)];
    default:
      throw new LpError(`${path}: a format file ends in .yaml, .mjs, .js or .ts`, exitStatus.usage);
  }
}
