import {
  address,
  type Element,
  end,
  ip,
  number,
  oneOf,
  optional,
  type Pattern,
  pattern,
  rest,
  set,
  skip,
  text,
  within,
} from '../pattern.ts';
import { request, requestTime } from './access.ts';

/*
 * What HAProxy writes of connections and requests, and of its servers. It escapes what clients send (`#22` for a quote),
 * so the first quote behind the queues opens the request.
 */

/** `192.0.2.1:4022 [22/Nov/2026:13:36:00.123] `, the client and the time of its coming; `unix:1` on a socket. */
const client = oneOf(pattern`${ip('source', 'last')}:${number('source.port')}${end()}`, pattern`unix:${number()}${end()}`);
const head = pattern`${within('first', [client])} [${requestTime}] `;

/** `shop~ app/node1`: the frontend, and the server that was chosen. */
const ways = pattern`${skip('word')} ${text('service.name')} `;

/** A signed number: `+` for what is not the last of it, `-1` for none. */
function signed(field?: 'http.response.status_code' | 'http.response.body.bytes'): Element {
  return oneOf(pattern`-1`, pattern`+${number(field)}`, [number(field)]);
}

const requestQuoted = oneOf(pattern`${within('last', [request])}"${skip('rest')}`, [within('rest', [request])]);

/** Times, status, bytes, two cookies, the state at the end, connections, queues, captured headers and the request. */
const http = pattern`${ways}${skip('word')} ${signed('http.response.status_code')} ${signed('http.response.body.bytes')} ${skip('word')} ${skip('word')} ${skip('word')} ${skip('word')} ${skip('word')} ${optional(pattern`{${skip('first')} `)}${skip('first')}"${requestQuoted}`;
const requested: Pattern = [set({ 'log.dataset': 'haproxy.http' }), ...http];

/** Times, bytes, the state at the end, connections and queues. */
const connected = pattern`${ways}${skip('word')} ${signed()} ${skip('word')} ${skip('word')} ${skip('word')}${end()}`;

const handshake = set({ 'event.category': ['network'], 'event.action': 'connection_failed', 'event.outcome': 'failure' });
const failed = pattern`${text('service.name')}: ${oneOf(
  pattern`SSL handshake failure${handshake}`,
  pattern`Stopped a TLSv1 heartbeat attack${handshake}`,
  pattern`Connection ${handshake}`,
  pattern`Received ${handshake}`,
  pattern`Timeout ${handshake}`,
)}${skip('rest')}`;

/** One entry of a client. */
export const haproxyEntry: Pattern = [...head, oneOf(requested, connected, failed)];

const server = pattern`${address('destination', 'last')}:${number('destination.port')}${end()}`;

/** `Connect from 192.0.2.1:4022 to 192.0.2.20:80 (shop/HTTP)`, which is written where no log format is set. */
export const haproxyConnect: Pattern = pattern`Connect from ${within('first', [client])} to ${within('first', server)} (${rest()}`;

const down = set({
  'event.category': ['network'],
  'event.action': 'server_down',
  'event.outcome': 'failure',
  'log.level': 'alert',
});
const up = set({ 'event.category': ['network'], 'event.action': 'server_up', 'event.outcome': 'success' });

/** What it says of the servers behind it. */
export const haproxyState: Pattern = [
  oneOf(
    pattern`Server ${text('service.name')} is DOWN${down}`,
    pattern`Server ${text('service.name')} is UP${up}`,
    pattern`Backup Server ${text('service.name')} is DOWN${down}`,
    pattern`backend ${text('service.name')} has no server available${down}`,
    pattern`proxy ${text('service.name')} has no server available${down}`,
  ),
];
