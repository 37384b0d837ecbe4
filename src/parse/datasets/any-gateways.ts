import { defineDataset } from '../dataset.ts';
import {
  end,
  ip,
  longest,
  number,
  oneOf,
  type Pattern,
  pattern,
  recall,
  set,
  skip,
  text,
  upTo,
  within,
  withinUpTo,
} from '../pattern.ts';
import { loginFailure, loginSuccess, networkEvent } from '../pieces/outcomes.ts';

const failure = loginFailure('vpn_login');
const success = loginSuccess('vpn_login');
const seen = networkEvent('vpn_peer');

/** NetScaler names client and user behind what happened. */
const netscaler: readonly Pattern[] = [
  pattern`${skip('first')} : default AAA LOGIN_FAILED ${skip('first')} :  User ${longest('user.name')} - Client_ip ${ip('source')}${failure}${skip('rest')}`,
  pattern`${skip('first')} : default SSLVPN LOGIN ${skip('first')} : Context ${skip('first')} - User ${text('user.name')} - Client_ip ${ip('source')}${success}${skip('rest')}`,
];

/** Ivanti Connect Secure, which was Pulse: `- ive - [client] user(realm)[roles] - …`. */
const ivantiUser = pattern`${within('last', pattern`${longest('user.name')}(${skip('rest')}`)})[${skip('first')}] - `;
const ivanti: readonly Pattern[] = ['- ive - ', 'ive - '].map(
  (before): Pattern => [
    { kind: 'literal', text: before },
    ...pattern`[${ip('source', 'first')}] ${ivantiUser}${oneOf(
      pattern`Login failed ${failure}`,
      pattern`Primary authentication failed ${failure}`,
      pattern`Primary authentication successful ${success}`,
    )}${skip('rest')}`,
  ],
);

/** ocserv's processes name the user, perhaps, and the client. */
const peer = withinUpTo(' ', [oneOf(pattern`${ip('source', 'last')}:${number('source.port')}`, [ip('source', 'rest')])]);
const ocserv = pattern`${oneOf(pattern`main`, pattern`worker`)}${oneOf(pattern`[${upTo(']', 'user.name')}]`, [])}:${oneOf(pattern` `, [])}${peer} ${oneOf(
  pattern`failed authentication attempt for user '${text('user.name')}'${failure}`,
  pattern`user logged in${success}`,
  [seen],
)}${skip('rest')}`;

/** Libreswan: `"connection"[1] 203.0.113.5 #7: `. */
const pluto = pattern`"${upTo('"')}"${oneOf(pattern`[${number()}]`, [])} ${ip('source')} #${number()}: ${oneOf(
  pattern`probable authentication failure ${failure}`,
  pattern`authentication failed${failure}`,
  [seen],
)}${skip('rest')}`;

/** 389 Directory Server names the client where a connection begins. */
const directory = pattern`conn=${upTo(' ', 'transaction.id')} ${oneOf(
  pattern`fd=${number()} slot=${number()} ${oneOf(pattern`SSL `, [])}connection from ${ip('source')} to ${ip('destination')}${networkEvent('ldap_connect')}`,
  pattern`op=${upTo(' ')} BIND dn="${longest('user.name')}" method=${skip('rest')}`,
  pattern`op=${upTo(' ')} RESULT err=49 tag=97${loginFailure('ldap_bind')}${skip('rest')}`,
)}${set({ 'log.dataset': '389ds' })}`;

export default defineDataset({
  name: 'gateways',
  source:
    'NetScaler Syslog Message Reference; Ivanti Connect Secure log messages; ocserv: src/main.c; libreswan: programs/pluto; 389 Directory Server access log',
  programs: ['*'],
  messages: [...netscaler, ...ivanti, ocserv, pluto, [...directory, recall('transaction.id'), skip('rest'), end()]],
  samples: [
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 gate 11/22/2026:13:36:00 GMT ns 0-PPE-0 : default AAA LOGIN_FAILED 123 0 :  User eve - Client_ip 203.0.113.5 - Failure_reason "External authentication server denied access" - Browser x',
      fields: { 'user.name': 'eve', 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 gate PulseSecure: 2026-11-22 13:36:00 - ive - [203.0.113.5] eve(Users)[] - Login failed using auth server AD (Active Directory). Reason: Failed',
      fields: { 'user.name': 'eve', 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: "Nov 22 13:36:00 gate ocserv[7]: main[eve]:203.0.113.5:4022 failed authentication attempt for user 'eve'",
      fields: { 'user.name': 'eve', 'source.ip': '203.0.113.5', 'source.port': 4022, 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 gate pluto[7]: "road"[1] 203.0.113.5 #1: probable authentication failure (mismatch of preshared secrets?): malformed payload in packet',
      fields: { 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: '[22/Nov/2026:13:36:00.123456789 +0000] conn=7 fd=64 slot=64 connection from 203.0.113.5 to 192.0.2.1',
      fields: { 'source.ip': '203.0.113.5', 'destination.ip': '192.0.2.1', 'log.dataset': '389ds' },
    },
    {
      kind: 'good',
      line: '[22/Nov/2026:13:36:00.123456789 +0000] conn=8 op=0 RESULT err=49 tag=97 nentries=0 etime=0 - Invalid credentials',
      fields: { 'transaction.id': '8', 'event.outcome': 'failure' },
    },
    {
      kind: 'malformed',
      line: 'Nov 22 13:36:00 gate PulseSecure: 2026-11-22 13:36:00 - ive - [203.0.113.5] eve(Users',
      fields: { 'user.name': undefined, 'event.outcome': undefined },
    },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:00 gate PulseSecure: 2026-11-22 13:36:00 - ive - [203.0.113.5] x(A)[] - Primary authentication successful (Users)[] - Login failed using auth server AD (Active Directory). Reason: Failed',
      fields: { 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
  ],
});
