import {
  address,
  type Constants,
  type Element,
  end,
  ip,
  longest,
  number,
  oneOf,
  oneWord,
  optional,
  type Pattern,
  pattern,
  rest,
  set,
  skip,
  text,
  upTo,
  within,
} from '../pattern.ts';
import { ahead } from './access.ts';
import { levelConstants } from './level-words.ts';
import { loginFailure } from './outcomes.ts';
import { phpLogin, phpMessages, phpOfModule } from './php.ts';
import { firewallEvent } from './web-firewall.ts';

/*
 * What stands behind the time in Apache's error log. The server writes the client's address in brackets of its own before
 * any text; what looks like it later on is a path or a name that a client has chosen.
 */

const failedLogin = loginFailure('http_login');
const denied: Constants = { 'event.category': ['web'], 'event.action': 'access_denied', 'event.outcome': 'failure' };

const withPort: Pattern = pattern`${ip('source', 'last')}:${number('source.port')}${end()}`;

/** What stands in the brackets of a client: with a port since 2.4, without one before, so an IPv6 address is read by age. */
function clientIn(...shapes: readonly Pattern[]): Element {
  return oneOf(
    pattern`[${ip('source', 'first')}]:${number('source.port')}] `,
    pattern`${within('first', [oneOf(...shapes, [address('source', 'rest')], [])])}] `,
  );
}

/** mod_security and others write the client once more. */
const again = optional(pattern`[client ${skip('first')}] `);
const newClient = clientIn(withPort, [ip('source', 'rest')]);
const oldClient = clientIn([ip('source', 'rest')], withPort);
const newTag = oneOf(pattern`[client ${newClient}${again}`, pattern`[remote ${newClient}${again}`);
const oldTag = pattern`[client ${oldClient}${again}`;

/** `(13)Permission denied: [client …] `: the system's words come before the client. */
const lateTag = oneOf(pattern`(${number()})${skip()}: [client ${newClient}`, pattern`[client ${newClient}`);

/** `mod_ssl.c(820): `, where the server is told to say it. */
const place = optional(pattern`${upTo('( [')}(${number()}): `);

const events = oneOf(
  pattern`user ${text('user.name')} not found${failedLogin}`,
  pattern`user ${text('user.name')}: authentication failure for "${failedLogin}`,
  pattern`user ${text('user.name')}: authorization failure for "${failedLogin}`,
  pattern`user ${text('user.name')}: password mismatch${failedLogin}`,
  pattern`user \`${text('user.name')}' in realm ${failedLogin}`,
  pattern`Authorization of user ${text('user.name')} to access ${failedLogin}`,
  pattern`client used wrong authentication scheme${failedLogin}`,
  pattern`invalid nonce ${failedLogin}`,
  pattern`invalid qop ${failedLogin}`,
  pattern`realm mismatch ${failedLogin}`,
  pattern`unknown algorithm ${failedLogin}`,
  pattern`client denied by server configuration${set(denied)}`,
  pattern`Got error 'PHP message: ${phpLogin}`,
  pattern`Got error '${phpMessages}`,
  phpOfModule,
  // Moodle and ZoneMinder, which write to it themselves.
  pattern`[client ${skip('first')}]  ${upTo(' ')}  Failed Login:  ${upTo(' ', 'user.name')}${failedLogin}`,
  pattern`WAR [Login denied for user "${longest('user.name')}"]${failedLogin}`,
  [phpLogin],
  [firewallEvent],
  [],
);

/** The text behind the head; the referrer comes last and may hold anything, but nothing is read behind it. */
function message(before: Pattern): Element {
  const words: Pattern = [...before, ...pattern`${optional(pattern`AH${number()}: `)}${optional(pattern`Digest: `)}${events}`];
  const all = oneOf(pattern`${within('last', words)}, referer: ${rest('http.request.referrer')}`, words);
  return within('rest', [all], 'message');
}

const level = oneOf(
  pattern`${text('log.logger')}:trace${number()}${set({ 'log.level': 'debug' })}${end()}`,
  pattern`${text('log.logger')}:${oneWord(levelConstants, 'rest')}`,
);
const processAndThread = within('first', [oneOf(pattern`${number('process.pid')}:tid ${skip('rest')}`, [number('process.pid')])]);
const process = optional(pattern`[pid ${processAndThread}] `);

/** Since 2.4: `[core:error] [pid 1:tid 2] [client 192.0.2.1:4022] `. */
const newEntry = pattern`[${within('first', [level])}] ${process}${oneOf(
  [newTag, message([])],
  [place, message([optional([lateTag])])],
)}`;

/** Before: `[error] [client 192.0.2.1] `. */
const oldEntry = pattern`[${within('first', [oneWord(levelConstants, 'rest')])}] ${process}${oneOf([...oldTag, message([])], [message([])])}`;

/** An entry without its time. */
export const apacheError: Pattern = [set({ 'log.dataset': 'apache.error' }), oneOf(newEntry, oldEntry)];

/** Tells an entry by its module and process, where its time alone does not. */
export const isApacheError: Element = ahead(pattern`[${within('first', [level])}] [pid `);
