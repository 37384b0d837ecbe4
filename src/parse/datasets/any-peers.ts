import { defineDataset } from '../dataset.ts';
import {
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
  type Side,
  set,
  skip,
  upTo,
  within,
  withinUpTo,
} from '../pattern.ts';
import { dropbearMessage } from '../pieces/dropbear.ts';
import { loginFailure, loginSuccess, networkEvent } from '../pieces/outcomes.ts';
import { refusedConnection } from '../pieces/tcp-wrappers.ts';

const failure = loginFailure('login');
const panelFailure = loginFailure('panel_login');
const refused = networkEvent('connection_refused');

/** `192.0.2.1:5060`, `[2001:db8::1]:5060` or an address alone. */
function endpoint(side: Side): Pattern {
  const port = number(`${side}.port`);
  return [
    oneOf(pattern`[${ip(side, 'first')}]:${port}${end()}`, pattern`${ip(side, 'last')}:${port}${end()}`, [ip(side, 'rest')]),
  ];
}
const peer = withinUpTo(' ,', endpoint('source'));

const voice: readonly Pattern[] = [
  pattern`1 => <${skip('last')}> Rejected connection from ${within('first', endpoint('source'))}: ${rest('event.reason')}${failure}${set({ 'log.dataset': 'mumble' })}`,
  pattern`<W>${skip('first')} => <${skip('last')}> Rejected connection from ${within('first', endpoint('source'))}: ${rest('event.reason')}${failure}${set({ 'log.dataset': 'mumble' })}`,
  pattern`${optional(pattern`${upTo('|', 'log.logger')}|${skip('blanks')}${optional(pattern`${number()} `)}|`)}query from ${number()} ${peer} attempted to login with account "${longest('user.name')}" and failed!${failure}${set({ 'log.dataset': 'teamspeak' })}`,
];

const panels: readonly Pattern[] = [
  pattern`${within('last', pattern`${longest('user.name')} ${ip('source', 'rest')}`)} failed to login${panelFailure}${end()}`,
  pattern`${within('last', pattern`${longest('user.name')} ${ip('source', 'rest')}`)} successfully logged in${loginSuccess('panel_login')}${end()}`,
  pattern`/${upTo(' :')}: webConfigurator authentication error for user '${longest('user.name')}' from: ${ip('source')}${panelFailure}${skip('rest')}`,
  pattern`/${upTo(' :')}: Web GUI authentication error for '${longest('user.name')}' from ${ip('source')}${panelFailure}${skip('rest')}`,
  pattern`/${upTo(' :')}: Successful login for user '${longest('user.name')}' from: ${ip('source')}${loginSuccess('panel_login')}${skip('rest')}`,
];

const monitors: readonly Pattern[] = [
  pattern`${optional(pattern`Warning: `)}Client '${ip('source', 'first')}' supplied ${oneOf(pattern`unknown user`, pattern`wrong password for user`)} '${longest('user.name')}'${failure}${skip('rest')}`,
  pattern`HttpRequest: access denied -- client ${oneOf(pattern`[${ip('source', 'first')}]`, pattern`${ip('source', 'first')}`)}: ${oneOf(pattern`unknown user '${longest('user.name')}'`, pattern`wrong password for user '${longest('user.name')}'`, [rest('event.reason')])}${failure}${skip('rest')}`,
];

/** Messages of nothing but fixed words and an address: `auth: timeout from 203.0.113.5`. */
const happenings = oneWord(
  Object.fromEntries(
    ['attack', 'connect', 'connection', 'disconnect', 'error', 'failure', 'probe', 'request', 'scan', 'timeout']
      .flatMap((word) => [word, word.charAt(0).toUpperCase() + word.slice(1)])
      .map((word) => [word, {}]),
  ),
);

const others: readonly Pattern[] = [
  pattern`${optional(pattern`${upTo(' :')}: `)}${happenings} from ${ip('source', 'rest')}`,
  pattern`Handling ${upTo(' ', 'network.transport')} ${oneOf(pattern`stream`, pattern`connection`)} from ${withinUpTo(' ', endpoint('source'))} to ${withinUpTo(' ', endpoint('destination'))}${networkEvent('connection')}`,
  pattern`attackalert: ${skip('first')} from host: ${upTo('/')}/${ip('source')} to ${upTo(' ', 'network.transport')} port: ${number('destination.port')}${networkEvent('port_scan')}${skip('rest')}`,
  pattern`${withinUpTo(' ', endpoint('source'))} to ${ip('destination')} ports ${rest()}${networkEvent('port_scan')}`,
  pattern`attempted connection from ${peer}${refused}${skip('rest')}`,
  refusedConnection,
  pattern`Connection from ${ip('source')} on illegal port${refused}${end()}`,
  pattern`Connection from ${upTo(':', 'network.transport')}: [${ip('source', 'first')}]:${number('source.port')}${networkEvent('connection')}${skip('rest')}`,
  pattern`${oneOf(pattern`RRQ`, pattern`WRQ`)} from ${ip('source')} filename ${rest()}${networkEvent('connection')}`,
];

export default defineDataset({
  name: 'peers',
  source:
    'Mumble: Messages.cpp; TeamSpeak 3 server; HestiaCP auth.log; pfSense auth.inc; Monit http/processor.c; Traefik; PortSentry; scanlogd; hosts_access(5); net-snmp; tftpd-hpa',
  programs: ['*'],
  messages: [...voice, ...panels, ...monitors, ...others, dropbearMessage],
  samples: [
    {
      kind: 'good',
      line: "Nov 22 13:36:00 gate php-fpm[374]: /index.php: webConfigurator authentication error for user 'eve' from: 203.0.113.5",
      fields: { 'source.ip': '203.0.113.5', 'user.name': 'eve', 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: '2026-11-22 13:36:00 eve 203.0.113.5 failed to login',
      fields: { 'source.ip': '203.0.113.5', 'user.name': 'eve', 'event.action': 'panel_login' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 talk murmurd[2064]: <W>2026-11-22 13:36:00.615 1 => <10:eve(-1)> Rejected connection from 203.0.113.5:31752: Invalid server password',
      fields: { 'source.ip': '203.0.113.5', 'source.port': 31752, 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: "Nov 22 13:36:00 web1 monit[5731]: HttpRequest: access denied -- client 203.0.113.5: wrong password for user 'eve'",
      fields: { 'source.ip': '203.0.113.5', 'user.name': 'eve', 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 web1 shopd[7]: gate: Timeout from 203.0.113.5',
      fields: { 'source.ip': '203.0.113.5', 'event.outcome': undefined },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 web1 telnetd[7]: refused connect from pc.example (203.0.113.5)',
      fields: { 'source.ip': '203.0.113.5', 'event.action': 'connection_refused' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 web1 telnetd[7]: refused connect from eve@pc.example (203.0.113.5)',
      fields: { 'source.ip': '203.0.113.5', 'event.action': 'connection_refused' },
    },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:00 web1 telnetd[7]: refused connect from x (192.0.2.1)@203.0.113.5',
      fields: { 'source.ip': '203.0.113.5', 'event.action': 'connection_refused' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 web1 snmpd[7]: Connection from UDP: [203.0.113.5]:4022->[192.0.2.10]:161',
      fields: { 'source.ip': '203.0.113.5', 'source.port': 4022, 'network.transport': 'UDP' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 web1 in.tftpd[7]: RRQ from 203.0.113.5 filename startup-config',
      fields: { 'source.ip': '203.0.113.5' },
    },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:00 web1 shopd[7]: search: all about failure from 192.0.2.1',
      fields: { 'source.ip': undefined },
    },
    {
      kind: 'malformed',
      line: 'Nov 22 13:36:00 talk murmurd[2064]: <W>2026-11-22 13:36:00.615 1 => <10',
      fields: { 'source.ip': undefined },
    },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:00 talk murmurd[2064]: <W>2026-11-22 13:36:00.615 1 => <10:x> Rejected connection from 192.0.2.1:1: y(-1)> Rejected connection from 203.0.113.5:31752: Invalid server password',
      fields: { 'source.ip': '203.0.113.5' },
    },
  ],
});
