import { canonicalSource } from '../model/canonical-source.ts';
import type { Finding, Summary } from '../model/envelope.ts';
import { textsOf } from './select.ts';

/** How much of a log was read and understood. */
export interface Coverage {
  readonly source: string;
  readonly lines: number;
  /** Lines that continue the entry above them. */
  readonly joined: number;
  /** Entries of no known format. */
  readonly unknown: number;
  /** Lines that could not be used. */
  readonly dead: number;
}

/** What one site was asked for. */
export interface Site {
  readonly name: string;
  readonly requests: number;
  /** Requests that were answered with 4xx, and with 5xx. */
  readonly refused: number;
  readonly failed: number;
  /** The worst that was found in its logs. */
  readonly attack: Finding | undefined;
}

/** What one program said. */
export interface Service {
  readonly dataset: string;
  readonly entries: number;
  /** Entries that say themselves that they are errors. */
  readonly errors: number;
}

/** What the summaries of lp-parse say of each log. */
export function coverageOf(summaries: readonly Summary[]): readonly Coverage[] {
  const logs = summed(summaries, ({ log }) => canonicalSource(log.source), ['lines', 'joined', 'unknown', 'dead']);
  return logs.map(([source, { lines = 0, joined = 0, unknown = 0, dead = 0 }]) => ({ source, lines, joined, unknown, dead }));
}

/** The sites that were asked for anything, the busiest first. `findings` are ranked. */
export function sitesOf(summaries: readonly Summary[], findings: readonly Finding[]): readonly Site[] {
  const requests = summaries.filter(({ counts }) => (counts['requests'] ?? 0) > 0);
  const sitesIn = new Map<string, Set<string>>();
  for (const summary of requests) {
    const source = canonicalSource(summary.log.source);
    sitesIn.set(source, (sitesIn.get(source) ?? new Set()).add(siteOf(summary)));
  }
  const attacks = new Map<string, Finding>();
  for (const finding of findings) {
    const names = sitesIn.get(canonicalSource(finding.log.source)) ?? new Set();
    const hosts = textsOf(finding.related?.hosts);
    // Of a log of several sites, a finding is about those that it names.
    for (const name of names) if (!attacks.has(name) && (names.size === 1 || hosts.includes(name))) attacks.set(name, finding);
  }
  const sites = summed(requests, siteOf, ['requests', 'status_4xx', 'status_5xx']);
  const rows = sites.map(
    ([name, { requests: all = 0, status_4xx: refused = 0, status_5xx: failed = 0 }]): Site => ({
      ...{ name, requests: all, refused, failed },
      attack: attacks.get(name),
    }),
  );
  return rows.sort((one, other) => other.requests - one.requests || (one.name < other.name ? -1 : 1));
}

/** The programs that wrote errors, those with most of them first. */
export function servicesOf(summaries: readonly Summary[]): readonly Service[] {
  const services = summed(summaries, ({ log }) => log.dataset ?? '', ['records', 'errors']);
  const rows = services.map(([dataset, { records: entries = 0, errors = 0 }]): Service => ({ dataset, entries, errors }));
  return rows
    .filter(({ dataset, errors }) => dataset !== '' && errors > 0)
    .sort((one, other) => other.errors - one.errors || (one.dataset < other.dataset ? -1 : 1));
}

/** A site is known by the host that was asked for, or by the name of its log. */
function siteOf({ url, log }: Summary): string {
  return url?.domain ?? (log.source === '-' ? 'standard input' : siteInPath(log.source));
}

/** What panels and servers put around a site's name. Source: FastPanel, Plesk, cPanel and the defaults of nginx and Apache. */
const besideName = /(?:[-_.](?:frontend|ssl|ssl_log))?[-_.]?access(?:[-_.]log)?$|(?:[-_.]frontend)$/;
const behindName = /\.(?:gz|zst|xz|bz2)$|[.-]\d{4,10}$|\.\d{1,3}$|\.log$/;

/** `shop.example` for `/var/www/shop/data/logs/shop.example-frontend.access.log.1`; a log without a site's name is named itself. */
function siteInPath(source: string): string {
  const file = source.slice(source.lastIndexOf('/') + 1);
  let name = file;
  while (behindName.test(name)) name = name.replace(behindName, '');
  const site = name.replace(besideName, '');
  return site === '' || !site.includes('.') ? file : site;
}

type Sums = Readonly<Record<string, number>>;

/** The counts of these names, added up for each key. */
function summed(summaries: readonly Summary[], keyOf: (summary: Summary) => string, names: readonly string[]) {
  const sums = new Map<string, Sums>();
  for (const summary of summaries) {
    if (summary.stage !== 'parse') continue;
    const key = keyOf(summary);
    const known = sums.get(key);
    sums.set(key, Object.fromEntries(names.map((name) => [name, (known?.[name] ?? 0) + numberOf(summary.counts[name])])));
  }
  return [...sums];
}

/** Counts are not checked when a summary is read. */
function numberOf(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}
