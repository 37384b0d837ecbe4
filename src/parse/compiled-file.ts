import { readFile } from 'node:fs/promises';
import { systemCodeOf } from '../model/error.ts';
import { loadCatalog } from './catalog.ts';
import { type Compiled, type CompiledFormat, codeOf, compileCatalog } from './compiled.ts';
import type { LogFormat } from './format.ts';
import type { Image, PooledConstant } from './scan/program.ts';

/*
 * The build compiles the catalog once and for all: loading and compiling a hundred plug-ins takes a quarter of a second,
 * reading what came of it a few milliseconds. Only formats that bring code of their own are loaded besides.
 */

/** A format in the file; `hasCode` when its plug-in has functions. */
type StoredFormat = Omit<CompiledFormat, 'firstBytes' | 'dataset' | 'read'> & {
  readonly firstBytes: string;
  readonly hasCode: boolean;
};

/** The file: an image with its bytes in base64 and its maps as lists. */
interface Stored {
  readonly formats: readonly StoredFormat[];
  readonly image: Pick<Image, 'levels' | 'entries' | 'fallback' | 'truth' | 'message'> & {
    readonly code: string;
    readonly pool: string;
    readonly classes: string;
    readonly targets: string;
    readonly tables: readonly (readonly (readonly [string, readonly PooledConstant[]])[])[];
    readonly keys: readonly (readonly (readonly [string, number])[])[];
    readonly datasets: readonly (readonly [string, number])[];
  };
}

/** The text of the file for a compiled catalog. */
export function storedText({ formats, image }: Compiled): string {
  const { code, pool, classes, targets, tables, keys, datasets, ...rest } = image;
  const stored: Stored = {
    formats: formats.map(({ firstBytes, dataset, read, ...format }) => ({
      ...format,
      firstBytes: base64(firstBytes),
      hasCode: dataset !== undefined || read !== undefined,
    })),
    image: {
      ...rest,
      code: base64(code),
      classes: base64(classes),
      targets: base64(targets),
      pool: base64(pool),
      tables: tables.map((table) => [...table]),
      keys: keys.map((steps) => [...steps]),
      datasets: [...datasets],
    },
  };
  return JSON.stringify(stored);
}

/** The compiled catalog that lies beside this file; without a build, all plug-ins, loaded and compiled. */
export async function loadCompiled(): Promise<Compiled> {
  let text: string;
  try {
    text = await readFile(new URL('./catalog.json', import.meta.url), 'utf8');
  } catch (thrown) {
    if (systemCodeOf(thrown) !== 'ENOENT') throw thrown;
    return compileCatalog(await loadCatalog());
  }
  // The build writes it, with this very file.
  const { formats, image } = JSON.parse(text) as Stored;
  return { formats: await Promise.all(formats.map(formatOf)), image: imageOf(image) };
}

async function formatOf({ firstBytes, hasCode, ...format }: StoredFormat): Promise<CompiledFormat> {
  const common = { ...format, firstBytes: bytesOf(firstBytes) };
  if (!hasCode) return common;
  const file = new URL(`./formats/${format.name.replaceAll('_', '-')}.js`, import.meta.url);
  // A plug-in's type is checked where it is defined.
  const plugin = (await import(file.href)) as { default: LogFormat };
  return { ...common, ...codeOf(plugin.default) };
}

function imageOf({ code, pool, classes, targets, tables, keys, datasets, ...rest }: Stored['image']): Image {
  return {
    ...rest,
    code: new Int32Array(bytesOf(code).buffer),
    pool: bytesOf(pool),
    classes: bytesOf(classes),
    targets: new Int32Array(bytesOf(targets).buffer),
    tables: tables.map((table) => new Map(table)),
    keys: keys.map((steps) => new Map(steps)),
    datasets: new Map(datasets),
  };
}

function base64(bytes: Uint8Array | Int32Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

/** A copy that starts where its memory does. */
function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(text, 'base64'));
}
