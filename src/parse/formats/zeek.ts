import { defineFormat } from '../format.ts';
import {
  address,
  end,
  ip,
  number,
  oneOf,
  oneWord,
  type Pattern,
  pattern,
  set,
  skip,
  stamp,
  text,
  upTo,
  withinUpTo,
} from '../pattern.ts';

/** A column that is not read. */
const column = upTo('\t');
const protocol = oneWord(
  { tcp: { 'network.transport': 'tcp' }, udp: { 'network.transport': 'udp' }, icmp: { 'network.transport': 'icmp' } },
  'rest',
);

const version = withinUpTo('\t', [oneOf(pattern`${number()}.${number()}${end()}`, pattern`-${end()}`)], 'http.version');
const lengthsAndStatus = pattern`${column}\t${number('http.response.body.bytes')}\t${number('http.response.status_code')}\t${skip('rest')}`;
const agent = pattern`${text('user_agent.original')}\t`;
/** Version and origin were added in turn. */
const request: Pattern = pattern`${number()}\t${oneWord(methods(), 'first')}\t${text('url.domain')}\t${target()}\t${text('http.request.referrer')}\t${oneOf(
  pattern`${version}\t${agent}${column}\t${number()}\t${number('http.response.body.bytes')}\t${number('http.response.status_code')}\t${skip('rest')}`,
  pattern`${version}\t${agent}${lengthsAndStatus}`,
  pattern`${agent}${lengthsAndStatus}`,
)}${set({ 'log.dataset': 'zeek.http' })}`;

function target(): Pattern {
  return [{ kind: 'url', reach: 'first' }];
}

function methods() {
  const names = ['GET', 'POST', 'HEAD', 'PUT', 'DELETE', 'OPTIONS', 'CONNECT', 'PATCH', 'TRACE', 'PROPFIND'];
  return { ...Object.fromEntries(names.map((name) => [name, { 'http.request.method': name }])), '-': {} };
}

export default defineFormat({
  name: 'zeek',
  title: 'Zeek (Bro): conn, http, dns and other logs about connections, parted by tabs',
  source: 'https://docs.zeek.org/en/master/logs/',
  rank: 74,
  pattern: pattern`${stamp('epoch')}\t${column}\t${withinUpTo('\t', [ip('source', 'rest')])}\t${number('source.port')}\t${withinUpTo('\t', [address('destination', 'rest')])}\t${number('destination.port')}\t${set({ 'log.dataset': 'zeek' })}${oneOf(
    request,
    pattern`${withinUpTo('\t', [protocol])}\t${skip('rest')}`,
    [skip('rest')],
  )}`,
  samples: [
    {
      kind: 'good',
      line: '1795354560.633017\tCOpk6E3\t203.0.113.5\t55281\t192.0.2.10\t80\t4\tPOST\tshop.example\t/pay?n=1\thttp://shop.example/\t1.1\tcurl/8\t-\t223\t1859\t200\tOK\t-\t-',
      fields: {
        timestamp: '2026-11-22T13:36:00.633Z',
        'source.ip': '203.0.113.5',
        'source.port': 55281,
        'destination.port': 80,
        'http.request.method': 'POST',
        'url.domain': 'shop.example',
        'url.path': '/pay',
        'http.version': '1.1',
        'http.response.status_code': 200,
        'http.response.body.bytes': 1859,
        'user_agent.original': 'curl/8',
      },
    },
    {
      kind: 'good',
      line: '1795354560.901974\tC54z\t203.0.113.5\t54855\t192.0.2.10\t443\ttcp\tssl\t0.153642\t1147\t589\tSF\tT\t0\tShADadfF\t7\t1439\t8\t921\t(empty)',
      fields: { 'source.ip': '203.0.113.5', 'destination.ip': '192.0.2.10', 'network.transport': 'tcp' },
    },
    {
      kind: 'malformed',
      line: '1795354560.901974\tC54z\t203.0.113.5\t54855\t192.0.2.10\t443\t',
      fields: { 'source.ip': '203.0.113.5', 'http.request.method': undefined },
    },
    {
      kind: 'hostile',
      line: '1795354560.633017\tCOpk6E3\t203.0.113.5\t55281\t192.0.2.10\t80\t1\tGET\tx\t/a\\x09192.0.2.1\\x09200\t-\tcurl \\x09 1\t0\t19\t404\tNot Found\t-\t-',
      fields: { 'url.path': '/a\\x09192.0.2.1\\x09200', 'http.response.status_code': 404, 'user_agent.original': 'curl \\x09 1' },
    },
  ],
});
