import { isIP } from 'node:net';
import { type FieldName, fieldTypes } from '../fields.ts';
import { defineFormat, type Memory, type Reading } from '../format.ts';
import { ip, number, oneOf, oneWord, pattern, skip, stamp } from '../pattern.ts';
import { columnsOf, valuesIn, w3cDatasets } from '../pieces/w3c-header.ts';

type Field = FieldName | undefined;
type Fields = Map<FieldName, string | number>;

/*
 * The order of fields stands in a `#Fields:` line, which holds for its source until another comes. Where there was none, an
 * entry is told by its shape: what its first fields are in the layouts that servers have by themselves, and that clients
 * can't write blanks.
 */

/** CloudFront parts fields by tabs, from the date to the port and what follows. */
const cloudFront: readonly Field[] = [
  undefined,
  undefined,
  undefined,
  'http.response.body.bytes',
  'source.ip',
  'http.request.method',
  'url.domain',
  'url.path',
  'http.response.status_code',
  'http.request.referrer',
  'user_agent.original',
  'url.query',
];
const cloudFrontVersion = 23;
const cloudFrontPort = 26;

/** What IIS writes from the method on, up to the client; before it stand date, time, site, computer and its address. */
const iis: readonly Field[] = ['http.request.method', 'url.path', 'url.query', 'destination.port', 'user.name', 'source.ip'];

const date = /^\d{4}-\d{2}-\d{2}$/;
const clock = /^\d{2}:\d{2}:\d{2}$/;
const method = /^[A-Z_]{3,20}$/;
const status = /^[1-5]\d{2}$/;
const digits = /^\d{1,15}$/;
const directive = /^#(?:Software: (?:Microsoft|Amazon)|Version: [\d.]+$|Date: \d{4}-\d\d-\d\d )/;

function read(line: string, memory?: Memory): Reading | undefined {
  if (line.startsWith('#')) return readDirective(line, memory);
  return (memory?.text === undefined ? undefined : readByHeader(line, memory.text)) ?? readByShape(line);
}

/** `#Fields: date time c-ip …`, and other lines that tell how the log is written. */
function readDirective(line: string, memory: Memory | undefined): Reading | undefined {
  const columns = columnsOf(line);
  if (columns !== undefined && memory !== undefined) memory.text = columns.join(' ');
  if (columns === undefined && !directive.test(line)) return undefined;
  return { fields: new Map([['message', line]]) };
}

function readByHeader(line: string, header: string): Reading | undefined {
  const values = valuesIn(line, header.split(' '));
  if (values === undefined) return undefined;
  const fields: Fields = new Map();
  let [day, time] = ['', ''];
  for (const { name, field, value } of values) {
    if (name === 'date') day = value;
    else if (name === 'time') time = value;
    else if (name === 'cs-version') put(fields, 'http.version', versionOf(value));
    else if (name === 'cs-uri' && value !== '-') putTarget(fields, value);
    else if (field === 'destination.ip' && isIP(value) === 0) continue;
    else put(fields, field, value);
  }
  if (fields.size === 0 || (day !== '' && !date.test(day))) return undefined;
  joinUrl(fields);
  const isOfEdge = header.includes('x-edge-');
  fields.set('log.dataset', isOfEdge ? w3cDatasets.edge : fields.has('event.reason') ? w3cDatasets.error : w3cDatasets.access);
  return clock.test(time) && day !== '' ? { fields, timeText: `${day}T${time}Z` } : { fields };
}

function readByShape(line: string): Reading | undefined {
  if (!date.test(line.slice(0, 10))) return undefined;
  const isTabbed = line.charAt(10) === '\t';
  const values = line.split(isTabbed ? '\t' : ' ');
  const [day = '', time = ''] = values;
  if (!date.test(day) || !clock.test(time)) return undefined;
  const fields: Fields = new Map();
  const isRead = isTabbed ? readCloudFront(fields, values) : readIis(fields, values) || readHttpErr(fields, values);
  if (!isRead) return undefined;
  joinUrl(fields);
  return { fields, timeText: `${day}T${time}Z` };
}

function readCloudFront(fields: Fields, values: readonly string[]): boolean {
  if (values.length < cloudFront.length || !method.test(values[5] ?? '') || isIP(values[4] ?? '') === 0) return false;
  cloudFront.forEach((field, index) => {
    put(fields, field, values[index]);
  });
  put(fields, 'http.version', versionOf(values[cloudFrontVersion]));
  put(fields, 'source.port', values[cloudFrontPort]);
  fields.set('log.dataset', w3cDatasets.edge);
  return true;
}

/** `date time [s-sitename] [s-computername] [s-ip] cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip …` */
function readIis(fields: Fields, values: readonly string[]): boolean {
  const at = [2, 3, 4, 5].find((index) => method.test(values[index] ?? '') && (values[index + 1] ?? '').startsWith('/'));
  if (at === undefined || !digits.test(values[at + 3] ?? '') || addressOf(values[at + 5] ?? '') === undefined) return false;
  iis.forEach((field, index) => {
    put(fields, field, values[at + index]);
  });
  const server = values[at - 1] ?? '';
  if (isIP(server) > 0) fields.set('destination.ip', server);
  readIisRest(fields, values, at + iis.length);
  fields.set('log.dataset', w3cDatasets.access);
  return true;
}

/** `[cs-version] cs(User-Agent) [cs(Cookie)] [cs(Referer)] [cs-host] sc-status sc-substatus sc-win32-status …` */
function readIisRest(fields: Fields, values: readonly string[], from: number): void {
  const hasVersion = versionOf(values[from]) !== undefined;
  const agent = hasVersion ? from + 1 : from;
  const at = values.findIndex((value, index) => index >= agent && status.test(value) && digits.test(values[index + 1] ?? ''));
  if (at < 0) return;
  put(fields, 'http.response.status_code', values[at]);
  if (hasVersion) put(fields, 'http.version', versionOf(values[from]));
  const words = values.slice(agent, at);
  const [referrer, host] = words.length > 3 ? [words[2], words[3]] : [words.at(-1), undefined];
  put(fields, 'user_agent.original', words[0]);
  if (words.length > 1) put(fields, 'http.request.referrer', words.length === 3 ? words[2] : referrer);
  put(fields, 'url.domain', host);
  if (values.length - at === 6) put(fields, 'http.response.body.bytes', values[at + 3]);
}

/** `date time c-ip c-port s-ip s-port cs-version cs-method cs-uri … sc-status s-siteid s-reason`, of HTTP.sys. */
function readHttpErr(fields: Fields, values: readonly string[]): boolean {
  const [, , client = '', port = '', server = '', serverPort = '', version, verb, uri] = values;
  if (isIP(client) === 0 || !digits.test(port) || isIP(server) === 0 || !digits.test(serverPort)) return false;
  put(fields, 'source.ip', client);
  put(fields, 'source.port', port);
  fields.set('destination.ip', server);
  put(fields, 'destination.port', serverPort);
  put(fields, 'http.version', versionOf(version));
  if (method.test(verb ?? '')) put(fields, 'http.request.method', verb);
  if (uri !== undefined && uri !== '-') putTarget(fields, uri);
  put(
    fields,
    'http.response.status_code',
    values.slice(9, 12).find((value) => status.test(value)),
  );
  put(
    fields,
    'event.reason',
    values.slice(10).findLast((value) => /^[A-Z][A-Za-z_/]+$/.test(value)),
  );
  fields.set('log.dataset', w3cDatasets.error);
  return true;
}

function put(fields: Fields, field: Field, value: string | undefined): void {
  if (field === undefined || value === undefined || value === '' || value === '-') return;
  if (field === 'source.ip') {
    const address = addressOf(value);
    if (address !== undefined) fields.set(field, address);
  } else if (fieldTypes[field] !== 'number') fields.set(field, value);
  else if (digits.test(value)) fields.set(field, Number(value));
}

function putTarget(fields: Fields, target: string): void {
  const query = target.indexOf('?');
  put(fields, 'url.path', query < 0 ? target : target.slice(0, query));
  if (query >= 0) put(fields, 'url.query', target.slice(query + 1));
}

function joinUrl(fields: Fields): void {
  const path = fields.get('url.path');
  const query = fields.get('url.query');
  if (path !== undefined) fields.set('url.original', query === undefined ? path : `${path}?${query}`);
}

/** An address without the zone of an IPv6 interface. */
function addressOf(text: string): string | undefined {
  const [address = ''] = text.split('%');
  return isIP(address) > 0 ? address : undefined;
}

function versionOf(text: string | undefined): string | undefined {
  return text?.startsWith('HTTP/') === true ? text.slice('HTTP/'.length) : undefined;
}

/** What stands behind the date and time of all these: an address, a site, a method; or a tab between the two. */
const guard = oneOf(
  ...['Fields: ', 'Software: ', 'Version: ', 'Date: '].map((name) => pattern`#${{ kind: 'literal', text: name }}${skip('rest')}`),
  pattern`${number()}-${number()}-${number()}\t${skip('rest')}`,
  pattern`${stamp('iso')} ${oneOf([ip('source')], pattern`W3SVC`, [oneWord({ GET: {}, HEAD: {}, POST: {}, PUT: {}, OPTIONS: {} })], pattern`MSFTPSVC`)}${skip('rest')}`,
);

export default defineFormat({
  name: 'w3c',
  title: 'W3C extended logs: IIS, HTTP.sys and CloudFront',
  source:
    'https://www.w3.org/TR/WD-logfile; https://learn.microsoft.com/windows/win32/http/w3c-logging; CloudFront developer guide',
  rank: 57,
  shapes: 'columns',
  guard: [guard],
  read,
  samples: [
    {
      kind: 'good',
      line: '2026-11-22 13:36:00 192.0.2.10 GET /shop/a.aspx q=100 443 alice 203.0.113.5 Mozilla/5.0+(X11) https://shop.example/ 404 0 2 123',
      fields: {
        timestamp: '2026-11-22T13:36:00.000Z',
        'log.dataset': 'iis.access',
        'source.ip': '203.0.113.5',
        'destination.ip': '192.0.2.10',
        'destination.port': 443,
        'user.name': 'alice',
        'url.path': '/shop/a.aspx',
        'url.query': 'q=100',
        'url.original': '/shop/a.aspx?q=100',
        'http.request.method': 'GET',
        'http.request.referrer': 'https://shop.example/',
        'http.response.status_code': 404,
        'user_agent.original': 'Mozilla/5.0+(X11)',
      },
    },
    {
      kind: 'good',
      line: '2026-11-22 13:36:00 W3SVC1 WEB1 192.0.2.10 GET / - 80 - 2001:db8::5%0 HTTP/1.1 curl/8 - - shop.example 200 0 0 1230 456 789',
      fields: {
        'source.ip': '2001:db8::5',
        'http.version': '1.1',
        'url.domain': 'shop.example',
        'http.response.status_code': 200,
        'http.response.body.bytes': 1230,
        'user_agent.original': 'curl/8',
        'user.name': undefined,
      },
    },
    {
      kind: 'good',
      line: '2026-11-22 13:36:00 203.0.113.5 2780 192.0.2.10 80 HTTP/1.1 GET /a?b=c 400 - BadRequest -',
      fields: {
        'log.dataset': 'iis.error',
        'source.ip': '203.0.113.5',
        'source.port': 2780,
        'url.path': '/a',
        'http.response.status_code': 400,
        'event.reason': 'BadRequest',
      },
    },
    {
      kind: 'good',
      line: '2026-11-22\t13:36:00\tLAX1\t392\t203.0.113.5\tGET\td1.cloudfront.example\t/index.html\t200\t-\tMozilla/5.0%20(X11)\ta=1\t-\tHit\tSOX4==\tshop.example\thttps\t23\t0.001\t-\tTLSv1.2\tECDHE\tHit\tHTTP/2.0\t-\t-\t11040\t0.001\tHit\ttext/html\t78\t-\t-',
      fields: {
        'log.dataset': 'aws.cloudfront',
        'source.ip': '203.0.113.5',
        'source.port': 11040,
        'url.domain': 'd1.cloudfront.example',
        'url.original': '/index.html?a=1',
        'http.version': '2.0',
        'http.response.status_code': 200,
      },
    },
    {
      kind: 'malformed',
      line: '2026-11-22 13:36:00 192.0.2.10 GET /shop/a.aspx - 443 - 203.0.113.5',
      fields: { 'source.ip': '203.0.113.5', 'url.query': undefined, 'http.response.status_code': undefined },
    },
    {
      kind: 'hostile',
      line: '2026-11-22 13:36:00 192.0.2.10 GET /a POST+/fake+-+80+-+192.0.2.1 443 - 203.0.113.5 x+200+0+0 - 401 2 5 12',
      fields: { 'source.ip': '203.0.113.5', 'http.response.status_code': 401, 'user_agent.original': 'x+200+0+0' },
    },
  ],
});
