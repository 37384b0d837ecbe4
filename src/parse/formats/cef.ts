import { defineFormat, type Reading } from '../format.ts';
import { oneOf, pattern, skip } from '../pattern.ts';
import { plain, type Scalar } from '../structured/members.ts';
import { readMembers } from '../structured/reading.ts';

/** A syslog header may stand before it, and some collectors cut `CEF:` away. */
const head =
  /^(?:(?<before>[^|]{0,200}?)\b(?:CEF|LEEF):)?(?:0|1|1\.0|2\.0)\|(?<vendor>[^|]{1,100})\|(?<product>[^|]{1,100})\|(?<rest>.*)$/s;

/** What a header of syslog is made of: no quotes and braces, in which a line of another log may hold what somebody else wrote. */
const headerText = /^(?:<\d{1,3}>)?(?:[\w:.,+\-/()#[\] ]*[ \t])?$/;
/** Priority, stamp, host, program, and the columns of RFC 5424. */
const mostWords = 9;

/** Tells whether what stands before it is a header: behind a program's name and colon there would be its message. */
function isHeader(before: string): boolean {
  const words = before.trim().split(/ +/);
  const program = words.findIndex((word) => word.endsWith(':'));
  return headerText.test(before) && words.length <= mostWords && (program < 0 || program === words.length - 1);
}

/** The short keys of the extension, as `names.ts` calls them. Source: ArcSight Common Event Format, "Extension Dictionary". */
const keys: Readonly<Record<string, string>> = {
  src: 'sourceip',
  spt: 'srcport',
  srcport: 'srcport',
  dst: 'dstip',
  dpt: 'dstport',
  dstport: 'dstport',
  suser: 'username',
  usrname: 'username',
  duser: 'username',
  rt: 'timestamp',
  end: 'eventtime',
  start: 'starttime',
  devtime: 'timestamp',
  unifiutctime: 'timestamp',
  request: 'requesturi',
  requestmethod: 'requestmethod',
  requestclientapplication: 'useragent',
  dvchost: 'hostname',
  msg: 'msg',
  outcome: 'outcome',
  act: 'action',
};

/** How bad it is, 0 to 10 or in a word. Source: the same, "Severity". */
function levelOf(severity: string): string {
  const number = Number(severity);
  if (severity === '' || Number.isNaN(number))
    return { low: 'notice', medium: 'warning', high: 'error' }[severity.toLowerCase()] ?? 'info';
  if (number >= 9) return 'critical';
  if (number >= 7) return 'error';
  return number >= 4 ? 'warning' : 'notice';
}

function read(line: string): Reading | undefined {
  if (!line.includes('|')) return undefined;
  const { before, vendor, product, rest } = head.exec(line)?.groups ?? {};
  if (vendor === undefined || rest === undefined || (before === undefined && !/^\S+\|[^|]*\|\d/.test(rest))) return undefined;
  if (before !== undefined && !isHeader(before)) return undefined;
  if (line.includes('LEEF:')) return readLeef(rest, product);
  const columns = rest.split('|', 4);
  const [, , name, severity] = columns;
  const extension = rest.split('|').slice(4).join('|');
  if (name === undefined || severity === undefined) return undefined;
  const members = new Map<string, Scalar>([['level', levelOf(severity)]]);
  addExtension(members, extension);
  if (!members.has('msg')) members.set('msg', name);
  members.set('eventid', name);
  if (product !== undefined) members.set('component', product);
  if (!members.has('timestamp') && before !== undefined && before !== '') members.set('timestamp', before.slice(0, 40));
  return readMembers(members);
}

/** LEEF has the event's id, and in its second version what parts the pairs, a tab by itself. Source: IBM QRadar LEEF. */
function readLeef(rest: string, product: string | undefined): Reading | undefined {
  const [, id, ...behind] = rest.split('|');
  if (id === undefined || behind.length === 0) return undefined;
  const [given = '', ...pairs] = behind;
  const isSecond = pairs.length > 0 && given.length < 6 && !given.includes('=');
  const hex = /^(?:0x|x)([\da-f]{1,4})$/i.exec(given)?.[1];
  const parting =
    !isSecond || given === '' ? '\t' : hex === undefined ? given.charAt(0) : String.fromCharCode(Number.parseInt(hex, 16));
  const members = new Map<string, Scalar>([['eventid', id]]);
  if (product !== undefined) members.set('component', product);
  for (const pair of (isSecond ? pairs : behind).join('|').split(parting)) {
    const at = pair.indexOf('=');
    const key = plain(pair.slice(0, Math.max(at, 0)).trim());
    const name = keys[key] ?? `leef.${key}`;
    if (at > 0 && at + 1 < pair.length && !members.has(name)) members.set(name, pair.slice(at + 1));
  }
  const severity = members.get('leef.sev');
  if (severity !== undefined) members.set('level', levelOf(String(severity)));
  if (!members.has('msg')) members.set('msg', id);
  return readMembers(members);
}

/** Values may hold blanks: a value ends where the next ` key=` begins. In a value `=` is escaped. */
function addExtension(members: Map<string, Scalar>, extension: string): void {
  const marks = [...extension.matchAll(/(?:^|[ \t])([\w.]{1,64})=/g)];
  marks.forEach((mark, index) => {
    const key = plain(mark[1] ?? '');
    const name = keys[key] ?? `cef.${key}`;
    const value = extension.slice(mark.index + mark[0].length, marks[index + 1]?.index).trim();
    if (value !== '' && !members.has(name)) members.set(name, value.replace(/\\([=|\\])/g, '$1'));
  });
}

export default defineFormat({
  name: 'cef',
  title: 'Common Event Format (ArcSight), as firewalls and UniFi write it',
  source: 'Micro Focus: ArcSight Common Event Format, version 25',
  rank: 93,
  guard: [oneOf(pattern`0|`, pattern`${skip()}CEF:`, pattern`${skip()}LEEF:`), skip('rest')],
  read,
  samples: [
    {
      kind: 'good',
      line: 'CEF:0|Example|Gate|1.2|201|Threat Detected and Blocked|7|proto=TCP src=203.0.113.5 spt=52331 dst=192.0.2.10 dpt=443 rt=1795354560000 msg=A thing was blocked',
      fields: {
        timestamp: '2026-11-22T13:36:00.000Z',
        'log.level': 'error',
        'log.logger': 'Gate',
        'source.ip': '203.0.113.5',
        'source.port': 52331,
        'destination.ip': '192.0.2.10',
        'destination.port': 443,
        message: 'A thing was blocked',
      },
    },
    {
      kind: 'good',
      line: 'CEF:0|Example|Gate|1.2|7|Login failed|5|src=203.0.113.5 suser=eve rt=1795354561000',
      fields: { 'log.level': 'warning', 'source.ip': '203.0.113.5', 'user.name': 'eve', 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: 'LEEF:1.0|Example|Gate|1.0|Login failed|src=203.0.113.5\tdst=192.0.2.10\tusrName=eve\tsev=5\tdevTime=Nov 22 2026 13:36:00',
      fields: {
        timestamp: '2026-11-22T13:36:00.000Z',
        'log.level': 'warning',
        'user.name': 'eve',
        'source.ip': '203.0.113.5',
        'event.outcome': 'failure',
      },
    },
    {
      kind: 'good',
      line: 'LEEF:2.0|Example|Gate|1.0|Login failed|^|src=203.0.113.5^usrName=x src=192.0.2.1',
      fields: { 'user.name': 'x src=192.0.2.1', 'source.ip': '203.0.113.5' },
    },
    { kind: 'malformed', line: 'CEF:0|Example|Gate|1.2|7|Reboot|1|', fields: { message: 'Reboot', 'source.ip': undefined } },
    {
      kind: 'hostile',
      line: 'CEF:0|Example|Gate|1.2|7|Login failed|5|src=203.0.113.5 rt=1795354562000 suser=x src=192.0.2.1 y',
      fields: { 'source.ip': '203.0.113.5', 'user.name': 'x' },
    },
    {
      kind: 'hostile',
      line: '203.0.113.5 - - [22/Nov/2026:13:36:00 +0000] "GET / HTTP/1.1" 200 162 "-" "CEF:0|a|b|1|2|Login failed|7|src=192.0.2.1 suser=root"',
      takenBy: 'combined',
      fields: { 'source.ip': '203.0.113.5', 'user.name': undefined },
    },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:00 web1 sshd[801]: Invalid user CEF:0|a|b|1|2|Login failed|7|src=192.0.2.1 suser=root from 203.0.113.5 port 4022',
      takenBy: 'syslog',
      fields: { 'source.ip': '203.0.113.5', 'log.dataset': 'sshd' },
    },
    {
      kind: 'hostile',
      line: '1795354560.123 12 203.0.113.5 TCP_MISS/200 162 GET http://shop.example/CEF:0|a|b|1|2|Login|7|src=192.0.2.1 - DIRECT/192.0.2.9 text/html',
      takenBy: 'squid',
      fields: { 'source.ip': '203.0.113.5' },
    },
  ],
});
