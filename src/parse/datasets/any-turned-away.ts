import { defineDataset } from '../dataset.ts';
import {
  end,
  ip,
  longest,
  number,
  oneOf,
  optional,
  type Pattern,
  pattern,
  rest,
  set,
  skip,
  text,
  upTo,
  within,
  withinUpTo,
} from '../pattern.ts';
import { loginFailure, networkEvent, packetVerdict } from '../pieces/outcomes.ts';

const failure = loginFailure('login');

/** What a player or a client gave stands before the address, which is the last. */
const games = pattern`Bad Rcon: ${skip('last')} from "${withinUpTo('"', pattern`${ip('source', 'last')}:${number('source.port')}${end()}`)}"${failure}`;

/** Dante writes the port behind a dot. */
const socks = pattern`${optional(pattern`info: `)}block(${number()}): ${skip('first')}]: ${within('word', pattern`${ip('source', 'last')}.${number('source.port')}${end()}`)} ${skip('first')}: error after reading ${number()} bytes in ${number()} seconds: ${oneOf(
  pattern`system password authentication failed for user "${longest('user.name')}"${failure}${end()}`,
  pattern`could not access user "${longest('user.name')}"'s records ${failure}${skip('rest')}`,
  [skip('rest')],
)}`;

const repositories: readonly Pattern[] = [
  pattern`${optional(pattern`[${upTo(']')}] `)}[DENIED LOGIN]${skip('blanks')}for client : ${longest('user.name')} / ${withinUpTo(' ', [oneOf([ip('source', 'rest')], pattern`${ip('source', 'last')}.${end()}`)])}${failure}${skip('rest')}`,
  pattern`${optional(pattern`web[${upTo(']')}][auth.event] `)}login failure [cause|${upTo('|]', 'event.reason')}][method|${upTo('|]')}][provider|${upTo(']')}][IP|${ip('source', 'first')}|${skip('first')}][login|${text('user.name')}]${failure}${skip('rest')}`,
];

/** MariaDB's audit plugin: server, user, host, connection, query, operation. A name with a comma in it is not told apart. */
const audit = pattern`${upTo(', ', 'host.name')},${upTo(',', 'user.name')},${ip('source', 'first')},${number()},${number()},FAILED_CONNECT,${failure}${skip('rest')}`;

const transport = oneOf(
  pattern`${skip('first')} tcp ${set({ 'network.transport': 'tcp' })}`,
  pattern`${skip('first')} udp ${set({ 'network.transport': 'udp' })}`,
);
/** WatchGuard: policy and interfaces, whose names may have blanks, the length, and then the packet. */
const packet = pattern`${optional(pattern`(${upTo(' )')}) `)}firewall: msg_id="${upTo('"', 'event.code')}" ${oneOf(
  pattern`Allow ${packetVerdict('allowed')}`,
  pattern`Deny ${packetVerdict('denied')}`,
)}${transport}${number()} ${number()} ${ip('source')} ${ip('destination')} ${number('source.port')} ${number('destination.port')} ${skip('rest')}`;

export default defineDataset({
  name: 'turned-away',
  source:
    'Half-Life dedicated server; Dante: sockd.conf(5); Artifactory access log; SonarQube: AuthenticationEvent; MariaDB audit plugin, log format; WatchGuard Log Catalog; phpMyAdmin; NRPE; tac_plus',
  programs: ['*'],
  messages: [
    games,
    socks,
    ...repositories,
    audit,
    packet,
    pattern`user denied: ${upTo(' ', 'user.name')} (${upTo(')', 'event.reason')}) from ${ip('source')}${failure}${skip('rest')}`,
    pattern`Host ${ip('source')} is not allowed to talk to us!${networkEvent('connection_refused')}${skip('rest')}`,
    pattern`login failure: ${upTo(' ', 'user.name')} ${ip('source')} (${skip('rest')}${failure}`,
    pattern`${optional(pattern`: `)}Auth: ${optional(pattern`(${number()}) `)}Login incorrect${optional(pattern` (${skip('first')})`)}: [${withinUpTo('/]', [rest('user.name')])}${failure}${oneOf(pattern`${skip('last')} cli ${withinUpTo(')', [ip('source', 'rest')])}${skip('rest')}`, [skip('rest')])}`,
  ],
  samples: [
    {
      kind: 'good',
      line: 'L 11/22/2026 - 13:36:00: Bad Rcon: "rcon 7 "x" status" from "203.0.113.5:27005"',
      fields: { 'source.ip': '203.0.113.5', 'source.port': 27005, 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: '2026-11-22T13:36:00.123Z [8f1a] [DENIED LOGIN]  for client : eve / 203.0.113.5 [token]',
      fields: { 'source.ip': '203.0.113.5', 'user.name': 'eve', 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: '2026.11.22 13:36:00 DEBUG web[8f1a][auth.event] login failure [cause|Wrong password][method|BASIC][provider|LOCAL|local][IP|203.0.113.5|][login|eve]',
      fields: { 'source.ip': '203.0.113.5', 'user.name': 'eve', 'event.reason': 'Wrong password' },
    },
    {
      kind: 'good',
      line: '20261122 13:36:00,db1,root,203.0.113.5,12,0,FAILED_CONNECT,,,1045',
      fields: { 'host.name': 'db1', 'source.ip': '203.0.113.5', 'user.name': 'root', 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 gate (2026-11-22T13:36:00) firewall: msg_id="3000-0148" Deny 0-External Firebox 60 tcp 20 51 203.0.113.5 192.0.2.1 4022 23 offset 10 S 1 win 1024 (Unhandled External Packet-00)',
      fields: { 'source.ip': '203.0.113.5', 'destination.port': 23, 'event.action': 'firewall_denied' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 web1 phpMyAdmin[7]: user denied: root (mysql-denied) from 203.0.113.5',
      fields: { 'source.ip': '203.0.113.5', 'user.name': 'root', 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 web1 nrpe[7]: Host 203.0.113.5 is not allowed to talk to us!',
      fields: { 'source.ip': '203.0.113.5', 'event.action': 'connection_refused' },
    },
    {
      kind: 'malformed',
      line: '20261122 13:36:00,db1,root,localhost,12,0,FAILED_CONNECT,,,1045',
      fields: { 'source.ip': undefined },
    },
    {
      kind: 'hostile',
      line: 'L 11/22/2026 - 13:36:00: Bad Rcon: "rcon 7 "x" status" from "192.0.2.1:1" from "203.0.113.5:27005"',
      fields: { 'source.ip': '203.0.113.5' },
    },
  ],
});
