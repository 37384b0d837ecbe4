import { defineDataset } from '../dataset.ts';
import {
  anyWord,
  type Element,
  end,
  ip,
  number,
  oneOf,
  type Pattern,
  pairs,
  pattern,
  rest,
  type Side,
  set,
  skip,
  stamp,
  upTo,
  url,
} from '../pattern.ts';
import { ahead } from '../pieces/access.ts';
import { anyCaseLevels } from '../pieces/level-words.ts';
import { literal } from '../pieces/login.ts';
import { loginFailure, loginSuccess, networkEvent, packetVerdict } from '../pieces/outcomes.ts';

/** `192.0.2.1` or, with port and interface, `192.0.2.1:443:X1`. */
function endpoint(side: Side): Pattern {
  const port = number(`${side}.port`);
  const last = oneOf([end()], pattern`:${skip('rest')}`);
  return [oneOf([ip(side, 'rest')], pattern`${ip(side, 'first')}:${oneOf(pattern`${port}${last}`, [skip('rest')])}`)];
}

const denied = packetVerdict('denied');
const allowed = packetVerdict('allowed');
const denials = ['drop', 'dropped', 'Denied', 'Deny', 'deny', 'Drop', 'reject', 'block', 'blocked', 'Block'];
const verdict: Pattern = [
  oneOf(
    ...denials.map((word): Pattern => [...pattern`${{ kind: 'literal', text: word }}${end()}`, denied]),
    ...['accept', 'Allowed', 'Allow', 'allow', 'pass'].map(
      (word): Pattern => [...pattern`${{ kind: 'literal', text: word }}${end()}`, allowed],
    ),
    [],
  ),
];

/** A level of syslog, by its number. */
const levelNumber: Element = anyWord(
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
  'rest',
);

/** The names under which firewalls write what a record has a field for. */
const said = pairs({
  time: [stamp('anyDate')],
  pri: [levelNumber],
  severity: [anyWord(anyCaseLevels, 'rest')],
  device_name: [rest('host.name')],
  src: endpoint('source'),
  srcip: endpoint('source'),
  src_ip: endpoint('source'),
  srcport: [number('source.port')],
  src_port: [number('source.port')],
  dst: endpoint('destination'),
  dstip: endpoint('destination'),
  dst_ip: endpoint('destination'),
  dstport: [number('destination.port')],
  dst_port: [number('destination.port')],
  usr: [rest('user.name')],
  user: [rest('user.name')],
  user_name: [rest('user.name')],
  protocol: [rest('network.transport')],
  action: verdict,
  log_subtype: verdict,
  url: [rest('url.original')],
  msg: [rest('event.reason')],
  name: [rest('event.reason')],
  note: [oneOf(pattern`ACCESS BLOCK${denied}`, pattern`ACCESS FORWARD${allowed}`, [])],
});

/** F5's firewall for applications writes pairs behind commas. */
const asm = pairs(
  {
    unit_hostname: [rest('host.name')],
    policy_name: [rest('rule.name')],
    ip_client: [ip('source', 'rest')],
    method: [rest('http.request.method')],
    uri: [url('rest')],
    response_code: [number('http.response.status_code')],
  },
  ',',
);

const failure = loginFailure('login');
const success = loginSuccess('login');

/** Whether SonicOS tells of a login: the number of the message says so. */
const sonicLogin = oneOf(
  ...['29', '31'].map((code): Pattern => [ahead([skip('first'), literal(` m=${code} `)]), success]),
  ...['30', '32', '33', '329', '1048', '1080'].map((code): Pattern => [ahead([skip('first'), literal(` m=${code} `)]), failure]),
  [],
);
/** Secure Mobile Access says it in words; they are the last but one. */
const smaLogin = oneOf(
  [ahead(pattern`${skip('last')} msg="User login failed`), loginFailure('vpn_login')],
  [ahead(pattern`${skip('last')} msg="User login successful`), loginSuccess('vpn_login')],
  [],
);
/** Sophos Firewall names such an entry, and what came of it; both stand before what a client wrote. */
const sophosLogin = oneOf(
  [ahead(pattern`${skip('first')}log_subtype="Authentication" status="Failed"`), failure],
  [ahead(pattern`${skip('first')}log_subtype="Authentication" status="Successful"`), success],
  [ahead(pattern`${skip('first')}log_subtype="Admin" status="Failed"`), failure],
  [],
);
const utmLogin = oneOf(
  [ahead(pattern`${skip('first')} sub="auth" name="Authentication failed"`), failure],
  [ahead(pattern`${skip('first')} sub="auth" name="Authentication successful"`), success],
  [],
);

export default defineDataset({
  name: 'firewall_pairs',
  source: 'SonicOS Log Events Reference Guide; Sophos Firewall syslog guide; Sophos UTM 9 log files',
  programs: ['*'],
  messages: [
    pattern`id=firewall ${networkEvent('firewall_log')}${sonicLogin}${set({ 'log.dataset': 'sonicwall' })}${said}`,
    pattern`${ahead(pattern`src="`)}${networkEvent('firewall_log')}${set({ 'log.dataset': 'zyxel' })}${said}`,
    pattern`ASM:${ahead(pattern`unit_hostname=`)}${networkEvent('firewall_log')}${set({ 'log.dataset': 'f5' })}${asm}`,
    pattern`id=sslvpn ${networkEvent('firewall_log')}${set({ 'log.dataset': 'sonicwall' })}${smaLogin}${said}`,
    pattern`device="${upTo('"')}" date=${stamp('anyDate')} ${networkEvent('firewall_log')}${sophosLogin}${set({ 'log.dataset': 'sophos' })}${said}`,
    pattern`device_name="${upTo('"', 'host.name')}" timestamp="${stamp('iso')}" ${networkEvent('firewall_log')}${set({ 'log.dataset': 'sophos' })}${said}`,
    pattern`id="${number()}" severity="${networkEvent('firewall_log')}${anyWord(anyCaseLevels, 'first')}"${utmLogin} ${set({ 'log.dataset': 'sophos' })}${said}`,
  ],
  samples: [
    {
      kind: 'good',
      line: '<134>id=firewall sn=0017C5 time="2026-11-22 13:36:00" fw=192.0.2.1 pri=6 c=262144 m=98 msg="Connection Opened" n=77 src=203.0.113.5:40000:X1 dst=192.0.2.10:22:X0 proto=tcp/ssh',
      fields: {
        timestamp: '2026-11-22T13:36:00.000Z',
        'log.dataset': 'sonicwall',
        'log.level': 'info',
        'source.ip': '203.0.113.5',
        'source.port': 40000,
        'destination.ip': '192.0.2.10',
        'destination.port': 22,
      },
    },
    {
      kind: 'good',
      line: '<30>device="SFW" date=2026-11-22 time=13:36:00 timezone="UTC" device_name="XG210" log_type="Firewall" log_subtype="Denied" priority=Information src_ip=203.0.113.5 src_port=40000 dst_ip=192.0.2.10 dst_port=22 protocol="TCP" user_name="eve"',
      fields: {
        timestamp: '2026-11-22T13:36:00.000Z',
        'host.name': 'XG210',
        'user.name': 'eve',
        'source.port': 40000,
        'event.action': 'firewall_denied',
      },
    },
    {
      kind: 'good',
      line: '<30>2026:11:22-13:36:00 utm1 ulogd[7]: id="2001" severity="info" sys="SecureNet" sub="packetfilter" name="Packet dropped" action="drop" srcip="203.0.113.5" dstip="192.0.2.10" srcport="40000" dstport="22"',
      fields: { 'host.name': 'utm1', 'source.ip': '203.0.113.5', 'destination.port': 22, 'event.action': 'firewall_denied' },
    },
    {
      kind: 'good',
      line: '<134>id=firewall sn=0017C5 time="2026-11-22 13:36:00 UTC" fw=192.0.2.1 pri=1 c=32 m=30 msg="Administrator login denied due to bad credentials" n=7 usr="eve" src=203.0.113.5:40000:X1 dst=192.0.2.1:443:X0 proto=tcp/https',
      fields: { 'user.name': 'eve', 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 sma SSLVPN: id=sslvpn sn=0017C5 time="2026-11-22 13:36:00" vp_time="2026-11-22 13:36:00 UTC" fw=192.0.2.1 pri=5 m=1 c=102 src=203.0.113.5 dst=192.0.2.1 user="eve" usr="eve" msg="User login failed" agent="x"',
      fields: { 'user.name': 'eve', 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: 'device="SFW" date=2026-11-22 time=13:36:00 timezone="UTC" device_name="SF" device_id=S0 log_id=062910617702 log_type="Event" log_component="SSL VPN Authentication" log_subtype="Authentication" status="Failed" priority=Notice user_name="eve" auth_mechanism="AD,Local" reason="wrong credentials" src_ip=203.0.113.5',
      fields: {
        timestamp: '2026-11-22T13:36:00.000Z',
        'log.dataset': 'sophos',
        'user.name': 'eve',
        'source.ip': '203.0.113.5',
        'event.category': ['authentication'],
        'event.outcome': 'failure',
      },
    },
    {
      kind: 'good',
      line: '2026:11:22-13:36:00 utm1 aua[77]: id="3005" severity="warn" sys="System" sub="auth" name="Authentication failed" srcip="203.0.113.5" host="" user="eve" caller="sshd" reason="DENIED"',
      fields: { 'user.name': 'eve', 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
    {
      kind: 'malformed',
      line: '<134>id=firewall sn=0017C5 time="2026-11-22',
      fields: { 'log.dataset': 'sonicwall', timestamp_quality: 'observed' },
    },
    {
      kind: 'hostile',
      line: '<134>id=firewall time="2026-11-22 13:36:00" msg="x src=192.0.2.1 y" usr="a src=192.0.2.2" src=203.0.113.5:40000:X1',
      fields: { 'user.name': 'a src=192.0.2.2', 'source.ip': '203.0.113.5' },
    },
  ],
});
