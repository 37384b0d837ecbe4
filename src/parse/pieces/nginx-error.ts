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
} from '../pattern.ts';
import { addressAndPort, ahead, request } from './access.ts';
import { levelConstants } from './level-words.ts';
import { loginFailure, loginSuccess } from './outcomes.ts';
import { phpLogin, phpMessages } from './php.ts';
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

/** The name under which a mail client has logged in comes after the server. */
const mailLogin = oneOf(
  pattern`${text('user.name')}", upstream: ${skip('rest')}`,
  pattern`${longest('user.name')}"${skip('rest')}`,
);

/** `unix:` for a client on a socket. */
const client = oneOf(pattern`unix:`, pattern`${address('source')} using starttls`, [address('source', 'rest')]);
const context = pattern`${within('first', [client])}, server: ${oneOf(
  pattern`${text('url.domain')}, request: "${requestQuoted}`,
  pattern`${skip()}, login: "${mailLogin}`,
  [],
)}`;

/** What nginx says, without what it adds behind it. */
const words = oneOf(
  pattern`user "${longest('user.name')}" was not found in "${skip('rest')}${failedLogin}`,
  pattern`user "${longest('user.name')}": was not found in "${skip('rest')}${failedLogin}`,
  pattern`user "${longest('user.name')}": password mismatch${failedLogin}`,
  pattern`PAM: user '${longest('user.name')}' - not authenticated${failedLogin}`,
  pattern`FastCGI sent in stderr: "PHP message: ${phpLogin}`,
  pattern`FastCGI sent in stderr: "${phpMessages}`,
  pattern`client login failed: ${loginFailure('mail_login')}`,
  pattern`client logged in${loginSuccess('mail_login')}`,
  pattern`client ${within('first', addressAndPort)} connected to `,
  pattern`[client ${ip('source', 'first')}] ${firewallEvent}`,
  [firewallEvent],
  [],
);

const entry = oneOf(
  // Where no quote stands before the first client.
  pattern`${ahead([withinUpTo('"\'', pattern`${skip()}, client: ${skip()}, server: `)])}${within('first', [words], 'message')}, client: ${context}`,
  pattern`${within('last', [words], 'message')}, client: ${context}`,
  pattern`${within('last', [words], 'message')}, client: ${address('source', 'rest')}`,
  [within('rest', [words], 'message')],
);

const all = oneOf(
  pattern`${ahead(pattern`${skip()}, client: ${skip()}, referrer: "`)}${within('first', [entry])}, referrer: "${longest('http.request.referrer')}"`,
  [entry],
);

/** An entry, from its time on. */
export const nginxError: Pattern = pattern`${stamp('slashed')} [${oneWord(levelConstants, 'first')}] ${number('process.pid')}#${number('process.thread.id')}: ${optional(pattern`*${number()} `)}${set({ 'log.dataset': 'nginx.error' })}${within('rest', [all])}`;
