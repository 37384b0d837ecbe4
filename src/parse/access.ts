import {
  address,
  end,
  ip,
  longest,
  not,
  number,
  oneOf,
  type Pattern,
  pattern,
  quoted,
  rest,
  skip,
  stamp,
  url,
  within,
  word,
} from './pattern.ts';

/** Whose access log a source is, as far as its name tells. */
export function accessDataset(source: string): string {
  if (/nginx|frontend/i.test(source)) return 'nginx.access';
  return /apache|httpd|backend/i.test(source) ? 'apache.access' : 'web.access';
}

/*
 * The pieces of access logs in the NCSA tradition. Servers escape quotes in what clients send (nginx `\x22`, Apache
 * `\"`), so a quote without a backslash is always the server's own; a user's name ends at the last ` [` before the first.
 */

/** Client, identity, user and time: `192.0.2.1 - - [22/Nov/2026:13:36:00 +0100]`. */
const client = pattern`${address('source')} ${not(pattern`${ip('source')} `)}${skip('word')} `;

/** The head of a line, up to the blank before the request's quote, and what comes before the client. */
export function accessHead(before: Pattern): Pattern {
  const inside = [...before, ...client, ...pattern`${longest('user.name')} [${stamp('clf')}]${end()}`];
  return pattern`${within('first', inside)} "`;
}

/** `GET /path?query HTTP/1.1`; a target may hold blanks; what is no request at all gives no fields. */
export const request = oneOf(
  pattern`${word('http.request.method')} ${url('last')} HTTP/${rest('http.version')}`,
  pattern`${word('http.request.method')} ${not(pattern`${skip('first')} `)}${url('rest')}`,
  [],
);

/** The request in quotes, the status and the bytes sent. */
export const requestAndResult: Pattern = pattern`${within('quote', [request])}" ${number('http.response.status_code')} ${number('http.response.body.bytes')}`;

/** The referrer and the user agent, in quotes, and what a site may have added behind them. */
export const referrerAndAgent: Pattern = pattern` "${quoted('http.request.referrer')}" "${quoted('user_agent.original')}"${oneOf([end()], pattern` ${skip('rest')}`)}`;

/** The client of a line that names no virtual host: what follows it is the identity, which is a dash for all but a few. */
const clientFirst = not(pattern`${address('source')} - `);

/** The name and port of a virtual host, before the client. */
export const virtualHost: Pattern = pattern`${clientFirst}${within('word', [oneOf(pattern`${longest('url.domain')}:${number()}${end()}`, [rest('url.domain')])])} `;
