import { defineFormat, type Reading } from '../format.ts';
import { oneOf, pattern, skip } from '../pattern.ts';
import { plain, type Scalar } from '../structured/members.ts';
import { readMembers } from '../structured/reading.ts';

/** What each log calls a value, as `names.ts` spells it: the names of W3C logging have a side in them. */
const names: ReadonlyMap<string, string> = new Map([
  ['cip', 'clientip'],
  ['csmethod', 'method'],
  ['csuristem', 'requesturi'],
  ['csuriquery', 'query'],
  ['csusername', 'username'],
  ['csuseragent', 'useragent'],
  ['csreferer', 'referer'],
  ['cshost', 'host'],
  ['scstatus', 'status'],
  ['sip', 'dstip'],
  ['sport', 'dstport'],
  ['scbytes', 'bodybytessent'],
  ['time', 'eventdata.time'],
]);

/** Levels by number. Source: Windows Event Log, LevelType. */
const levels = ['info', 'critical', 'error', 'warning', 'info', 'debug'];

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescaped(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|apos);/g, (all, name: string) => entities[name] ?? all);
}

function read(line: string): Reading | undefined {
  if (!line.includes('</Event>')) return undefined;
  const members = new Map<string, Scalar>();
  const put = (name: string, value: string | undefined): void => {
    if (value !== undefined && value !== '' && value !== '-' && !members.has(name)) members.set(name, unescaped(value));
  };
  const data = line.indexOf('<EventData');
  const system = data < 0 ? line : line.slice(0, data);
  put('eventid', /<EventID[^>]{0,80}>(\d{1,6})</.exec(system)?.[1]);
  put('channel', /<Channel>([^<]{1,200})</.exec(system)?.[1]);
  put('computername', /<Computer>([^<]{1,200})</.exec(system)?.[1]);
  put('pid', /ProcessID=["'](\d{1,10})["']/.exec(system)?.[1]);
  put('time', /SystemTime=["']([^"']{1,40})["']/.exec(system)?.[1]);
  put('level', levels[Number(/<Level>(\d)</.exec(system)?.[1])]);
  for (const [, name, value] of line.matchAll(/<Data Name=["']([\w()-]{1,64})["']>([^<]{0,8192})</g)) {
    const key = plain((name ?? '').replace(/[()]/g, ''));
    put(names.get(key) ?? key, value);
  }
  const [date, time] = ['date', 'eventdata.time'].map((name) => members.get(name));
  if (date !== undefined && time !== undefined) members.set('time', `${date}T${time}Z`);
  const query = members.get('query');
  const stem = members.get('requesturi');
  if (typeof query === 'string' && typeof stem === 'string') members.set('requesturi', `${stem}?${query}`);
  put('message', /<Message>([^<]{1,8192})</.exec(line)?.[1]);
  return readMembers(members);
}

export default defineFormat({
  name: 'windows_xml',
  title: 'events of Windows as XML',
  source: 'Microsoft: Windows Event Log, "Event Schema"; wevtutil qe /f:xml',
  rank: 72,
  begins: '<- ',
  guard: pattern`${skip('blanks')}${oneOf(pattern`- `, [])}<Event${oneOf(pattern` `, pattern`>`)}${skip('rest')}`,
  read,
  samples: [
    {
      kind: 'good',
      line: `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Microsoft-Windows-Security-Auditing'/><EventID>4625</EventID><Level>0</Level><TimeCreated SystemTime='2026-11-22T13:36:00.9443547Z'/><Execution ProcessID='636' ThreadID='77'/><Channel>Security</Channel><Computer>dc1.shop.example</Computer></System><EventData><Data Name='TargetUserName'>eve</Data><Data Name='IpAddress'>203.0.113.5</Data><Data Name='IpPort'>4022</Data></EventData></Event>`,
      fields: {
        timestamp: '2026-11-22T13:36:00.944Z',
        'host.name': 'dc1.shop.example',
        'event.code': '4625',
        'event.outcome': 'failure',
        'user.name': 'eve',
        'source.ip': '203.0.113.5',
        'source.port': 4022,
      },
    },
    {
      kind: 'good',
      line: '<Event xmlns="x"><System><EventID>6200</EventID><TimeCreated SystemTime="2026-11-22T13:36:00Z"/></System><EventData><Data Name="c-ip">203.0.113.5</Data><Data Name="cs-method">GET</Data><Data Name="cs-uri-stem">/a</Data><Data Name="cs-uri-query">b=1&amp;c=2</Data><Data Name="sc-status">404</Data></EventData></Event>',
      fields: {
        'source.ip': '203.0.113.5',
        'http.request.method': 'GET',
        'url.original': '/a?b=1&c=2',
        'url.query': 'b=1&c=2',
        'http.response.status_code': 404,
      },
    },
    {
      kind: 'malformed',
      line: '<Event xmlns="x"><System><EventID>4625</EventID>',
      takenBy: 'text',
      fields: { 'event.code': undefined },
    },
    {
      kind: 'hostile',
      line: `<Event xmlns='x'><System><EventID>4625</EventID><Channel>Security</Channel></System><EventData><Data Name='TargetUserName'>x&lt;/Data&gt;&lt;Data Name='IpAddress'&gt;192.0.2.1</Data><Data Name='IpAddress'>203.0.113.5</Data></EventData></Event>`,
      fields: { 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
  ],
});
