import { readFile } from 'node:fs/promises';
import { systemCodeOf } from '../model/error.ts';

/**
 * Loads a module that the build has put below `dist`, by its path there. Undefined where it has not been built or the engine
 * has no SIMD; throws what reading it throws.
 */
export async function loadModule(path: string): Promise<WebAssembly.Module | undefined> {
  for (const folder of ['../', '../../dist/']) {
    try {
      const bytes = await readFile(new URL(`${folder}${path}`, import.meta.url));
      return WebAssembly.validate(bytes) ? await WebAssembly.compile(bytes) : undefined;
    } catch (thrown) {
      if (systemCodeOf(thrown) !== 'ENOENT') throw thrown;
    }
  }
  return undefined;
}
