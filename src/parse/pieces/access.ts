import type { DatasetBySource } from '../format.ts';
import {
  address,
  type Constants,
  type Element,
  end,
  ip,
  longest,
  not,
  number,
  oneOf,
  oneWord,
  type Pattern,
  pattern,
  quoted,
  rest,
  set,
  skip,
  stamp,
  upTo,
  url,
  within,
  withinUpTo,
  word,
} from '../pattern.ts';
import { moment } from './moments.ts';

/** Whose access log a source is, as far as its name tells. */
export const accessDataset: DatasetBySource = {
  nginx: 'nginx.access',
  frontend: 'nginx.access',
  apache: 'apache.access',
  httpd: 'apache.access',
  backend: 'apache.access',
  '': 'web.access',
};

/*
 * The pieces of access logs in the NCSA tradition. Servers escape quotes in what clients send (nginx `\x22`, Apache
 * `\"`), so a quote without a backslash is always the server's own; a user's name ends at the last ` [` before the first.
 */

/** Matches, without reading anything, where `inside` does. */
export function ahead(inside: Pattern): Element {
  return not([not(inside)]);
}

/** An address with the port behind it, to the end of a stretch: `192.0.2.1:4022`, `[2001:db8::5]:4022` or `2001:db8::5:4022`. */
export const addressAndPort: Pattern = [
  oneOf(
    pattern`[${ip('source', 'first')}]:${number('source.port')}${end()}`,
    pattern`${ip('source', 'last')}:${number('source.port')}${end()}`,
  ),
];

/** The list of `X-Forwarded-For`: its last address is the one that the nearest proxy saw. */
const forwarded: Pattern = [
  oneOf(
    pattern`${skip('last')}, ${address('source', 'rest')}`,
    pattern`${ahead([withinUpTo(', ', [ip('source', 'rest')]), { kind: 'literal', text: ',' }])}${skip('last')} ${ip('source', 'rest')}`,
  ),
];

/** Client and identity: `192.0.2.1 -`, which the head of a syslog line is not; what follows the name of a virtual host is an address, which an identity is not. */
const client = oneOf(
  pattern`${ip('source')} ${not(pattern`${ip('source')} `)}${skip('word')} `,
  pattern`${not([stamp('syslog')])}${address('source')} ${not(pattern`${ip('source')} `)}${upTo(': |')} `,
  pattern`unix: ${skip('word')} `,
  pattern`${within('word', addressAndPort)} ${not(pattern`${ip('source')} `)}${skip('word')} `,
  pattern`${within('first', forwarded)} - `,
);

/** A user's name; behind it a site may write one more dash, for a name that is not there. */
const user = oneOf(
  // Ingress-nginx had the forwarded addresses before the name.
  pattern`[${skip('first')}] - ${oneOf(pattern`-${end()}`, [rest('user.name')])}`,
  pattern`-${skip('blanks')}${end()}`,
  pattern`${skip('word')} -${end()}`,
  [rest('user.name')],
);

/** The name and port of a virtual host, to the end of a stretch. */
const hostAndPort = oneOf(pattern`${longest('url.domain')}:${number()}${end()}`, [upTo(':', 'url.domain'), end()]);

/** The virtual host, where a site has it behind the time. */
const hostBehind = pattern` ${not(pattern`${number()}`)}${within('word', [hostAndPort])}${skip('rest')}`;

/** The time as servers write it, and as some sites configure it. */
export const requestTime: Element = oneOf([stamp('clf')], [moment]);

const userAndTime = pattern`${skip('blanks')}${within('last', [user])} [${requestTime}${skip('blanks')}]${oneOf([end()], hostBehind)}`;

/** As nearly all lines begin. The pattern behind it reads these the same, in three times as many steps. */
const plainHead = pattern`${ip('source')} - ${word('user.name')} [${stamp('clf')}] "`;

/** The head of a line, up to the quote of the request, and what comes before the client. */
export function accessHead(before: Pattern): Pattern {
  return [oneOf([...before, ...plainHead], pattern`${within('first', [...before, client, ...userAndTime])} "`)];
}

/** Methods of requests that may come without a protocol. Source: RFC 9110 §9, RFC 4918 §9, RFC 5789. */
const methods: Readonly<Record<string, Constants>> = Object.fromEntries(
  ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE', 'PROPFIND', 'REPORT', 'SEARCH', 'MKCOL'].map((name) => [
    name,
    { 'http.request.method': name },
  ]),
);

/** `shop.example:443`, which is the target of CONNECT. Source: RFC 9112 §3.2.3. */
const authority = oneOf(pattern`${longest('url.domain')}:${number()}${end()}`, []);

/**
 * A request's line, `GET /path?query HTTP/1.1`: a target may hold blanks, and the protocol may be missing. What is no
 * request at all is a target as it stands.
 */
export const request: Element = oneOf(
  pattern`CONNECT ${within('last', [authority], 'url.original')} HTTP/${rest('http.version')}${set({ 'http.request.method': 'CONNECT' })}`,
  pattern`${word('http.request.method')} ${url('last')} HTTP/${rest('http.version')}`,
  pattern`${oneWord(methods)} ${url('rest')}`,
  pattern`${word('http.request.method')} ${ahead(pattern`/`)}${url('rest')}`,
  [rest('url.original')],
);

/** Status and bytes sent; a request that was given up has neither. */
const result = pattern`${number('http.response.status_code')} ${number('http.response.body.bytes')}`;

/** The request in quotes, the status and the bytes sent; also where a server has left quotes in the request as they were. */
export const requestAndResult: Pattern = [
  oneOf(
    pattern`${within('quote', [request])}" ${result}`,
    pattern`${within('first', [request])}" ${result}`,
    pattern`${within('first', [request])} HTTP/${upTo('" ', 'http.version')}" ${result}`,
  ),
];

const agent = oneOf(
  pattern`${quoted('user_agent.original')}"${oneOf([end()], pattern` ${skip('rest')}`)}`,
  pattern`${longest('user_agent.original')}"${end()}`,
);

/** The referrer and the user agent, in quotes, and what a site may have added before and behind them. */
export const referrerAndAgent: Pattern = pattern`${skip('first')} "${quoted('http.request.referrer')}" "${agent}`;

/** What a site may have added to a line that has no referrer and agent. */
export const noAgent: Pattern = [not(pattern`${skip('first')} "${skip('quote')}" "`), oneOf([end()], pattern` ${skip('rest')}`)];

/** The client of a line that names no virtual host: what follows it is the identity, which is a dash for all but a few. */
const clientFirst = not(pattern`${address('source')} - `);

/** The name and port of a virtual host, before the client. */
export const virtualHost: Pattern = pattern`${clientFirst}${withinUpTo(' ,', [hostAndPort])} ${not(pattern`- `)}`;

/** One entry in a message that something else carries: with or without a virtual host, referrer and agent. */
export const accessEntry: Pattern = [
  oneOf(accessHead([]), accessHead(virtualHost)),
  ...requestAndResult,
  oneOf(referrerAndAgent, [...noAgent]),
];
