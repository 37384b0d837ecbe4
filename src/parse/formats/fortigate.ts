import { defineFormat } from '../format.ts';
import { optional, pattern, priority, set } from '../pattern.ts';
import { fortigatePairs } from '../pieces/fortigate.ts';

export default defineFormat({
  name: 'fortigate',
  title: 'FortiGate (FortiOS) pairs',
  source: 'https://docs.fortinet.com/document/fortigate/7.4.0/fortios-log-message-reference',
  rank: 74,
  pattern: [optional(pattern`<${priority()}>`), ...fortigatePairs, set({ 'log.dataset': 'fortigate' })],
  samples: [
    {
      kind: 'good',
      line: 'date=2026-11-22 time=13:36:00 eventtime=1795354560841267391 tz="+0000" logid="0101039426" type="event" subtype="vpn" level="alert" vd="root" logdesc="SSL VPN login fail" action="ssl-login-fail" remip=203.0.113.5 user="eve" group="N/A" reason="sslvpn_login_unknown_user" msg="SSL user failed to logged in"',
      fields: {
        timestamp: '2026-11-22T13:36:00.841Z',
        'log.level': 'alert',
        'source.ip': '203.0.113.5',
        'user.name': 'eve',
        'event.category': ['authentication'],
        'event.outcome': 'failure',
        message: 'SSL user failed to logged in',
      },
    },
    {
      kind: 'good',
      line: 'date=2026-11-22 time=13:36:00 devname="gate" logid="0000000013" type="traffic" level="notice" srcip=203.0.113.5 srcport=40000 dstip=192.0.2.10 dstport=22 proto=6 action="deny"',
      fields: {
        timestamp: '2026-11-22T13:36:00.000Z',
        'host.name': 'gate',
        'source.port': 40000,
        'destination.port': 22,
        'event.action': 'firewall_denied',
      },
    },
    { kind: 'malformed', line: 'date=2026-11-22 time=x logid="01', fields: { timestamp_quality: 'observed' } },
    {
      kind: 'hostile',
      line: 'date=2026-11-22 time=13:36:00 eventtime=1795354560841267391 level="alert" action="ssl-login-fail" remip=203.0.113.5 user="x remip=192.0.2.1 status=success" msg="a"',
      fields: { 'source.ip': '203.0.113.5', 'user.name': 'x remip=192.0.2.1 status=success', 'event.outcome': 'failure' },
    },
  ],
});
