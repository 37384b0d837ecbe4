import { defineFormat, type Reading } from '../format.ts';
import { optional, pattern, skip } from '../pattern.ts';
import { readJournal } from '../pieces/journal.ts';
import { parseObject } from '../structured/payload.ts';

/** What stands before each object in a sequence. Source: RFC 7464 §2.2. */
const separator = '\u001e';

function read(line: string): Reading | undefined {
  if (!line.includes('"__REALTIME_TIMESTAMP"')) return undefined;
  const journal = parseObject((line.startsWith(separator) ? line.slice(1) : line).trim());
  return journal === undefined ? undefined : readJournal(journal);
}

export default defineFormat({
  name: 'journald',
  title: "systemd's journal, as journalctl -o json and json-seq print it",
  source: 'journalctl(1), systemd.journal-fields(7); systemd.io/JOURNAL_EXPORT_FORMATS',
  rank: 71,
  holds: 'messages',
  shapes: 'journal',
  guard: pattern`${optional([{ kind: 'literal', text: separator }])}${skip('blanks')}{${skip('rest')}`,
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
      kind: 'good',
      line: '\u001e{"__REALTIME_TIMESTAMP":"1795354560123456","_HOSTNAME":"web1","SYSLOG_IDENTIFIER":"shopd","MESSAGE":"ready"}',
      fields: { timestamp: '2026-11-22T13:36:00.123Z', 'host.name': 'web1', message: 'ready' },
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
