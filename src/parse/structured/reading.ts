import { isIP } from 'node:net';
import { type Level, levelFromWord } from '../../model/level.ts';
import { type FieldName, isFieldName } from '../fields.ts';
import type { Reading } from '../format.ts';
import { addIntrusion } from './intrusion.ts';
import { addKnown } from './known.ts';
import { type Fields, firstOf, isObject, type Members, membersOf, plain, type Scalar } from './members.ts';
import { levelNames, messageNames, textNames, timeNames } from './names.ts';
import { addressNames, numberNames } from './number-names.ts';
import { addOutcome } from './outcome.ts';
import { requestNames } from './request-names.ts';

/** What a record can take of an object, and of the objects in it that only hold together what is said. Never throws. */
export function readObject(object: Readonly<Record<string, unknown>>): Reading {
  let reading = readMembers(membersOf(object));
  for (const [name, value] of Object.entries(object)) {
    if (isObject(value) && holders.has(plain(name))) reading = together(reading, readObject(value));
  }
  return reading;
}

/** Objects whose members may as well stand outside, by the loggers that write them. What a client sends is in none. */
export const holders: ReadonlySet<string> = new Set([
  'fields', // tracing, Elasticsearch
  'properties', // Serilog, Azure
  'attr', // MongoDB
  'winlog', // Winlogbeat
  'eventdata', // Winlogbeat, Wazuh
  'win', // Wazuh
  'transaction', // ModSecurity
  'context', // Monolog
  'extra', // Monolog
  'meta', // winston
  'jsonpayload', // Google Cloud
  'protopayload', // Google Cloud
  'logevent', // Logstash
  'detail', // EventBridge
]);

/** The outer reading, with what it has not; an address and its port stay together. */
function together(outer: Reading, inner: Reading): Reading {
  const ends = ['source', 'destination'].filter((side) => [...outer.fields.keys()].some((name) => name.startsWith(`${side}.`)));
  const missing = [...inner.fields].filter(
    ([name]) => !outer.fields.has(name) && !ends.some((side) => name.startsWith(`${side}.`)),
  );
  const hasTime = outer.timeMs !== undefined || outer.timeText !== undefined;
  return { ...(hasTime ? {} : inner), ...outer, fields: new Map([...outer.fields, ...missing]) };
}

/** What a record can take of the members of an object, by the meaning of their names. Never throws. */
export function readMembers(members: Members): Reading {
  const fields: Fields = new Map();
  addRequest(fields, members);
  addNamed(fields, members);
  addAddress(fields, members, 'source');
  addAddress(fields, members, 'destination');
  const message = firstOf(members, messageNames);
  if (message !== undefined) fields.set('message', String(message).trim());
  const level = firstLevel(members);
  if (level !== undefined) fields.set('log.level', level);
  addOutcome(fields, members);
  addIntrusion(fields, members);
  addKnown(fields, members);
  return { fields, ...timeOf(members) };
}

/** The fields that each name may fill: a line has few names, and the tables have hundreds. */
type FieldsByName = ReadonlyMap<string, readonly FieldName[]>;
const textFields = fieldsByName(textNames);
const numberFields = fieldsByName(numberNames);

function fieldsByName(table: Readonly<Partial<Record<FieldName, readonly string[]>>>): FieldsByName {
  const fields = new Map<string, FieldName[]>();
  for (const field of Object.keys(table).filter(isFieldName))
    for (const name of table[field] ?? []) fields.set(name, [...(fields.get(name) ?? []), field]);
  return fields;
}

/** The fields that some of the members may fill. */
function namedIn(members: Members, table: FieldsByName): ReadonlySet<FieldName> {
  const found = new Set<FieldName>();
  for (const name of members.keys()) for (const field of table.get(name) ?? []) found.add(field);
  return found;
}

function addNamed(fields: Fields, members: Members): void {
  const isRequest = fields.has('http.request.method') || members.has('request');
  for (const field of namedIn(members, textFields)) {
    if (field === 'url.domain' && !isRequest) continue;
    const value = firstOf(members, textNames[field] ?? []);
    if (value === undefined || typeof value === 'boolean' || fields.has(field)) continue;
    fields.set(field, field === 'url.domain' ? String(value).replace(/:\d{1,5}$/, '') : String(value));
  }
  const host = members.get('host');
  if (!isRequest && !fields.has('host.name') && typeof host === 'string' && isHost(host)) fields.set('host.name', host);
  for (const field of namedIn(members, numberFields)) {
    const value = wholeNumber(firstOf(members, numberNames[field] ?? []));
    if (value !== undefined) fields.set(field, value);
  }
}

function isHost(text: string): boolean {
  return /^[a-z\d._-]{1,253}$/i.test(text);
}

function wholeNumber(value: Scalar | undefined): number | undefined {
  const number = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}

/** `203.0.113.5`, `203.0.113.5:4022` or `[2001:db8::5]:4022`; what is no address at all may be the name of a host. */
function addAddress(fields: Fields, members: Members, side: 'source' | 'destination'): void {
  for (const name of addressNames[side]) {
    const text = members.get(name);
    if (typeof text !== 'string' || text.length > 262) continue;
    const [, bracketed, bare, port] = /^(?:\[([^\]]*)\]|([^:]*)):(\d{1,5})$/.exec(text) ?? [];
    const address = (bracketed ?? bare ?? text).replace(/^(?:::ffff:(?=[\d.]+$)|ip\/)/i, '');
    if (isIP(address) === 0 && (address === '-' || !/[a-z\d]/i.test(address) || !isHost(address))) continue;
    fields.set(isIP(address) === 0 ? `${side}.domain` : `${side}.ip`, address);
    if (port !== undefined) fields.set(`${side}.port`, Number(port));
    return;
  }
}

/** What is taken for a method, in any case. Source: RFC 9110 §9.3, RFC 5789, RFC 4918 §9, RFC 3253 §3.6, RFC 5323. */
export const methods: readonly string[] = [
  ...['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH', 'PROPFIND', 'PROPPATCH', 'MKCOL', 'COPY'],
  ...['MOVE', 'LOCK', 'UNLOCK', 'REPORT', 'SEARCH'],
];

/** Method, target, protocol and status; nginx writes `request` as one text of the first three. */
function addRequest(fields: Fields, members: Members): void {
  const request = members.get('request');
  if (typeof request === 'string') addRequestLine(fields, request);
  const method = firstOf(members, requestNames.method);
  if (typeof method === 'string' && methods.includes(method.toUpperCase()))
    fields.set('http.request.method', method.toUpperCase());
  if (fields.has('http.request.method')) {
    const target = firstOf(members, requestNames.target);
    if (typeof target === 'string' && !fields.has('url.original')) fields.set('url.original', target);
    const [, version] = /^(?:HTTP\/)?([123](?:\.\d)?)$/i.exec(String(firstOf(members, requestNames.protocol) ?? '')) ?? [];
    if (version !== undefined && !fields.has('http.version')) fields.set('http.version', version);
    addQuery(fields, members);
  }
  const uri = members.get('requesturi');
  if (typeof uri === 'string' && !fields.has('url.original')) fields.set('url.original', uri);
  for (const name of requestNames.status) {
    const status = wholeNumber(members.get(name));
    if (status === undefined || status < 100 || status > 599) continue;
    fields.set('http.response.status_code', status);
    break;
  }
  addUrlParts(fields);
  if (fields.has('http.response.status_code') && fields.has('http.request.method')) fields.set('log.dataset', 'web.access');
}

/** nginx's `$uri` and `$args`, the firewall of AWS and ECS have the query apart from the path. */
function addQuery(fields: Fields, members: Members): void {
  const target = fields.get('url.original');
  const query = firstOf(members, requestNames.query);
  if (typeof target !== 'string' || typeof query !== 'string' || target.includes('?') || members.has('request')) return;
  fields.set('url.original', `${target}${query.startsWith('?') ? '' : '?'}${query}`);
}

function addRequestLine(fields: Fields, request: string): void {
  const [method, ...rest] = request.split(' ');
  const protocol = rest.at(-1)?.startsWith('HTTP/') ? rest.pop() : undefined;
  if (method === undefined || rest.length === 0) return;
  fields.set('http.request.method', method);
  fields.set('url.original', rest.join(' '));
  if (protocol !== undefined) fields.set('http.version', protocol.slice('HTTP/'.length));
}

/** Source: RFC 9112 §3.2, origin-form and absolute-form. */
function addUrlParts(fields: Fields): void {
  let target = fields.get('url.original');
  if (typeof target !== 'string') return;
  const [, authority, path] = /^https?:\/\/([^/?#]{1,260})(.*)$/is.exec(target) ?? [];
  if (authority !== undefined) {
    const domain = authority.replace(/:\d{1,5}$/, '');
    if (isHost(domain)) fields.set('url.domain', domain);
    target = path ?? '';
  }
  if (!target.startsWith('/')) return;
  const query = target.indexOf('?');
  fields.set('url.path', query < 0 ? target : target.slice(0, query));
  if (query >= 0 && query + 1 < target.length) fields.set('url.query', target.slice(query + 1));
}

function firstLevel(members: Members): Level | undefined {
  const isSyslog = members.has('shortmessage');
  for (const name of levelNames) {
    const level = levelOf(members.get(name), isSyslog);
    if (level !== undefined) return level;
  }
  return undefined;
}

/** MongoDB's letters. Source: mongodb.com/docs/manual/reference/log-messages, "Severity Levels". */
export const letters: ReadonlyMap<string, Level> = new Map([
  ['F', 'critical'],
  ['E', 'error'],
  ['W', 'warning'],
  ['I', 'info'],
  ['D', 'debug'],
  ...[1, 2, 3, 4, 5].map((number) => [`D${number}`, 'debug'] as const),
]);

const syslogLevels: readonly Level[] = ['emergency', 'alert', 'critical', 'error', 'warning', 'notice', 'info', 'debug'];

/** Pino and bunyan count from 10 (trace) to 60 (fatal), GELF as syslog does. Source: getpino.io/#/docs/api?id=logger-level. */
function levelOf(value: Scalar | undefined, isSyslog: boolean): Level | undefined {
  if (typeof value === 'string') return levelFromWord(value) ?? letters.get(value);
  if (typeof value !== 'number') return undefined;
  if (isSyslog) return syslogLevels[value];
  if (value < 10) return undefined;
  if (value >= 60) return 'critical';
  if (value >= 50) return 'error';
  if (value >= 40) return 'warning';
  return value >= 30 ? 'info' : 'debug';
}

/** Seconds, milliseconds, microseconds or nanoseconds since 1970: which one shows in the number of digits. */
function epochMs(value: Scalar | undefined): number | undefined {
  const number = typeof value === 'string' && /^\d{10,19}(?:\.\d{1,9})?$/.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !(number > 1e8)) return undefined;
  // A number of seconds has no exact decimals.
  if (number < 1e11) return Math.round(number * 1e6) / 1e3;
  if (number < 1e14) return number;
  return number < 1e17 ? number / 1e3 : number / 1e6;
}

function timeOf(members: Members): Pick<Reading, 'timeMs' | 'timeText'> {
  for (const name of timeNames) {
    const value = members.get(name);
    const timeMs = epochMs(value);
    if (timeMs !== undefined) return { timeMs };
    if (typeof value === 'string' && /\d/.test(value)) return { timeText: value };
  }
  return {};
}
