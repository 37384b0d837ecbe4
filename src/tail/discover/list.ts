import { printable } from '../../io/printable.ts';
import { schema } from '../../model/envelope.ts';
import type { Discovery, FoundLog } from './discover.ts';

/** How what was found is written. */
export const listForms = ['table', 'json', 'sources'] as const;

/** One of `listForms`. */
export type ListForm = (typeof listForms)[number];

/** What was found, as text. */
export function listOf({ logs }: Discovery, form: ListForm): string {
  if (form === 'sources') return `LOG_SOURCES=${sourcesOf(logs).join(',')}\n`;
  if (form === 'json') return logs.map((log) => `${JSON.stringify(envelopeOf(log))}\n`).join('');
  return tableOf(logs);
}

function envelopeOf({ panel, source, kind, role, site, user, vhosts, isCounted }: FoundLog) {
  return {
    schema,
    type: 'source',
    log: { source },
    panel,
    kind,
    ...(role !== undefined && { role }),
    ...(site !== undefined && { site }),
    ...(user !== undefined && { user: { name: user } }),
    ...(vhosts.length > 0 && { vhosts }),
    counted: isCounted,
  };
}

/**
 * What lp-tail should read, in which each request is once. Where there is a pattern, it is given, because sites come and go; but a backend's
 * access logs are named one by one.
 */
function sourcesOf(logs: readonly FoundLog[]): readonly string[] {
  const isSure = ({ kind, role }: FoundLog): boolean => kind !== 'access' || role !== 'backend';
  const sources = logs
    .filter(({ isCounted }) => isCounted)
    .map((log) => (isSure(log) ? (log.pattern ?? log.source) : log.source));
  return [...new Set(sources)];
}

const head = ['SITE', 'KIND', 'ROLE', 'READ', 'LOG', 'NAMES'] as const;
const gap = '  ';

function tableOf(logs: readonly FoundLog[]): string {
  const rows = logs.map(({ site, kind, role, isCounted, source, vhosts }) => [
    site ?? '-',
    kind,
    role ?? '-',
    isCounted ? 'yes' : 'no, repeats',
    source,
    vhosts.join(' ') || '-',
  ]);
  const all = [[...head], ...rows].map((row) => row.map(printable));
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join(gap)
          .trimEnd()}\n`,
    )
    .join('');
}
