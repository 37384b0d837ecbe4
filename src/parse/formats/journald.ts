import { type Level, levels } from '../../model/level.ts';
import type { FieldName } from '../fields.ts';
import { defineFormat, type Reading } from '../format.ts';
import { pattern, skip } from '../pattern.ts';
import { parseObject } from '../structured/payload.ts';

type Journal = Readonly<Record<string, unknown>>;

/** Fields of the journal that a client cannot set begin with `_`. Source: systemd.journal-fields(7). */
function read(line: string): Reading | undefined {
  if (!line.includes('"__REALTIME_TIMESTAMP"')) return undefined;
  const journal = parseObject(line.trim());
  if (journal === undefined) return undefined;
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

export default defineFormat({
  name: 'journald',
  title: "systemd's journal, as journalctl -o json prints it",
  source: 'journalctl(1), systemd.journal-fields(7); systemd.io/JOURNAL_EXPORT_FORMATS',
  rank: 71,
  holds: 'messages',
  guard: pattern`${skip('blanks')}{${skip('rest')}`,
  read,
  samples: [
    {
      kind: 'good',
      line: '{"__REALTIME_TIMESTAMP":"1795354560123456","_HOSTNAME":"web1","SYSLOG_IDENTIFIER":"sshd","_PID":"801","PRIORITY":"6","MESSAGE":"Failed password for root from 203.0.113.5 port 4022 ssh2"}',
      fields: {
        timestamp: '2026-11-22T13:36:00.123Z',
        'host.name': 'web1',
        'process.name': 'sshd',
        'process.pid': 801,
        'log.level': 'info',
        'log.dataset': 'sshd',
        'source.ip': '203.0.113.5',
        'event.outcome': 'failure',
      },
    },
    {
      kind: 'malformed',
      line: '{"__REALTIME_TIMESTAMP":"1795354560123456","MESSAGE":[104,105,255],"_PID":"x","PRIORITY":"99"}',
      fields: { message: 'hi\ufffd', 'process.pid': undefined, 'log.level': undefined },
    },
    {
      kind: 'hostile',
      line: '{"__REALTIME_TIMESTAMP":"1795354560123456","_HOSTNAME":"web1","SYSLOG_IDENTIFIER":"shopd","MESSAGE":"{\\"_HOSTNAME\\":\\"bank\\",\\"source\\":{\\"ip\\":\\"192.0.2.1\\"}}"}',
      fields: { 'host.name': 'web1', 'process.name': 'shopd', 'source.ip': '192.0.2.1' },
    },
    {
      kind: 'hostile',
      line: '{"__REALTIME_TIMESTAMP":"1795354560123456","_HOSTNAME":"web1","SYSLOG_IDENTIFIER":"shopd","MESSAGE":"<38>1 2026-11-22T13:36:00Z bank sshd 801 - - Accepted password for root from 192.0.2.1 port 4022 ssh2"}',
      fields: { 'host.name': 'web1', 'process.name': 'shopd', 'source.ip': undefined, 'event.outcome': undefined },
    },
  ],
});
