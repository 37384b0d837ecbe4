import { type Level, levels } from '../../model/level.ts';
import type { FieldName } from '../fields.ts';
import type { Reading } from '../format.ts';

/** An entry of systemd's journal by the names of its fields. */
export type Journal = Readonly<Record<string, unknown>>;

/** What the fields are called that records take something of, the likelier first. Those that a client cannot set begin with `_`. */
export const journalNames = {
  message: ['MESSAGE'],
  priority: ['PRIORITY'],
  program: ['SYSLOG_IDENTIFIER', '_COMM'],
  host: ['_HOSTNAME'],
  pid: ['SYSLOG_PID', '_PID'],
  time: ['_SOURCE_REALTIME_TIMESTAMP', '__REALTIME_TIMESTAMP'],
} as const;

/** What a record can take of an entry. Source: systemd.journal-fields(7). */
export function readJournal(journal: Journal): Reading {
  const fields = new Map<FieldName, string | number>();
  const message = textOf(journal[journalNames.message[0]])?.trim();
  if (message !== undefined && message !== '') fields.set('message', message);
  const name = first(journal, journalNames.program);
  if (name !== undefined) fields.set('process.name', name);
  const host = first(journal, journalNames.host);
  if (host !== undefined) fields.set('host.name', host);
  const pid = Number(first(journal, journalNames.pid));
  if (Number.isSafeInteger(pid) && pid > 0) fields.set('process.pid', pid);
  const level: Level | undefined = levels[Number(first(journal, journalNames.priority))];
  if (level !== undefined) fields.set('log.level', level);
  const microseconds = Number(first(journal, journalNames.time));
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
