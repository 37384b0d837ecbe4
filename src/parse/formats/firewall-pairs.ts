import { defineFormat } from '../format.ts';
import { message, oneOf, pattern } from '../pattern.ts';
import { ahead } from '../pieces/access.ts';

export default defineFormat({
  name: 'firewall_pairs',
  title: 'Sophos Firewall and SonicWall, without a header of syslog',
  source: 'Sophos Firewall syslog guide; SonicOS Log Events Reference Guide',
  rank: 81,
  pattern: [ahead([oneOf(pattern`id=firewall `, pattern`device="`, pattern`device_name="`)]), message()],
  samples: [
    {
      kind: 'good',
      line: 'device="SFW" date=2026-11-22 time=13:36:00 timezone="UTC" device_name="XG210" device_id=S0 log_type="Firewall" log_subtype="Allowed" priority=Information user_name="eve" src_ip=203.0.113.5 src_port=40000 dst_ip=192.0.2.10 dst_port=443 protocol="TCP"',
      fields: {
        timestamp: '2026-11-22T13:36:00.000Z',
        'log.dataset': 'sophos',
        'host.name': 'XG210',
        'source.ip': '203.0.113.5',
        'destination.port': 443,
        'event.action': 'firewall_allowed',
      },
    },
    {
      kind: 'good',
      line: 'id=firewall sn=0017C5 time="2026-11-22 13:36:00" fw=192.0.2.1 pri=6 c=262144 m=98 msg="Connection Opened" src=203.0.113.5:40000:X1 dst=192.0.2.10:22:X0 proto=tcp/ssh',
      fields: { timestamp: '2026-11-22T13:36:00.000Z', 'source.port': 40000, 'log.level': 'info' },
    },
    { kind: 'malformed', line: 'device="SFW" date=2026-11', fields: { timestamp_quality: 'observed', 'log.dataset': undefined } },
    {
      kind: 'hostile',
      line: 'device="SFW" date=2026-11-22 time=13:36:00 device_name="a" user_name="x src_ip=192.0.2.1" src_ip=203.0.113.5',
      fields: { 'source.ip': '203.0.113.5', 'user.name': 'x src_ip=192.0.2.1' },
    },
  ],
});
