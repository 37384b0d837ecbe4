import { type PrintableText, printable } from '../../io/printable.ts';
import type { Digest } from '../digest.ts';
import type { Look } from '../renderer.ts';
import { counted, numeral } from '../words.ts';
import { tableLines } from './table.ts';

const maxRows = 15;

/** What each site was asked for, and the worst that was found in its log; no lines when nobody counted. */
export async function siteLines({ sites }: Digest, { columns }: Look): Promise<readonly PrintableText[]> {
  if (sites.length === 0) return [];
  const head = ['Site', 'requests', '4xx', '5xx', 'top attack'];
  const rows = sites.slice(0, maxRows).map(({ name, requests, refused, failed, attack }): [string, ...string[]] => {
    return [name, numeral(requests), numeral(refused), numeral(failed), attack?.title ?? ''];
  });
  return [...(await tableLines({ head, rows, lastIsText: true }, columns)), ...restOf(sites.length, 'site')];
}

function restOf(length: number, what: string): readonly PrintableText[] {
  const rest = length - maxRows;
  return rest > 0 ? [printable(`and ${counted(rest, `other ${what}`, `other ${what}s`)}`)] : [];
}
