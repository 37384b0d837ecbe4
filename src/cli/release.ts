import { readFileSync } from 'node:fs';
import { isFields } from '../model/decode.ts';

/** The day of this version, for the manual pages: the same source gives the same page. */
export const releaseDate = '2026-11-22';

/** What this is a part of. */
export interface Product {
  readonly name: string;
  readonly version: string;
}

/** Name and version from package.json, which lies beside `src` and `dist` alike. Throws when it is not there. */
export function product(): Product {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  const { name, version } = isFields(manifest) ? manifest : {};
  return { name: String(name), version: String(version) };
}
