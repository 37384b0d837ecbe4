import { defineDataset } from '../dataset.ts';
import { ip, longest, number, oneOf, optional, type Pattern, pattern, rest, set, skip, upTo } from '../pattern.ts';
import { literal } from '../pieces/login.ts';
import { loginFailure, loginSuccess, packetVerdict, sessionEvent } from '../pieces/outcomes.ts';

const failure = loginFailure('login');
const success = loginSuccess('login');
const denied = packetVerdict('denied');
const allowed = packetVerdict('allowed');

/** A connection of QTS, with what came of it at the end. */
const qnapAction = oneOf(pattern`Login Fail${failure}`, pattern`Login OK${success}`, pattern`Logout${sessionEvent('logout')}`, [
  rest('event.reason'),
]);
const qnap = pattern`conn log: Users: ${longest('user.name')}, Source IP: ${ip('source', 'first')}, Computer name: ${skip('last')}, Action: ${qnapAction}${skip('rest')}${set({ 'log.dataset': 'qnap' })}`;

/** Interfaces, length, protocol, header's length, hops, addresses and ports. */
const packet = pattern` ${upTo(' ')} ${upTo(' ')} ${number()} ${upTo(' ', 'network.transport')} ${number()} ${number()} ${ip('source')} ${ip('destination')} ${optional(pattern`${number('source.port')} ${number('destination.port')} `)}`;
const fireware = pattern`${oneOf(
  pattern`Deny${packet}${denied}`,
  pattern`Allow${packet}${allowed}`,
  pattern`Authentication of ${upTo(' ')} user [${longest('user.name')}] from ${ip('source')} was ${oneOf(pattern`rejected${failure}`, pattern`accepted${success}`)}`,
  pattern`${skip('first')} user ${longest('user.name')} from ${ip('source')} ${oneOf(pattern`logged in${success}`, pattern`log in attempt was rejected${failure}`)}`,
)}${skip('rest')}`;

/** FRITZ!OS, in German and in English. */
const fritz = oneOf(
  pattern`Anmeldung des Benutzers ${longest('user.name')} an der FRITZ!Box-Benutzeroberfläche von IP-Adresse ${ip('source')} gescheitert`,
  pattern`Login of user ${longest('user.name')} to the FRITZ!Box user interface from IP address ${ip('source')} failed`,
);

const messages: readonly Pattern[] = [
  qnap,
  [fritz, failure, set({ 'log.dataset': 'fritzbox' }), skip('rest')],
  pattern`msg_id="${upTo('"', 'event.code')}" ${set({ 'log.dataset': 'watchguard' })}${oneOf(fireware, [])}`,
  // DirectAdmin counts for itself.
  pattern`'${ip('source', 'first')}' ${number()} failed login attempt${oneOf([literal('s')], [])}. Account '${longest('user.name')}'${failure}${set({ 'log.dataset': 'directadmin' })}`,
  pattern`'${ip('source', 'first')}' successful login to '${longest('user.name')}'${success}${set({ 'log.dataset': 'directadmin' })}${skip('rest')}`,
  pattern`${ip('source', 'first')}\tjoomlafailure\t${rest('event.reason')}${failure}${set({ 'log.dataset': 'joomla' })}`,
  pattern`AUTHFAIL: user=${longest('user.name')} ip=${ip('source')} time=${skip('rest')}${loginFailure('desktop_login')}${set({ 'log.dataset': 'xrdp' })}`,
];

export default defineDataset({
  name: 'appliances',
  source:
    'QNAP QTS system connection logs; WatchGuard Fireware Log Catalog; DirectAdmin security.log; Joomla plugins/system/log; xrdp sesman.log',
  programs: ['*'],
  messages,
  samples: [
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 nas qlogd[77]: conn log: Users: eve, Source IP: 203.0.113.5, Computer name: ---, Connection type: HTTP, Accessed resources: Administration, Action: Login Fail',
      fields: { 'log.dataset': 'qnap', 'user.name': 'eve', 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 gate firewall: msg_id="3000-0148" Deny 0-External Firebox 52 tcp 20 117 203.0.113.5 192.0.2.10 40000 22 offset 8 S 123 win 32 (Unhandled External Packet-00)',
      fields: {
        'log.dataset': 'watchguard',
        'source.ip': '203.0.113.5',
        'source.port': 40000,
        'destination.ip': '192.0.2.10',
        'destination.port': 22,
        'event.action': 'firewall_denied',
      },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 gate admd[77]: msg_id="1100-0005" Authentication of Admin user [eve@Firebox-DB] from 203.0.113.5 was rejected, invalid credentials or user doesn\'t exist',
      fields: { 'user.name': 'eve@Firebox-DB', 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: "2026:11:22-13:36:00: '203.0.113.5' 3 failed login attempts. Account 'eve'",
      fields: { 'user.name': 'eve', 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: '2026-11-22T13:36:00+00:00\tINFO 203.0.113.5\tjoomlafailure\tUsername and password do not match or you do not have an account yet.',
      fields: { 'log.dataset': 'joomla', 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: '[20261122-13:36:00] [INFO ] AUTHFAIL: user=eve ip=::ffff:203.0.113.5 time=1795354560',
      fields: { 'log.dataset': 'xrdp', 'user.name': 'eve', 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: '22.11.26 13:36:00 Anmeldung des Benutzers eve an der FRITZ!Box-Benutzeroberfläche von IP-Adresse 203.0.113.5 gescheitert (falsches Kennwort).',
      fields: { 'user.name': 'eve', 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
    {
      kind: 'malformed',
      line: 'Nov 22 13:36:00 gate firewall: msg_id="3000-0148" Deny 0-External Firebox 52 tcp 20',
      fields: { 'log.dataset': 'watchguard', 'source.ip': undefined, 'event.outcome': undefined },
    },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:00 nas qlogd[77]: conn log: Users: x, Source IP: 192.0.2.1, Computer name: y, Source IP: 203.0.113.5, Computer name: ---, Connection type: HTTP, Accessed resources: Administration, Action: Login Fail',
      fields: { 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
  ],
});
