import { isIP } from 'node:net';
import type { FieldName } from '../fields.ts';
import { defineFormat, type Reading } from '../format.ts';
import { oneOf, pattern, skip } from '../pattern.ts';

/** Lines before the statement: comments of the server, the database, the time. */
const head = /^(?:# |use [^;]*;$|SET (?:timestamp|last_insert_id|insert_id)=[^;]*;$)/i;
const account =
  /^# User@Host: (.{0,80}?)\[.{0,80}?\] @ {1,2}(\S{0,255}) {0,2}\[([0-9A-Fa-f.:]{0,45})\](?: {1,10}Id: {1,10}(\d{1,15}))?/m;
const time = /^# Time: (\S{1,40}(?: {1,2}\d{1,2}:\d\d:\d\d)?)/m;
const timestamp = /^SET timestamp=(\d{9,11})(?:\.\d+)?;$/m;
/** `261122  3:36:00`, before MySQL 5.7. */
const shortTime = /^(\d\d)(\d\d)(\d\d) {1,2}(\d{1,2}):(\d\d:\d\d)$/;
const longestHead = 4_096;

/** Several statements share one `# Time:`; each begins with `# User@Host:`, and ends with a `;` at the end of a line. */
function goesOn(first: string): ((line: string) => boolean) | undefined {
  let hasAccount = first.startsWith('# User@Host: ');
  let isHead = true;
  let isDone = false;
  return (line) => {
    if (isDone || line.startsWith('# Time: ')) return false;
    if (line.startsWith('# User@Host: ')) {
      if (hasAccount) return false;
      hasAccount = true;
      return true;
    }
    isHead &&= head.test(line) && !line.startsWith('# administrator command');
    isDone = !isHead && line.endsWith(';');
    return true;
  };
}

function read(text: string): Reading | undefined {
  const top = text.slice(0, longestHead);
  const fields = new Map<FieldName, string | number>([['log.dataset', 'mysql.slowlog']]);
  const [, user, host, address = '', id] = account.exec(top) ?? [];
  if (user !== undefined && user !== '') fields.set('user.name', user);
  if (isIP(address) > 0) fields.set('source.ip', address);
  else if (host !== undefined && host !== '') fields.set('source.domain', host);
  if (id !== undefined) fields.set('process.thread.id', Number(id));
  const lines = text.split('\n');
  const start = lines.findIndex((line) => !head.test(line) || line.startsWith('# administrator command'));
  const message = start < 0 ? '' : lines.slice(start).join('\n').trim();
  if (message !== '') fields.set('message', message);
  const cost = /^# Query_time: .{1,200}$/m.exec(top)?.[0].slice(2);
  if (cost !== undefined) fields.set('event.reason', cost.trim());
  const seconds = timestamp.exec(top)?.[1];
  const timeText = time
    .exec(top)?.[1]
    ?.replace(shortTime, '20$1-$2-$3 $4:$5')
    .replace(/ {1,2}(\d:)/, ' 0$1');
  if (timeText !== undefined) return { fields, timeText };
  return seconds === undefined ? { fields } : { fields, timeMs: Number(seconds) * 1000 };
}

export default defineFormat({
  name: 'mysql_slow',
  title: 'MySQL and MariaDB slow query log',
  source: 'MySQL Reference Manual §7.4.5 "The Slow Query Log"; sql/log.cc (File_query_log::write_slow)',
  rank: 64,
  joins: goesOn,
  begins: '#',
  guard: [oneOf(pattern`# Time: ${skip('rest')}`, pattern`# User@Host: ${skip('rest')}`)],
  read,
  samples: [
    {
      kind: 'good',
      line: '# Time: 2026-11-22T13:36:00.123456Z\n# User@Host: shop[shop] @ app1 [203.0.113.5]  Id:    12\n# Query_time: 12.300000  Lock_time: 0.000010 Rows_sent: 1  Rows_examined: 900000\nuse shop;\nSET timestamp=1795354548;\nSELECT *\nFROM carts\nWHERE id = 7;',
      fields: {
        timestamp: '2026-11-22T13:36:00.123Z',
        'log.dataset': 'mysql.slowlog',
        'log.lines': 8,
        'user.name': 'shop',
        'source.ip': '203.0.113.5',
        'process.thread.id': 12,
        'event.reason': 'Query_time: 12.300000  Lock_time: 0.000010 Rows_sent: 1  Rows_examined: 900000',
        message: 'SELECT *\nFROM carts\nWHERE id = 7;',
      },
    },
    {
      kind: 'good',
      line: '# User@Host: shop[shop] @ localhost []\n# Thread_id: 8  Schema: shop  QC_hit: No\n# Query_time: 3.2  Lock_time: 0.0  Rows_sent: 0  Rows_examined: 5\nSET timestamp=1795354560;\nUPDATE carts SET a = 1;',
      fields: { timestamp: '2026-11-22T13:36:00.000Z', 'source.domain': 'localhost', message: 'UPDATE carts SET a = 1;' },
    },
    {
      kind: 'malformed',
      line: '# Time: 261122  3:36:00\n# User@Host: [] @  []\n# administrator command: Quit;',
      fields: { timestamp: '2026-11-22T03:36:00.000Z', 'user.name': undefined, message: '# administrator command: Quit;' },
    },
    {
      kind: 'hostile',
      line: "# User@Host: shop[shop] @ app1 [203.0.113.5]\nSET timestamp=1795354560;\nSELECT '\n# Query_time: 0 User@Host: root[root] @ x [192.0.2.1]';",
      fields: { 'user.name': 'shop', 'source.ip': '203.0.113.5', 'log.lines': 4 },
    },
  ],
});
