import { defineDataset } from '../dataset.ts';
import {
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
  type Side,
  set,
  skip,
  text,
  upTo,
  url,
  withinUpTo,
} from '../pattern.ts';
import { loginFailure, loginSuccess, networkEvent, packetVerdict } from '../pieces/outcomes.ts';

const denied = packetVerdict('denied');
const allowed = packetVerdict('allowed');
const failure = loginFailure('login');
const success = loginSuccess('login');
const more = skip('rest');
const configured = set({ 'event.category': ['configuration'], 'event.action': 'configured' });
const command = set({ 'event.category': ['process'], 'event.action': 'command' });

/** `192.0.2.1/443`, `192.0.2.1(443)` or `192.0.2.1`, and the interface before it: `outside:` or `outside/`. */
function endpoint(side: Side): Element {
  const port = oneOf([number(`${side}.port`)], []);
  const host = oneOf(
    pattern`${ip(side, 'first')}/${port}${more}`,
    pattern`${ip(side, 'first')}(${port}${more}`,
    [ip(side, 'rest')],
    pattern`${ip(side, 'last')}.${end()}`,
  );
  return withinUpTo(' ,;', [oneOf([host], pattern`${upTo(':')}:${host}`, pattern`${upTo('/')}/${host}`)]);
}

const source = endpoint('source');
const destination = endpoint('destination');
/** The address that a connection is known by outside, in brackets. */
const mapped = optional(pattern` (${skip('first')})`);

const connections: readonly Pattern[] = [
  pattern`Built outbound ${skip('first')} for ${destination}${mapped} to ${source}${more}${allowed}`,
  pattern`Built ${skip('first')} for faddr ${destination} gaddr ${skip('word')} laddr ${source}${more}${allowed}`,
  pattern`Teardown ${skip('first')} for faddr ${destination} gaddr ${skip('word')} laddr ${source}${more}${networkEvent('connection_closed')}`,
  pattern`Built ${skip('first')} for ${source}${mapped} to ${destination}${more}${allowed}`,
  pattern`Teardown ${skip('first')} for ${source}${mapped} to ${destination}${more}${networkEvent('connection_closed')}`,
  pattern`${oneOf(pattern`Built `, pattern`Teardown `)}${skip('first')} translation from ${source} to ${destination}${more}${networkEvent('translation')}`,
  pattern`Deny ${skip('first')} src ${source}${skip('first')} dst ${destination}${more}${denied}`,
  pattern`Deny ${skip('first')} from ${source} to ${destination}${more}${denied}`,
  pattern`Inbound ${skip('first')} denied from ${source} to ${destination}${more}${denied}`,
  pattern`Dropping ${skip('first')} from ${source} to ${destination}${more}${denied}`,
  pattern`access-list ${text('rule.name')} ${oneOf(pattern`denied${denied}`, pattern`est-allowed${allowed}`, pattern`permitted${allowed}`)} ${text('network.transport')} ${source} -> ${destination}${more}`,
  pattern`list ${text('rule.name')} ${oneOf(pattern`denied${denied}`, pattern`permitted${allowed}`)} ${text('network.transport')} ${source} -> ${destination}${more}`,
  pattern`${skip('first')} access ${oneOf(pattern`requested`, pattern`permitted`)} from ${source} to ${destination}${more}${allowed}`,
  pattern`${skip('first')} access denied by ACL from ${source} to ${destination}${more}${denied}`,
  pattern`IPSEC: ${skip('first')} between ${source} and ${destination}${more}${networkEvent('ipsec')}`,
  pattern`IPSEC: ${skip('first')} from ${source} to ${destination}${more}${networkEvent('ipsec')}`,
];

const others: readonly Pattern[] = [
  pattern`Host ${ip('source')} is attacking. ${more}${networkEvent('threat_detected')}`,
  pattern`Host ${ip('source')} is targeted. ${more}`,
  pattern`${optional(pattern`${upTo('@ ', 'user.name')}@`)}${ip('source')} Accessed URL ${ip('destination', 'first')}:${url('rest')}${networkEvent('url_accessed')}`,
  pattern`Configured from ${skip('first')} by ${upTo(' ')} (${ip('source', 'first')})${more}${configured}`,
];

const blocked = optional(
  pattern`${skip('first')}AccessControlRuleAction: ${oneOf(pattern`Block${denied}`, pattern`Allow${allowed}`, pattern`Trust${allowed}`)}`,
);

/** Firepower names what it tells of. Source: Cisco Secure Firewall Threat Defense Syslog Messages, 430001 to 430005. */
const firepower: Pattern = pattern`${blocked}${skip('first')}SrcIP: ${ip('source', 'first')}, DstIP: ${withinUpTo(' ,', [ip('destination', 'rest')])}${optional(pattern`, SrcPort: ${number('source.port')}, DstPort: ${number('destination.port')}`)}${optional(pattern`, Protocol: ${upTo(' ,', 'network.transport')}`)}${more}`;

const logins: readonly Pattern[] = [
  pattern`Login ${oneOf(pattern`denied${failure}`, pattern`permitted${success}`)} from ${source} to ${destination} for user "${longest('user.name')}"${more}`,
  pattern`Login failed [user: ${longest('user.name')}] [Source: ${ip('source', 'first')}]${more}${failure}`,
  pattern`Login Success [user: ${longest('user.name')}] [Source: ${ip('source', 'first')}]${more}${success}`,
  pattern`AAA user authentication Rejected : ${skip('first')}user = ${text('user.name')} : user IP = ${ip('source')}${oneOf([end()], pattern` `)}${more}${failure}`,
  pattern`AAA user authentication Rejected : ${skip('first')}user = ${rest('user.name')}${failure}`,
  pattern`AAA user authentication Successful : ${skip('first')}user = ${rest('user.name')}${success}`,
  pattern`SSH2 Session from ${ip('source')} ${skip('first')}for user '${longest('user.name')}' ${oneOf(pattern`${skip('last')}Succeeded${success}`, pattern`${skip('last')}Failed${failure}`)}`,
  pattern`${oneOf(pattern`error: PAM: `, pattern`pam_aaa:`, [])}Authentication ${oneOf(pattern`failed`, pattern`failure`)} for ${oneOf(pattern`illegal user `, pattern`user `, [])}${longest('user.name')} from ${source}${more}${failure}`,
  pattern`User authentication ${oneOf(pattern`failed${failure}`, pattern`succeeded${success}`)}: ${oneOf(pattern`IP address`, pattern`IP`)}${oneOf(pattern`: `, pattern` = `)}${withinUpTo(' ,', [ip('source', 'rest')])}, Uname: ${rest('user.name')}`,
  pattern`User '${longest('user.name')}' authentication for SSH2 Session from ${ip('source')} (${skip('last')} ${oneOf(pattern`Succeeded${success}`, pattern`Failed${failure}`)}${end()}`,
  pattern`Group <${text('group.name')}> User <${longest('user.name')}> IP <${ip('source', 'first')}> Authentication: ${oneOf(pattern`rejected${failure}`, pattern`successful${success}`)}${more}`,
  pattern`Group <${text('group.name')}> User <${longest('user.name')}> IP <${ip('source', 'first')}>${more}`,
  pattern`Group = ${text('group.name')}, Username = ${text('user.name')}, IP = ${ip('source', 'first')}, ${more}`,
  pattern`Group = ${text('group.name')}, IP = ${ip('source', 'first')}, ${more}`,
  pattern`User '${longest('user.name')}', running '${skip('first')}' from IP ${withinUpTo(' ,', [ip('source', 'rest')])}, executed ${more}${command}`,
  pattern`User '${longest('user.name')}' executed ${more}${command}`,
  pattern`Configured from ${skip('first')} by ${upTo(' ', 'user.name')} on ${skip('first')} (${ip('source', 'first')})${more}${configured}`,
];

/** The severity of a message, which is a level of syslog. */
const level = oneWord(
  {
    0: { 'log.level': 'emergency' },
    1: { 'log.level': 'alert' },
    2: { 'log.level': 'critical' },
    3: { 'log.level': 'error' },
    4: { 'log.level': 'warning' },
    5: { 'log.level': 'notice' },
    6: { 'log.level': 'info' },
    7: { 'log.level': 'debug' },
  },
  'first',
);

const head = oneOf(
  pattern`%${upTo('-: ')}-${level}-${upTo(': ', 'event.code')}: `,
  pattern`ASA-${level}-${upTo(': ', 'event.code')}: `,
);

export default defineDataset({
  name: 'cisco',
  source: 'Cisco Secure Firewall ASA Series Syslog Messages; Cisco IOS System Message Guide (%FACILITY-SEVERITY-MNEMONIC)',
  programs: ['*'],
  messages: [
    [head, set({ 'log.dataset': 'cisco' }), skip('blanks'), oneOf(...connections, ...logins, ...others, firepower, [])],
    pattern`${upTo(': ', 'event.code')}: ${oneOf(...connections.slice(0, 5))}`,
  ],
  samples: [
    {
      kind: 'good',
      line: '%ASA-4-106023: Deny tcp src outside:203.0.113.5/40000 dst inside:192.0.2.10/22 by access-group "out" [0x0, 0x0]',
      fields: {
        'log.dataset': 'cisco',
        'log.level': 'warning',
        'event.code': '106023',
        'source.ip': '203.0.113.5',
        'source.port': 40000,
        'destination.ip': '192.0.2.10',
        'destination.port': 22,
        'event.action': 'firewall_denied',
      },
    },
    {
      kind: 'good',
      line: '%ASA-6-302013: Built outbound TCP connection 90 for outside:198.51.100.7/443 (198.51.100.7/443) to inside:192.0.2.10/51444 (203.0.113.1/37785)',
      fields: { 'source.ip': '192.0.2.10', 'source.port': 51444, 'destination.ip': '198.51.100.7', 'destination.port': 443 },
    },
    {
      kind: 'good',
      line: '%ASA-6-605004: Login denied from 203.0.113.5/51200 to outside:192.0.2.1/ssh for user "admin"',
      fields: { 'user.name': 'admin', 'source.ip': '203.0.113.5', 'destination.port': undefined, 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: '%SEC-6-IPACCESSLOGP: list 120 denied tcp 203.0.113.5(1234) -> 192.0.2.10(80), 1 packet',
      fields: { 'source.ip': '203.0.113.5', 'source.port': 1234, 'destination.port': 80, 'event.code': 'IPACCESSLOGP' },
    },
    {
      kind: 'good',
      line: 'Nov 22 2026 13:36:00 fw1 : %FTD-6-430002: AccessControlRuleAction: Block, SrcIP: 203.0.113.5, DstIP: 192.0.2.10, SrcPort: 40000, DstPort: 22, Protocol: tcp, User: eve',
      fields: {
        'host.name': 'fw1',
        'source.ip': '203.0.113.5',
        'destination.port': 22,
        'network.transport': 'tcp',
        'event.action': 'firewall_denied',
      },
    },
    {
      kind: 'good',
      line: '%ASA-6-611102: User authentication failed: IP address: 203.0.113.5, Uname: eve',
      fields: { 'user.name': 'eve', 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: '%ASA-6-716039: Group <DfltGrpPolicy> User <eve> IP <203.0.113.5> Authentication: rejected, Session Type: WebVPN.',
      fields: { 'user.name': 'eve', 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: "*Nov 22 13:36:00.123: %SSH-5-SSH2_USERAUTH: User 'eve' authentication for SSH2 Session from 203.0.113.5 (tty = 0) using crypto cipher 'aes128-ctr', hmac 'hmac-sha1' Failed",
      fields: { 'user.name': 'eve', 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: '2026 Nov 22 13:36:00 UTC: %AUTHPRIV-3-SYSTEM_MSG: pam_aaa:Authentication failed for user eve from 203.0.113.5 - sshd[77]',
      fields: { 'user.name': 'eve', 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: '%ASA-5-304001: 192.0.2.10 Accessed URL 198.51.100.7:http://shop.example/a?b=c',
      fields: { 'source.ip': '192.0.2.10', 'destination.ip': '198.51.100.7', 'url.path': '/a', 'url.query': 'b=c' },
    },
    {
      kind: 'hostile',
      line: '%ASA-6-716039: Group <G> User <x> IP <192.0.2.1> Authentication: successful> IP <203.0.113.5> Authentication: rejected, Session Type: WebVPN.',
      fields: { 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
    {
      kind: 'malformed',
      line: '%ASA-4-106023: Deny tcp src outside:203.0.113.5',
      fields: { 'log.level': 'warning', 'source.ip': undefined },
    },
    {
      kind: 'hostile',
      line: '%SEC_LOGIN-4-LOGIN_FAILED: Login failed [user: x] [Source: 192.0.2.1] [y] [Source: 203.0.113.5] [localport: 22] [Reason: Login Authentication Failed] at 13:36:00 UTC Sun Nov 22 2026',
      fields: { 'source.ip': '203.0.113.5', 'user.name': 'x] [Source: 192.0.2.1] [y', 'event.outcome': 'failure' },
    },
  ],
});
