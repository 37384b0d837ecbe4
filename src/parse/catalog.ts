import { readdir } from 'node:fs/promises';
import { LpError } from '../model/error.ts';
import { exitStatus } from '../model/exit-status.ts';
import type { Dataset } from './dataset.ts';
import type { LogFormat } from './format.ts';

/** All formats by falling rank, and all datasets. */
export interface Catalog {
  readonly formats: readonly LogFormat[];
  readonly datasets: readonly Dataset[];
  /** Those of the formats that a user has added. */
  readonly own?: readonly LogFormat[];
}

/** The catalog with formats of the user's in it; among those of one rank they come first. */
export function withFormats(catalog: Catalog, own: readonly LogFormat[]): Catalog {
  const added = own.filter((format) => !catalog.formats.includes(format));
  const formats = [...added, ...catalog.formats].sort((a, b) => b.rank - a.rank);
  return { ...catalog, formats, own: [...(catalog.own ?? []), ...added] };
}

const customKinds = new Map([
  ['nginx', () => import('./custom/nginx.ts')],
  ['apache', () => import('./custom/apache.ts')],
  ['regex', () => import('./custom/regex.ts')],
]);

/** Loads the plug-ins of `formats/` and `datasets/`: each file's default export. */
export async function loadCatalog(): Promise<Catalog> {
  const [formats, datasets] = await Promise.all([load<LogFormat>('formats'), load<Dataset>('datasets')]);
  return { formats: formats.sort((a, b) => b.rank - a.rank || (a.name < b.name ? -1 : 1)), datasets };
}

async function load<Plugin>(folder: string): Promise<Plugin[]> {
  const place = new URL(`${folder}/`, import.meta.url);
  const files = (await readdir(place)).filter((file) => /\.(ts|js)$/.test(file) && !file.endsWith('.d.ts')).sort();
  // A plug-in's type is checked where it is defined, and its behaviour by the contract test that runs its samples.
  return Promise.all(files.map(async (file) => ((await import(new URL(file, place).href)) as { default: Plugin }).default));
}

/** The format of a name, or one of the user's own (`nginx:…`). Throws `LpError` 64, naming all, when there is none. */
export async function formatNamed(catalog: Catalog, name: string): Promise<LogFormat> {
  const custom = await customFormatOf(name);
  if (custom !== undefined) return custom;
  const format = catalog.formats.find((candidate) => candidate.name === name);
  if (format !== undefined) return format;
  const own = [...customKinds.keys()].map((prefix) => `${prefix}:…`);
  const known = [...catalog.formats.map((candidate) => candidate.name), ...own].join(', ');
  throw new LpError(`unknown format "${name}"; known are ${known}`, exitStatus.usage);
}

/** The format of a text such as `nginx:$remote_addr …`, or undefined for any other. Throws `LpError` 64. */
export async function customFormatOf(text: string): Promise<LogFormat | undefined> {
  const colon = text.indexOf(':');
  const kind = customKinds.get(text.slice(0, Math.max(0, colon)));
  return kind === undefined ? undefined : (await kind()).default.make(text.slice(colon + 1));
}
