import { ahead, request } from './access.ts';
import { levelConstants } from './level-words.ts';
import { loginFailure } from './outcomes.ts';
import {
  address,
  ip,
  longest,
  number,
  oneOf,
  oneWord,
  optional,
  type Pattern,
  pattern,
  set,
  skip,
  stamp,
  text,
  within,
  withinUpTo,
} from './pattern.ts';
import { firewallEvent } from './web-firewall.ts';

/*
 * nginx writes its own words, then `, client: …, server: …, request: "…", upstream: "…", host: "…", referrer: "…"`, and
 * escapes nothing. Paths and user names stand before the client, requests and referrers behind it, and each may hold a
 * client of its own making. So: the referrer is cut off first; where nginx's words have no quote in them, nobody else's
 * are there either, and the first client counts; else the last.
 */

const failedLogin = loginFailure('http_login');

/** The request up to what nginx writes behind it, because a quote within it is not escaped. */
const requestQuoted = oneOf(
  pattern`${within('first', [request])}", upstream: "`,
  pattern`${within('first', [request])}", host: "`,
  pattern`${within('last', [request])}"`,
);

/** `unix:` for a client on a socket. */
const clientAddress = within('first', [oneOf(pattern`unix:`, [address('source', 'rest')])]);
const behindClient = oneOf(pattern`${text('url.domain')}, request: "${requestQuoted}`, []);
const lastClient = pattern`${skip('last')}, client: ${clientAddress}, server: ${behindClient}`;

/** The first client, where no quote stands before it. */
const plainWords = pattern`${ahead([withinUpTo('"\'', pattern`${skip('first')}, client: ${skip('first')}, server: `)])}${skip('first')}, client: ${clientAddress}, server: ${behindClient}`;

/** The failures of auth_basic and of PAM; the rest of the line is read behind the name. */
const logins = oneOf(
  pattern`user "${longest('user.name')}" was not found in "${skip('first')}"${failedLogin}`,
  pattern`user "${longest('user.name')}": was not found in "${skip('first')}"${failedLogin}`,
  pattern`user "${longest('user.name')}": password mismatch${failedLogin}`,
  pattern`PAM: user '${longest('user.name')}' - not authenticated${failedLogin}`,
);

const firewall = oneOf(pattern`[client ${ip('source', 'first')}] ${firewallEvent}`, [firewallEvent]);
const words = oneOf(
  [logins, oneOf(lastClient, [])],
  [firewall, oneOf(lastClient, [])],
  plainWords,
  lastClient,
  pattern`${skip('last')}, client: ${address('source', 'rest')}`,
  [],
);

const all = oneOf(
  pattern`${ahead(pattern`${skip('first')}, client: ${skip('first')}, referrer: "`)}${within('first', [words])}, referrer: "${longest('http.request.referrer')}"`,
  [words],
);

/** An entry, from its time on. */
export const nginxError: Pattern = pattern`${stamp('slashed')} [${oneWord(levelConstants, 'first')}] ${number('process.pid')}#${number('process.thread.id')}: ${optional(pattern`*${number()} `)}${set({ 'log.dataset': 'nginx.error' })}${within('rest', [all], 'message')}`;
