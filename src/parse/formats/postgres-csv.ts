import { isIP } from 'node:net';
import type { FieldName } from '../fields.ts';
import { defineFormat, type Reading } from '../format.ts';
import { oneOf, pattern, skip, stamp } from '../pattern.ts';
import { postgresLevel, setPostgresText } from '../pieces/postgres.ts';

/** The columns that are read, by their places. */
const column = { time: 0, user: 1, pid: 3, from: 4, severity: 11, state: 12, message: 13, detail: 14, hint: 15, query: 19 };
const mostColumns = 26;

/** An entry ends where its quotes do. */
function goesOn(first: string): ((line: string) => boolean) | undefined {
  let isOpen = hasOddQuotes(first);
  if (!isOpen) return undefined;
  return (line) => {
    if (!isOpen) return false;
    isOpen = !hasOddQuotes(line);
    return true;
  };
}

function hasOddQuotes(line: string): boolean {
  return line.split('"').length % 2 === 0;
}

/** The values of a row, the last of which may be cut; undefined where quotes stand in the midst of one. Source: RFC 4180 §2. */
function valuesOf(text: string): readonly string[] | undefined {
  const value = /"((?:[^"]|"")*)(?:"(?:,|$)|$)|([^",]*)(?:,|$)/gy;
  const values: string[] = [];
  while (value.lastIndex < text.length) {
    const [, quoted, bare] = value.exec(text) ?? [];
    if (quoted === undefined && bare === undefined) return undefined;
    values.push(quoted?.replaceAll('""', '"') ?? bare ?? '');
    if (values.length > mostColumns) return undefined;
  }
  return values;
}

function read(text: string): Reading | undefined {
  const values = valuesOf(text);
  const at = (name: keyof typeof column): string => values?.[column[name]] ?? '';
  const level = postgresLevel(at('severity'));
  const pid = Number(at('pid'));
  if (values === undefined || values.length <= column.message || level === undefined || !Number.isSafeInteger(pid))
    return undefined;
  const fields = new Map<FieldName, string | number>([
    ['log.dataset', 'postgresql'],
    ['log.level', level],
    ['process.name', 'postgres'],
    ['process.pid', pid],
  ]);
  if (at('user') !== '') fields.set('user.name', at('user'));
  const [, address = '', port] = /^(.*?)(?::(\d{1,5}))?$/.exec(at('from').slice(0, 300)) ?? [];
  if (isIP(address) > 0) fields.set('source.ip', address);
  if (isIP(address) > 0 && port !== undefined) fields.set('source.port', Number(port));
  setPostgresText(fields, at('state'), [at('message'), at('detail'), at('hint'), at('query')]);
  return { fields, timeText: at('time') };
}

export default defineFormat({
  name: 'postgres_csv',
  title: 'PostgreSQL log in CSV (csvlog)',
  source: 'PostgreSQL documentation §19.8.4 "Using CSV-Format Log Output"; RFC 4180',
  rank: 64,
  joins: goesOn,
  begins: '0123456789',
  guard: pattern`${stamp('anyWithTail')},${oneOf(pattern`"`, pattern`,`)}${skip('rest')}`,
  read,
  samples: [
    {
      kind: 'good',
      line: '2026-11-22 13:36:00.123 UTC,"eve","shop",147,"203.0.113.5:4022",6561a0f0.93,1,"authentication",2026-11-22 13:36:00 UTC,3/7,0,FATAL,28P01,"password authentication failed for user ""eve""","Role ""eve"" does not exist.",,,,,,,,"","client backend",,0',
      fields: {
        timestamp: '2026-11-22T13:36:00.123Z',
        'log.dataset': 'postgresql',
        'log.level': 'critical',
        'process.pid': 147,
        'user.name': 'eve',
        'source.ip': '203.0.113.5',
        'source.port': 4022,
        'event.code': '28P01',
        'event.outcome': 'failure',
        message: 'password authentication failed for user "eve"\nRole "eve" does not exist.',
      },
    },
    {
      kind: 'good',
      line: '2026-11-22 13:36:01.123 UTC,"eve","shop",148,"[local]",6561a0f0.94,2,"SELECT",2026-11-22 13:36:00 UTC,3/8,0,ERROR,42P01,"relation ""carts"" does not exist",,,,,,"SELECT *\nFROM carts",15,,"psql"',
      fields: {
        'log.lines': 2,
        'log.level': 'error',
        'source.ip': undefined,
        message: 'relation "carts" does not exist\nSELECT *\nFROM carts',
      },
    },
    {
      kind: 'malformed',
      line: '2026-11-22 13:36:02.123 UTC,"eve","shop",149,"203.0.113.5',
      takenBy: 'stamped',
      fields: { 'log.level': undefined },
    },
    {
      kind: 'hostile',
      line: '2026-11-22 13:36:03.123 UTC,"x"",""192.0.2.1:1"",""","shop",150,"203.0.113.5:4022",6561a0f0.96,1,"authentication",2026-11-22 13:36:00 UTC,3/7,0,FATAL,28000,"no such role",,,,,,,,,""',
      fields: { 'source.ip': '203.0.113.5', 'user.name': 'x","192.0.2.1:1","' },
    },
  ],
});
