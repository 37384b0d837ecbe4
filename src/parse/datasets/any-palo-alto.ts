import { defineDataset } from '../dataset.ts';
import { ip, longest, number, oneOf, type Pattern, pattern, rest, set, skip, stamp, text, upTo, withinUpTo } from '../pattern.ts';
import { ahead } from '../pieces/access.ts';
import { loginFailure, loginSuccess, packetVerdict } from '../pieces/outcomes.ts';

const column = skip('first');
const verdict = oneOf(
  pattern`allow,${packetVerdict('allowed')}`,
  pattern`alert,${packetVerdict('allowed')}`,
  pattern`${column},${packetVerdict('denied')}`,
);

/** Addresses, translated addresses, rule, users, application, system, zones, interfaces, profile, and times and counts. */
const addresses = pattern`${ip('source', 'first')},${ip('destination', 'first')},${column},${column},${text('rule.name')},${text('user.name')},${column},${column},${column},${column},${column},${column},${column},${column},${column},${column},${column},${number('source.port')},${number('destination.port')},${column},${column},${column},${text('network.transport')},`;

/**
 * A header with a full time and no program leaves the host to the message; other headers may lack the year. Behind the
 * time stands a serial number, whose digits are read as its decimals.
 */
const head = oneOf(
  pattern`${upTo(' ,', 'host.name')} 1,${column},${column},`,
  pattern`1,${stamp('slashed')},${ahead(pattern`${oneOf(pattern`THREAT`, pattern`TRAFFIC`, pattern`SYSTEM`, pattern`GLOBALPROTECT`)},`)}`,
  pattern`1,${column},${column},`,
);
const dataset = set({ 'log.dataset': 'palo-alto' });
const failure = loginFailure('login');
const success = loginSuccess('login');
const vpnFailure = loginFailure('vpn_login');
const vpnSuccess = loginSuccess('vpn_login');
const address = withinUpTo(' ,"', [oneOf([ip('source', 'rest')], pattern`${ip('source', 'last')}.`)]);

/** The last column tells it in words. */
const told = oneOf(
  pattern`failed authentication for user '${longest('user.name')}'. ${skip('last')}From: ${address}${failure}`,
  pattern`authenticated for user '${longest('user.name')}'. ${skip('last')}From: ${address}${success}`,
  pattern`User ${longest('user.name')} ${oneOf(pattern`logged in${success}`, pattern`failed authentication${failure}`)} ${skip('last')}from ${address}`,
  pattern`GlobalProtect ${upTo(' ')} ${oneOf(pattern`user `, pattern`client `, [])}${oneOf(pattern`authentication failed${vpnFailure}`, pattern`authentication succeeded${vpnSuccess}`, pattern`login succeeded${vpnSuccess}`)}. Login from: ${address}${skip('first')}User name: ${text('user.name')}, `,
);

/** Stage, method, tunnel, user, region, machine, public and private addresses; further on a reason, and how it ended. */
const globalProtect: Pattern = pattern`GLOBALPROTECT,${column},${column},${column},${column},${upTo(',', 'event.code')},${oneOf(
  pattern`login,${column},${column},${text('user.name')},${column},${column},${ip('source', 'first')},${oneOf(pattern`${skip('last')},failure,${vpnFailure}`, pattern`${skip('last')},success,${vpnSuccess}`)}`,
  pattern`${column},${column},${column},${text('user.name')},${column},${column},${ip('source', 'first')},`,
)}`;

export default defineDataset({
  name: 'palo-alto',
  source:
    'https://docs.paloaltonetworks.com/pan-os/11-1/pan-os-admin/monitoring/use-syslog-for-monitoring/syslog-field-descriptions',
  programs: ['*'],
  messages: [
    [
      head,
      ...pattern`${oneOf(pattern`THREAT`, pattern`TRAFFIC`)},${column},${column},${column},${addresses}${verdict}`,
      dataset,
      rest(),
    ],
    [head, ...globalProtect, dataset, rest()],
    [
      head,
      ...pattern`SYSTEM,${column},${column},${column},${column},${upTo(',', 'event.code')},${column},${column},${column},${column},${upTo(',')},${oneOf(pattern`"`, [])}`,
      dataset,
      oneOf([told], []),
      rest(),
    ],
  ],
  samples: [
    {
      kind: 'good',
      line: '2026-11-22T13:36:00+02:00 gate.example 1,2026/11/22 13:36:00,016401002737,THREAT,vulnerability,2561,2026/11/22 13:36:00,203.0.113.5,192.0.2.10,203.0.113.5,192.0.2.10,rule1,,,ssh,vsys1,Untrust,DMZ,vlan.1,ae.1,log,2026/11/22 13:36:00,238810,23,47094,22,47094,22,0x402400,tcp,reset-both,,SSH User Authentication Brute Force Attempt(40015)',
      fields: {
        'source.ip': '203.0.113.5',
        'source.port': 47094,
        'destination.ip': '192.0.2.10',
        'destination.port': 22,
        'rule.name': 'rule1',
        'event.action': 'firewall_denied',
      },
    },
    {
      kind: 'good',
      line: '<14>Nov 22 13:36:00 gate 1,2026/11/22 13:36:00,0128,SYSTEM,auth,0,2026/11/22 13:36:00,,auth-fail,,0,0,general,medium,"failed authentication for user \'eve\'. Reason: Invalid username/password. From: 203.0.113.5."',
      fields: {
        timestamp: '2026-11-22T13:36:00.012Z',
        'event.code': 'auth-fail',
        'user.name': 'eve',
        'source.ip': '203.0.113.5',
        'event.outcome': 'failure',
      },
    },
    {
      kind: 'good',
      line: '<12>Nov 22 13:36:00 gate 1,2026/11/22 13:36:00,0128,SYSTEM,globalprotect,0,2026/11/22 13:36:00,,globalprotectgateway-auth-fail,GP-Gateway,0,0,general,informational,"GlobalProtect gateway user authentication failed. Login from: 203.0.113.5, Source region: RU, User name: eve, Client OS version: Windows, Reason: Authentication failed: Invalid username or password, Auth type: profile."',
      fields: { 'user.name': 'eve', 'source.ip': '203.0.113.5', 'event.action': 'vpn_login', 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 gate 1,2026/11/22 13:36:00,013201,GLOBALPROTECT,0,2305,2026/11/22 13:36:00,vsys1,gateway-auth,login,Other,,eve,RU,pc,203.0.113.5,0.0.0.0,0.0.0.0,0.0.0.0,,,,Windows,"Windows 10",1,,"Authentication failed: Invalid username or password",,failure,,0,,0,GP-Gateway,77,0x0',
      fields: { 'user.name': 'eve', 'source.ip': '203.0.113.5', 'event.code': 'gateway-auth', 'event.outcome': 'failure' },
    },
    {
      kind: 'hostile',
      line: "Nov 22 13:36:00 gate 1,2026/11/22 13:36:00,0128,SYSTEM,auth,0,2026/11/22 13:36:00,,auth-fail,,0,0,general,medium,\"failed authentication for user 'x'. From: 192.0.2.1. y'. Reason: Invalid username/password. From: 203.0.113.5.\"",
      fields: { 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
    {
      kind: 'malformed',
      line: 'Nov 22 13:36:00 gate 1,2026/11/22 13:36:00,016401002737,THREAT,vulnerability,2561,2026/11/22 13:36:00,203.0.113.5',
      fields: { 'source.ip': undefined },
    },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:00 gate 1,2026/11/22 13:36:00,01,THREAT,url,2561,2026/11/22 13:36:00,203.0.113.5,192.0.2.10,0.0.0.0,0.0.0.0,rule1,,,web,vsys1,U,D,v,a,l,2026/11/22 13:36:00,2,1,47094,80,0,0,0x0,tcp,alert,"shop.example/1,2,THREAT,x,192.0.2.1",x',
      fields: { 'source.ip': '203.0.113.5', 'destination.port': 80 },
    },
  ],
});
