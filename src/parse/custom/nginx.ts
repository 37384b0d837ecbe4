import { defineFormat } from '../format.ts';
import { accessDataset } from '../pieces/access.ts';
import { type CustomKind, customFormat } from './format.ts';
import { type Meaning, type Piece, patternOf } from './web-server.ts';

const unknown: Meaning = { is: 'unknown' };

/** Source: nginx.org/en/docs/varindex.html; variables that are not here are read over. */
const meanings: Readonly<Record<string, Meaning>> = {
  remote_addr: { is: 'client' },
  remote_port: { number: 'source.port' },
  remote_user: { text: 'user.name' },
  time_local: { stamp: 'clf' },
  time_iso8601: { stamp: 'iso' },
  request: { is: 'request' },
  request_method: { text: 'http.request.method' },
  request_uri: { is: 'target' },
  uri: { text: 'url.path' },
  args: { text: 'url.query' },
  query_string: { text: 'url.query' },
  status: { number: 'http.response.status_code' },
  body_bytes_sent: { number: 'http.response.body.bytes' },
  bytes_sent: { number: 'http.response.body.bytes' },
  http_referer: { text: 'http.request.referrer' },
  http_user_agent: { text: 'user_agent.original' },
  host: { text: 'url.domain' },
  http_host: { text: 'url.domain' },
  server_name: { text: 'url.domain' },
  server_addr: { text: 'destination.ip' },
  server_port: { number: 'destination.port' },
  pid: { number: 'process.pid' },
};

/** The text of nginx's `log_format`, joined to one line: `$remote_addr - $remote_user [$time_local] …`. */
const nginx: CustomKind = {
  prefix: 'nginx',
  async make(format) {
    return defineFormat({ ...customFormat, dataset: accessDataset, pattern: patternOf(piecesOf(format)) });
  },
};

export default nginx;

function piecesOf(format: string): Piece[] {
  return format
    .split(/(\$\{\w+\}|\$\w+)/)
    .filter((part) => part !== '')
    .map((part) => {
      if (!part.startsWith('$')) return { literal: part };
      const name = part.replace(/[${}]/g, '');
      return { variable: part, meaning: Object.hasOwn(meanings, name) ? (meanings[name] ?? unknown) : unknown };
    });
}
