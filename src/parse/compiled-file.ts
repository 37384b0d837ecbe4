import { readFile } from 'node:fs/promises';
import { systemCodeOf } from '../model/error.ts';
import { type Compiled, type CompiledFormat, codeOf, type ForScanner } from './compiled.ts';
import type { LogFormat } from './format.ts';
import type { KernelImage } from './scan/kernel-image.ts';
import type { Image, PooledConstant } from './scan/program.ts';

/*
 * The build compiles the catalog once and for all: loading and compiling a hundred plug-ins takes a quarter of a second,
 * reading what came of it a few milliseconds. The kernel's image is copied as it is; what the scanner needs, and the code of
 * those formats that have some, is loaded with the first line that the kernel does not read.
 */

/** A format in the file. */
type StoredFormat = Omit<CompiledFormat, 'firstBytes' | 'needs'> & { readonly firstBytes: string; readonly needs: string };

/** `catalog.json`: what is always needed, but for the bytes of the kernel's image, which lie in `catalog.bin`. */
interface StoredCatalog {
  readonly formats: readonly StoredFormat[];
  readonly kernel: Omit<KernelImage, 'bytes'>;
}

/** `scanner.json`: the image with its bytes in base64 and its maps as lists, and the formats that have code. */
interface StoredScanner {
  readonly image: Pick<Image, 'levels' | 'entries' | 'grams' | 'fallback' | 'truth' | 'message'> & {
    readonly code: string;
    readonly pool: string;
    readonly classes: string;
    readonly targets: string;
    readonly tables: readonly (readonly (readonly [string, readonly PooledConstant[]])[])[];
    readonly keys: readonly (readonly (readonly [string, number])[])[];
    readonly datasets: readonly (readonly [string, number])[];
  };
  readonly withCode: readonly string[];
}

/** The files for a compiled catalog, by their names. */
export async function storedFiles(compiled: Compiled): Promise<ReadonlyMap<string, string | Uint8Array>> {
  const { bytes, ...kernel } = compiled.kernelImage();
  const { image, code, rules } = await compiled.forScanner();
  const formats = compiled.formats.map(({ firstBytes, needs, ...format }) => ({
    ...format,
    firstBytes: base64(firstBytes),
    needs: base64(needs),
  }));
  const catalog: StoredCatalog = { formats, kernel };
  const scanner: StoredScanner = { image: stored(image), withCode: [...new Set([...code.keys(), ...rules.keys()])] };
  return new Map<string, string | Uint8Array>([
    ['catalog.json', JSON.stringify(catalog)],
    ['catalog.bin', bytes],
    ['scanner.json', JSON.stringify(scanner)],
  ]);
}

function stored({ code, pool, classes, targets, tables, keys, datasets, ...rest }: Image): StoredScanner['image'] {
  return {
    ...rest,
    code: base64(code),
    pool: base64(pool),
    classes: base64(classes),
    targets: base64(targets),
    tables: tables.map((table) => [...table]),
    keys: keys.map((steps) => [...steps]),
    datasets: [...datasets],
  };
}

/** The compiled catalog that lies in a folder, beside this file if none is named; without a build, all plug-ins, loaded and compiled. */
export async function loadCompiled(folder: URL = beside('.')): Promise<Compiled> {
  try {
    const [text, bytes] = await Promise.all([
      readFile(new URL('catalog.json', folder), 'utf8'),
      readFile(new URL('catalog.bin', folder)),
    ]);
    // The build writes it, with this very file.
    const { formats, kernel } = JSON.parse(text) as StoredCatalog;
    return {
      formats: formats.map(({ firstBytes, needs, ...format }) => ({
        ...format,
        firstBytes: bytesOf(firstBytes),
        needs: bytesOf(needs),
      })),
      kernelImage: () => ({ ...kernel, bytes }),
      forScanner: loadForScanner,
    };
  } catch (thrown) {
    if (systemCodeOf(thrown) !== 'ENOENT') throw thrown;
    const [{ compileCatalog }, { loadCatalog }] = await Promise.all([import('./compile-catalog.ts'), import('./catalog.ts')]);
    return compileCatalog(await loadCatalog());
  }
}

async function loadForScanner(): Promise<ForScanner> {
  // The same.
  const { image, withCode } = JSON.parse(await readFile(beside('scanner.json'), 'utf8')) as StoredScanner;
  return { image: imageOf(image), ...codeOf(await Promise.all(withCode.map(pluginNamed))) };
}

async function pluginNamed(name: string): Promise<LogFormat> {
  // A plug-in's type is checked where it is defined.
  const plugin = (await import(beside(`formats/${name.replaceAll('_', '-')}.js`).href)) as { default: LogFormat };
  return plugin.default;
}

function beside(name: string): URL {
  return new URL(name, import.meta.url);
}

function imageOf({ code, pool, classes, targets, tables, keys, datasets, ...rest }: StoredScanner['image']): Image {
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
