import { type Envelope, type Position, schema, type UnknownEnvelope } from './envelope.ts';
import { isSeverity } from './severity.ts';

/** A line of NDJSON that is an envelope, or the reason why it is not. */
export type Decoded =
  | { readonly ok: true; readonly envelope: Envelope | UnknownEnvelope }
  | { readonly ok: false; readonly code: DecodeCode; readonly reason: string };

/** Why a line is not an envelope. */
export type DecodeCode = 'E_JSON' | 'E_SCHEMA' | 'E_FIELD';

type Fields = Readonly<Record<string, unknown>>;
type Check = (fields: Fields) => string | undefined;

/** Reads one line of NDJSON as an envelope of `lp/1`. Never throws; an unknown type is an `unknown` envelope. */
export function decodeLine(text: string): Decoded {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (thrown) {
    return { ok: false, code: 'E_JSON', reason: `not JSON: ${thrown instanceof Error ? thrown.message : ''}` };
  }
  return decodeValue(value);
}

/** Checks a parsed JSON value as an envelope: the fields that stages rely on, and no more. Never throws. */
export function decodeValue(value: unknown): Decoded {
  if (!isFields(value)) return { ok: false, code: 'E_SCHEMA', reason: 'not a JSON object' };
  if (value['schema'] !== schema) return { ok: false, code: 'E_SCHEMA', reason: `"schema" is not "${schema}"` };
  const type = value['type'];
  if (typeof type !== 'string') return { ok: false, code: 'E_SCHEMA', reason: '"type" is missing' };
  if (type === 'record' && isUsualRecord(value)) return { ok: true, envelope: value as unknown as Envelope };
  if (!Object.hasOwn(checks, type)) return { ok: true, envelope: { schema, type: 'unknown', value } };
  const reason = checks[type]?.(value);
  if (reason !== undefined) return { ok: false, code: 'E_FIELD', reason: `${type}: ${reason}` };
  return { ok: true, envelope: value as unknown as Envelope };
}

const text: (...path: string[]) => Check = (...path) => needs('a string', path, (found) => typeof found === 'string');
const number: (...path: string[]) => Check = (...path) => needs('a number', path, (found) => Number.isFinite(found));
const list: (...path: string[]) => Check = (...path) => needs('a list', path, Array.isArray);
const time: (...path: string[]) => Check = (...path) =>
  needs(
    'an RFC 3339 time',
    path,
    (found) => typeof found === 'string' && (usualTime.test(found) || !Number.isNaN(Date.parse(found))),
  );

/** Times as lp writes them: measured, this finds them to be times in a quarter of what Date.parse takes. */
const usualTime = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;

const entryCheck = all(time('timestamp'), text('log', 'source'), number('log', 'offset'), text('original'));

const checks: Readonly<Record<string, Check>> = {
  line: all(text('log', 'source'), number('log', 'offset'), text('original')),
  record: all(
    ...[time('timestamp'), text('log', 'source'), number('log', 'offset'), text('log', 'format'), text('original')],
    wrongFieldOf,
  ),
  finding: all(
    text('id'),
    needs('a severity', ['severity'], isSeverity),
    text('title'),
    text('summary'),
    text('rule', 'id'),
    text('rule', 'name'),
    text('category'),
    text('entity', 'type'),
    text('entity', 'value'),
    number('count'),
    time('first_seen'),
    time('last_seen'),
    number('risk_score'),
    needs('a list of entries', ['evidence'], isEvidence),
    text('log', 'source'),
    text('analyzer', 'engine'),
    time('processed_at'),
  ),
  mark: all(number('mark', 'seq'), list('mark', 'positions')),
  summary: all(text('stage'), text('log', 'source'), time('start'), time('end'), needs('an object', ['counts'], isFields)),
  error: all(text('stage'), text('code'), text('message')),
};

function isEvidence(found: unknown): boolean {
  return Array.isArray(found) && found.every((entry) => isFields(entry) && entryCheck(entry) === undefined);
}

function all(...parts: readonly Check[]): Check {
  return (fields) => {
    for (const part of parts) {
      const reason = part(fields);
      if (reason !== undefined) return reason;
    }
    return undefined;
  };
}

/** Hot path, where `at` would take a third of the time of JSON.parse: a check is of a field, or of a field of a field. */
function needs(what: string, path: readonly string[], isFine: (found: unknown) => boolean): Check {
  const [name = '', inner] = path;
  const reason = `"${path.join('.')}" is not ${what}`;
  return (fields) => {
    const outer = fields[name];
    if (inner === undefined) return isFine(outer) ? undefined : reason;
    return isFields(outer) && isFine(outer[inner]) ? undefined : reason;
  };
}

/** The fields of fields that stages read as texts, where a record has them. */
export const textFields: Readonly<Record<string, readonly string[]>> = {
  log: ['dataset', 'level'],
  host: ['name'],
  process: ['name', 'command_line'],
  event: ['action', 'outcome'],
  user: ['name'],
  source: ['ip', 'domain'],
  destination: ['ip', 'domain'],
  url: ['original', 'path', 'query', 'domain'],
  user_agent: ['original'],
};

/*
 * Hot path: names that stand in the code are looked up in a third of the time of those in a table.
 */

/** Tells whether a record is as its check wants it; may be false where it is. */
function isUsualRecord(record: Fields): boolean {
  const { timestamp, log, message, original } = record;
  return (
    typeof timestamp === 'string' &&
    usualTime.test(timestamp) &&
    isFields(log) &&
    typeof log['source'] === 'string' &&
    Number.isFinite(log['offset']) &&
    typeof log['format'] === 'string' &&
    areTexts(log['dataset'], log['level']) &&
    typeof original === 'string' &&
    isTextOrNone(message) &&
    hasUsualFields(record)
  );
}

function hasUsualFields({ host, process, event, user, source, destination, url, user_agent, http }: Fields): boolean {
  return (
    (host === undefined || (isFields(host) && isTextOrNone(host['name']))) &&
    (process === undefined || (isFields(process) && areTexts(process['name'], process['command_line']))) &&
    (event === undefined ||
      (isFields(event) && areTexts(event['action'], event['outcome']) && isTextListOrNone(event['category']))) &&
    (user === undefined || (isFields(user) && isTextOrNone(user['name']))) &&
    (source === undefined || (isFields(source) && areTexts(source['ip'], source['domain']))) &&
    (destination === undefined || (isFields(destination) && areTexts(destination['ip'], destination['domain']))) &&
    (url === undefined || (isFields(url) && areTexts(url['original'], url['path']) && areTexts(url['query'], url['domain']))) &&
    (user_agent === undefined || (isFields(user_agent) && isTextOrNone(user_agent['original']))) &&
    (http === undefined || (isFields(http) && hasUsualHttpFields(http)))
  );
}

function hasUsualHttpFields({ version, request, response }: Fields): boolean {
  return (
    isTextOrNone(version) &&
    (request === undefined || (isFields(request) && areTexts(request['method'], request['referrer']))) &&
    (response === undefined || (isFields(response) && isNumberOrNone(response['status_code'])))
  );
}

function areTexts(one: unknown, other: unknown): boolean {
  return isTextOrNone(one) && isTextOrNone(other);
}

/** What is wrong with the fields that a record may have and that stages rely on; undefined for nothing. Never throws. */
function wrongFieldOf(record: Fields): string | undefined {
  if (!isTextOrNone(record['message'])) return '"message" is not a string';
  for (const name in textFields) {
    const reason = wrongTextIn(record[name], name, textFields[name] ?? []);
    if (reason !== undefined) return reason;
  }
  const category = partOf(record['event'], 'category');
  if (!isTextListOrNone(category)) return '"event.category" is not a list of strings';
  return wrongHttpFieldOf(record['http']);
}

function wrongHttpFieldOf(http: unknown): string | undefined {
  if (http === undefined) return undefined;
  const response = partOf(http, 'response');
  const status = partOf(response, 'status_code');
  if (response !== undefined && !isFields(response)) return '"http.response" is not an object';
  if (status !== undefined && typeof status !== 'number') return '"http.response.status_code" is not a number';
  return wrongTextIn(http, 'http', ['version']) ?? wrongTextIn(partOf(http, 'request'), 'http.request', ['method', 'referrer']);
}

function wrongTextIn(value: unknown, name: string, keys: readonly string[]): string | undefined {
  if (value === undefined) return undefined;
  if (!isFields(value)) return `"${name}" is not an object`;
  for (const key of keys) if (!isTextOrNone(value[key])) return `"${name}.${key}" is not a string`;
  return undefined;
}

function partOf(value: unknown, key: string): unknown {
  return isFields(value) ? value[key] : undefined;
}

function isTextListOrNone(value: unknown): boolean {
  return value === undefined || (Array.isArray(value) && value.every((one) => typeof one === 'string'));
}

function isNumberOrNone(value: unknown): boolean {
  return value === undefined || typeof value === 'number';
}

function isTextOrNone(value: unknown): boolean {
  return value === undefined || typeof value === 'string';
}

/** Reads a position as marks have it; undefined when it is none. Never throws. */
export function decodePosition(value: unknown): Position | undefined {
  const isPosition = isFields(value) && all(text('source'), number('offset'))(value) === undefined;
  return isPosition ? (value as unknown as Position) : undefined;
}

/** The value at a path of nested objects, or undefined. Never throws. */
export function at(value: unknown, path: readonly string[]): unknown {
  let found = value;
  for (const key of path) {
    if (!isFields(found) || !Object.hasOwn(found, key)) return undefined;
    found = found[key];
  }
  return found;
}

/** Tells whether `value` is a JSON object (not a list, not null). */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
