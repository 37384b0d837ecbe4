import { printable } from '../../io/printable.ts';
import type { Finding } from '../../model/envelope.ts';
import type { Renderer } from '../renderer.ts';

type Column = readonly [name: string, value: (finding: Finding) => unknown];

const columns: readonly Column[] = [
  ['id', ({ id }) => id],
  ['severity', ({ severity }) => severity],
  ['title', ({ title }) => title],
  ['entity_type', ({ entity }) => entity.type],
  ['entity_value', ({ entity }) => entity.value],
  ['count', ({ count }) => count],
  ['first_seen', ({ first_seen }) => first_seen],
  ['last_seen', ({ last_seen }) => last_seen],
  ['risk_score', ({ risk_score }) => risk_score],
  ['category', ({ category }) => category],
  ['rule_name', ({ rule }) => rule.name],
  ['log_source', ({ log }) => log.source],
  ['log_dataset', ({ log }) => log.dataset],
  ['summary', ({ summary }) => summary],
  ['action', ({ action }) => action],
  ['first_entry', ({ evidence }) => evidence[0]?.original],
];

/**
 * One row for each finding, worst first, below a row of names. Source: RFC 4180, but for its CR, which programs here do
 * without.
 */
const csv: Renderer = {
  isGrouped: false,
  defaultLimit: undefined,
  async *render({ findings }) {
    yield `${columns.map(([name]) => name).join()}\n`;
    for (const finding of findings) yield `${columns.map(([, value]) => cellOf(value(finding))).join()}\n`;
  },
};

/** What a spreadsheet would take for a formula, also behind spaces and in wide characters. Source: OWASP, CSV injection. */
const formula = /^[\s"']*[=+\-@\uff0b\uff0d\uff1d\uff20|]/;

/** A spreadsheet takes no more than this in one cell. Source: the limits of Excel and LibreOffice. */
const maxCell = 32_000;

function cellOf(value: unknown): string {
  if (typeof value === 'number') return String(value);
  const text = typeof value === 'string' ? printable(value.slice(0, maxCell)) : '';
  const harmless = formula.test(text) ? `'${text}` : text;
  return /[",;\s]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

export default csv;
