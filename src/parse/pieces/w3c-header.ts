import type { FieldName } from '../fields.ts';

/** What columns hold, by their names in `#Fields:`. Source: https://www.w3.org/TR/WD-logfile "Fields". */
const columns: Readonly<Record<string, FieldName>> = {
  'c-ip': 'source.ip',
  'c-port': 'source.port',
  's-ip': 'destination.ip',
  's-port': 'destination.port',
  'cs-method': 'http.request.method',
  'cs-uri-stem': 'url.path',
  'cs-uri-query': 'url.query',
  'cs-username': 'user.name',
  'cs(User-Agent)': 'user_agent.original',
  'cs(Referer)': 'http.request.referrer',
  'cs-host': 'url.domain',
  'cs(Host)': 'url.domain',
  'sc-status': 'http.response.status_code',
  'sc-bytes': 'http.response.body.bytes',
  's-reason': 'event.reason',
};
const mostColumns = 100;

/** What records of such logs are about. */
export const w3cDatasets = { edge: 'aws.cloudfront', access: 'iis.access', error: 'iis.error' } as const;

/** The field that takes what stands in a column of this name; undefined for none, or for one of which not all is taken. */
export function fieldOf(name: string): FieldName | undefined {
  return Object.hasOwn(columns, name) ? columns[name] : undefined;
}

/** A value of a line, by the name of its column. */
export interface ColumnValue {
  readonly name: string;
  readonly field: FieldName | undefined;
  readonly value: string;
}

/** The names in a `#Fields:` line; undefined where they are none of W3C's. */
export function columnsOf(line: string): readonly string[] | undefined {
  const [mark, ...found] = line.trim().split(/[ \t]+/);
  const isHeader = mark === '#Fields:' && found.length > 1 && found.length <= mostColumns;
  return isHeader && found.some((name) => Object.hasOwn(columns, name)) ? found : undefined;
}

/** What stands in a line of these columns; undefined for one that has more or fewer. */
export function valuesIn(line: string, header: readonly string[]): readonly ColumnValue[] | undefined {
  const values = line.split(line.includes('\t') ? '\t' : ' ');
  if (values.length !== header.length) return undefined;
  return header.map((name, index) => ({
    name,
    field: fieldOf(name),
    value: values[index] ?? '',
  }));
}
