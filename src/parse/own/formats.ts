import { formatNamed, loadCatalog, withFormats } from '../catalog.ts';
import { compileCatalog } from '../compile-catalog.ts';
import type { Compiled } from '../compiled.ts';
import type { LogFormat } from '../format.ts';
import { loadFormatFiles } from './load.ts';
import type { Warn } from './module.ts';

/** The formats of a run that has some of its user's: those of files, and the one that reads all lines, where it is named. */
export interface OwnFormats {
  readonly own: LogFormat | undefined;
  readonly compiled: () => Promise<Compiled>;
}

/** All formats, with those of these files and of a text such as `nginx:…`. Throws as `loadFormatFiles` and `formatNamed` do. */
export async function formatsOf(name: string | undefined, files: readonly string[], warn: Warn): Promise<OwnFormats> {
  const builtIn = await loadCatalog();
  const catalog = withFormats(builtIn, await loadFormatFiles(files, builtIn.formats, warn));
  const own = name === undefined ? undefined : await formatNamed(catalog, name);
  return { own, compiled: async () => compileCatalog(withFormats(catalog, own === undefined ? [] : [own])) };
}
