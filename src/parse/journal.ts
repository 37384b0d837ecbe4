import { type Level, levels } from '../model/level.ts';
import type { FieldName } from './fields.ts';
import type { Reading } from './format.ts';

/** An entry of systemd's journal by the names of its fields. */
export type Journal = Readonly<Record<string, unknown>>;

/** What a record can take of an entry. Fields that a client cannot set begin with `_`. Source: systemd.journal-fields(7). */
export function readJournal(journal: Journal): Reading {
  const fields = new Map<FieldName, string | number>();
  const message = textOf(journal['MESSAGE'])?.trim();
  if (message !== undefined && message !== '') fields.set('message', message);
  const name = first(journal, ['SYSLOG_IDENTIFIER', '_COMM']);
  if (name !== undefined) fields.set('process.name', name);
  const host = first(journal, ['_HOSTNAME']);
  if (host !== undefined) fields.set('host.name', host);
  const pid = Number(first(journal, ['SYSLOG_PID', '_PID']));
  if (Number.isSafeInteger(pid) && pid > 0) fields.set('process.pid', pid);
  const level: Level | undefined = levels[Number(first(journal, ['PRIORITY']))];
  if (level !== undefined) fields.set('log.level', level);
  const microseconds = Number(first(journal, ['_SOURCE_REALTIME_TIMESTAMP', '__REALTIME_TIMESTAMP']));
  return Number.isFinite(microseconds) ? { fields, timeMs: microseconds / 1000 } : { fields };
}

function first(journal: Journal, names: readonly string[]): string | undefined {
  for (const name of names) {
    const text = textOf(journal[name]);
    if (text !== undefined && text !== '') return text;
  }
  return undefined;
}

/** Text that is not UTF-8 comes as a list of bytes, a field that was given twice as a list of texts. */
function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (!Array.isArray(value)) return undefined;
  if (value.every((byte) => typeof byte === 'number')) return Buffer.from(value).toString('utf8');
  const [text]: readonly unknown[] = value;
  return typeof text === 'string' ? text : undefined;
}
