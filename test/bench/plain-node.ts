/*
 * What one would write first: split2, a regular expression, ndjson.stringify. It reads lines of a combined access log,
 * of an auth.log, of JSON, or any, on standard input and writes the same fields as lp-parse does.
 *
 *     npx tsx test/bench/plain-node.ts access|auth|json|columns < FILE
 */
import { pipeline, Transform } from 'node:stream';
import ndjson from 'ndjson';
import split2 from 'split2';

type Reader = (line: string, offset: number) => object;

const combined =
  /^(\S+) (\S+) (.*?) \[(\d\d)\/(\w{3})\/(\d{4}):([\d:]{8}) ([+-]\d{4})\] "((?:[^"\\]|\\.)*)" (\d{3}) (\d+|-) "((?:[^"\\]|\\.)*)" "((?:[^"\\]|\\.)*)"/;
const syslog = /^(\w{3} [ \d]\d [\d:]{8}) (\S+) ([^:[]+)(?:\[(\d+)\])?: (.*)$/;
const login = /^(Failed|Accepted) (\S+) for (?:invalid user )?(.*) from (\S+) port (\d+)/;
const unknown = /^Invalid user (.*) from (\S+) port (\d+)/;
const closed = /^(?:Connection closed by|Disconnected from) (?:(?:authenticating|invalid) )?user (.*) (\S+) port (\d+)/;
const session = /^pam_unix\(\S+\): session (opened|closed) for user ([^\s(]+)/;

function text(value: string | undefined): string | undefined {
  return value === '-' || value === '' ? undefined : value;
}

const access: Reader = (line, offset) => {
  const found = combined.exec(line);
  if (found === null) return { schema: 'lp/1', type: 'record', message: line, original: line };
  const [, ip, , user, day, month, year, time, zone, request = '', status, bytes, referrer, agent] = found;
  const [method, target = '', protocol = ''] = request.split(' ');
  const [path, query] = target.split('?');
  return {
    schema: 'lp/1',
    type: 'record',
    timestamp: new Date(`${day} ${month} ${year} ${time} ${zone}`).toISOString(),
    log: { source: '-', offset, format: 'combined', dataset: 'web.access' },
    user: text(user) === undefined ? undefined : { name: user },
    source: { ip },
    url: { original: target, path, query },
    http: {
      request: { method, referrer: text(referrer) },
      response: { status_code: Number(status), body: { bytes: Number(bytes) } },
      version: protocol.slice(5),
    },
    user_agent: { original: text(agent) },
    original: line,
  };
};

const auth: Reader = (line, offset) => {
  const found = syslog.exec(line);
  if (found === null) return { schema: 'lp/1', type: 'record', message: line, original: line };
  const [, stamp, host, name, pid, message = ''] = found;
  return {
    schema: 'lp/1',
    type: 'record',
    timestamp: new Date(`${stamp} 2026 UTC`).toISOString(),
    timestamp_quality: 'assumed_year',
    log: { source: '-', offset, format: 'syslog', dataset: name },
    host: { name: host },
    process: { name, pid: Number(pid) },
    ...fieldsOf(message),
    message,
    original: line,
  };
};

/** What sshd's most frequent messages say. */
function fieldsOf(message: string): object {
  let found = login.exec(message);
  if (found !== null) {
    const [, how, reason, name, ip, port] = found;
    const outcome = how === 'Failed' ? 'failure' : 'success';
    const event = { category: ['authentication'], action: 'ssh_login', outcome, reason };
    return { event, user: { name }, source: { ip, port: Number(port) } };
  }
  found = unknown.exec(message);
  if (found !== null) {
    const [, name, ip, port] = found;
    const event = { category: ['authentication'], action: 'ssh_invalid_user', outcome: 'failure' };
    return { event, user: { name }, source: { ip, port: Number(port) } };
  }
  found = closed.exec(message);
  if (found !== null) {
    const [, name, ip, port] = found;
    return { event: { category: ['session'], action: 'ssh_disconnect' }, user: { name }, source: { ip, port: Number(port) } };
  }
  found = session.exec(message);
  if (found === null) return {};
  const [, reason, name] = found;
  return { event: { category: ['session'], action: 'pam_session', reason }, user: { name } };
}

/** A line of JSON, by the names that most loggers use. */
const json: Reader = (line, offset) => {
  let value: Record<string, unknown>;
  try {
    value = JSON.parse(line) as Record<string, unknown>;
  } catch {
    return { schema: 'lp/1', type: 'record', message: line, original: line };
  }
  const time = value['time'] ?? value['timestamp'] ?? value['ts'] ?? value['@timestamp'];
  const date = new Date(typeof time === 'string' || typeof time === 'number' ? time : 0);
  return {
    schema: 'lp/1',
    type: 'record',
    timestamp: Number.isNaN(date.getTime()) ? undefined : date.toISOString(),
    log: { source: '-', offset, format: 'json', level: value['level'] ?? value['severity'] },
    host: { name: value['hostname'] ?? value['host'] },
    process: { name: value['name'] ?? value['app'], pid: value['pid'] },
    user: { name: value['user'] ?? value['username'] },
    source: { ip: value['remote_addr'] ?? value['client_ip'] ?? value['ip'] },
    message: value['msg'] ?? value['message'],
    original: line,
  };
};

/** Any line, as if it had a time, a level and a name before its message. */
const columns: Reader = (line, offset) => {
  const [, stamp, level, name, message] = /^(\S+(?: \S+)?) (\S+) ([^:]+): ?(.*)$/.exec(line) ?? [];
  const date = new Date(stamp ?? 0);
  const [ip] = /\d{1,3}(?:\.\d{1,3}){3}/.exec(line) ?? [];
  return {
    schema: 'lp/1',
    type: 'record',
    timestamp: Number.isNaN(date.getTime()) ? undefined : date.toISOString(),
    log: { source: '-', offset, format: 'columns', level },
    process: { name },
    source: { ip },
    message: message ?? line,
    original: line,
  };
};

const readers: Readonly<Record<string, Reader>> = { access, auth, json, columns };
const read = readers[process.argv[2] ?? ''] ?? access;
let offset = 0;
const records = new Transform({
  objectMode: true,
  transform(line: string, _encoding, done) {
    const record = read(line, offset);
    offset += line.length + 1;
    done(null, record);
  },
});
pipeline(process.stdin, split2(), records, ndjson.stringify(), process.stdout, () => {});
