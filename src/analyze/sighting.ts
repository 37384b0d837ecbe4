import { at } from '../model/decode.ts';
import type { LogRecord } from '../model/envelope.ts';

/** What is kept of a record that a rule matched: enough for evidence and for the finding's fields. */
export interface Sighting {
  readonly timeMs: number;
  readonly timestamp: string;
  readonly source: string;
  readonly offset: number;
  readonly original: string;
  readonly message?: string;
  readonly dataset?: string;
  readonly ip?: string;
  readonly user?: string;
  readonly host?: string;
  readonly path?: string;
  readonly service?: string;
  readonly command?: string;
  /** Whether the server let it through: a login that worked, a request answered with 2xx. */
  readonly isSuccess: boolean;
}

/** Makes a sighting of a record. */
export function sightingOf(record: LogRecord): Sighting {
  const status = record.http?.response?.status_code ?? 0;
  const optional: Partial<Record<keyof Sighting, unknown>> = {
    dataset: record.log.dataset,
    message: record.message === record.original ? undefined : record.message,
    ip: record.source?.ip,
    user: record.user?.name,
    host: record.host?.name ?? record.url?.domain,
    path: record.url?.path ?? record.url?.original,
    service: at(record, ['service', 'name']) ?? record.process?.name,
    command: at(record, ['process', 'command_line']),
  };
  return {
    timeMs: Date.parse(record.timestamp),
    timestamp: record.timestamp,
    source: record.log.source,
    offset: record.log.offset,
    original: record.original,
    isSuccess: record.event?.outcome === 'success' || (status >= 200 && status < 300),
    ...textsOf(optional),
  };
}

/** Only what is a text: the wire promises the fields that stages rely on, and no others. */
function textsOf(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  const texts: Record<string, string> = {};
  for (const [name, value] of Object.entries(fields)) if (typeof value === 'string' && value !== '') texts[name] = value;
  return texts;
}
