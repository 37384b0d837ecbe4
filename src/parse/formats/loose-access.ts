import { defineFormat } from '../format.ts';
import {
  end,
  ip,
  number,
  oneOf,
  oneWord,
  optional,
  pattern,
  rest,
  skip,
  upTo,
  url,
  within,
  withinUpTo,
  word,
} from '../pattern.ts';
import { accessDataset, addressAndPort, noAgent, referrerAndAgent, requestTime } from '../pieces/access.ts';
import { bracketed, dated } from '../pieces/moments.ts';

const request = within('quote', pattern`${word('http.request.method')} ${url('last')} HTTP/${rest('http.version')}`);
/** From behind the quote before the request. */
const asked = pattern`${request}" ${number('http.response.status_code')}${optional(pattern` ${number('http.response.body.bytes')}`)}${oneOf([...referrerAndAgent], [...noAgent])}`;

/** A client; of a list the last, which the nearest proxy saw; and behind the name of a virtual host in brackets. */
const client = oneOf(
  [ip('source')],
  [within('word', addressAndPort)],
  [within('word', pattern`${skip('last')},${ip('source', 'rest')}`)],
  pattern`[${withinUpTo(':]', [upTo(':]', 'url.domain')])}${optional(pattern`:${number()}`)}]${optional(pattern`:${number()}`)} ${ip('source')}`,
);

/** Anything between the client and the request, with the time in brackets in it: names, seconds, ids. */
const clientBefore = pattern`${client} ${within('first', pattern`${skip('first')}[${requestTime}]${skip('rest')}`)} "${asked}`;
/** The time first: in brackets or bare, and anything between the client and the request. */
const timeBefore = pattern`${bracketed(dated)}${skip('blanks')}${client} ${optional([upTo('"')])}"${asked}`;
const methods = Object.fromEntries(
  ['GET', 'POST', 'HEAD', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'].map((name) => [name, { 'http.request.method': name }]),
);
const unquoted = pattern`${client} ${within('first', pattern`${skip('first')}[${requestTime}`)}] ${oneWord(methods)} ${url('last')} HTTP/${upTo(' ', 'http.version')} ${number('http.response.status_code')} ${number('http.response.body.bytes')}${end()}`;

export default defineFormat({
  name: 'loose_access',
  title: 'access logs of any other order: client, time, request in quotes and status, with whatever a site has between them',
  source: 'https://goaccess.io/man, "log-format"; https://nginx.org/en/docs/http/ngx_http_log_module.html#log_format',
  rank: 18,
  dataset: accessDataset,
  pattern: [oneOf(clientBefore, timeBefore, unquoted)],
  samples: [
    {
      kind: 'good',
      line: '203.0.113.5 - - [22/Nov/2026:13:36:00 +0000] 0.001 "GET /a?b=c HTTP/1.1" 200 12 "https://ref.example/" "curl/8"',
      fields: {
        timestamp: '2026-11-22T13:36:00.000Z',
        'source.ip': '203.0.113.5',
        'url.path': '/a',
        'url.query': 'b=c',
        'http.response.status_code': 200,
        'http.response.body.bytes': 12,
        'http.request.referrer': 'https://ref.example/',
        'user_agent.original': 'curl/8',
      },
    },
    {
      kind: 'good',
      line: '22/Nov/2026:13:36:00 +0000 203.0.113.5 "GET /a HTTP/1.1" 404 12 "-" "curl/8"',
      fields: { 'source.ip': '203.0.113.5', 'http.response.status_code': 404, 'user_agent.original': 'curl/8' },
    },
    {
      kind: 'good',
      line: '2026-11-22 13:36:00 203.0.113.5 "GET /a HTTP/1.1" 404',
      fields: { 'source.ip': '203.0.113.5', 'url.path': '/a', 'http.response.status_code': 404 },
    },
    {
      kind: 'good',
      line: '10.0.0.1,203.0.113.5 - - [22/Nov/2026:13:36:00 +0000] "GET /a HTTP/1.1" 200 12 "-" "curl/8"',
      fields: { 'source.ip': '203.0.113.5', 'url.path': '/a' },
    },
    {
      kind: 'good',
      line: '[shop.example:443] 203.0.113.5 - - [22/Nov/2026:13:36:00 +0000] "GET /a HTTP/1.1" 200 12 "-" "curl/8"',
      fields: { 'url.domain': 'shop.example', 'source.ip': '203.0.113.5', 'url.path': '/a' },
    },
    {
      kind: 'good',
      line: '203.0.113.5 [22/Nov/2026:13:36:00 +0000] GET /a?b=c HTTP/1.1 200 12',
      fields: { 'source.ip': '203.0.113.5', 'url.query': 'b=c', 'http.response.status_code': 200 },
    },
    {
      kind: 'malformed',
      line: '203.0.113.5 - - [22/Nov/2026:13:36:00 +0000] 0.001 "GET /a HTT',
      takenBy: 'stamped',
      fields: { 'http.request.method': undefined },
    },
    {
      kind: 'hostile',
      line: '203.0.113.5 - - [22/Nov/2026:13:36:00 +0000] 0.001 "GET /a?x=%22 192.0.2.1 \\" 200 1 HTTP/1.1" 404 12 "-" "x"',
      fields: { 'source.ip': '203.0.113.5', 'http.response.status_code': 404 },
    },
  ],
});
