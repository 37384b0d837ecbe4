import { defineFormat } from '../format.ts';
import { pattern, set, stamp, within } from '../pattern.ts';
import { asteriskMessage } from '../pieces/asterisk.ts';

export default defineFormat({
  name: 'asterisk',
  title: 'Asterisk: full, messages and security logs',
  source: 'https://docs.asterisk.org/Operation/Logging/; main/logger.c, res_security_log.c, chan_sip.c, res_pjsip_session.c',
  rank: 72,
  pattern: pattern`[${stamp('anyDate')}] ${set({ 'log.dataset': 'asterisk' })}${within('rest', asteriskMessage, 'message')}`,
  samples: [
    {
      kind: 'good',
      line: "[2026-11-22 13:36:00] NOTICE[1638] chan_sip.c: Registration from '\"100\"<sip:100@192.0.2.10>' failed for '203.0.113.5:5060' - Wrong password",
      fields: {
        timestamp: '2026-11-22T13:36:00.000Z',
        'log.level': 'notice',
        'source.ip': '203.0.113.5',
        'source.port': 5060,
        'event.outcome': 'failure',
        'event.reason': 'Wrong password',
      },
    },
    {
      kind: 'good',
      line: '[2026-11-22 13:36:00] SECURITY[77] res_security_log.c: SecurityEvent="InvalidPassword",EventTV="2026-11-22T13:36:00.192+0000",Severity="Error",Service="PJSIP",EventVersion="1",AccountID="6001",SessionID="a1",LocalAddress="IPV4/UDP/192.0.2.10/5060",RemoteAddress="IPV4/UDP/203.0.113.5/55287",Challenge="x"',
      fields: {
        'user.name': '6001',
        'source.ip': '203.0.113.5',
        'source.port': 55287,
        'destination.ip': '192.0.2.10',
        'event.code': 'InvalidPassword',
        'event.outcome': 'failure',
      },
    },
    {
      kind: 'good',
      line: "[Nov 22 13:36:00] NOTICE[7][C-0000001d]: res_pjsip_session.c:2337 new_invite: Call from 'anonymous' (TCP:[203.0.113.5]:61470) to extension '9011' rejected because extension not found in context 'default'.",
      fields: { 'source.ip': '203.0.113.5', 'source.port': 61470 },
    },
    {
      kind: 'malformed',
      line: "[2026-11-22 13:36:00] NOTICE[1638] chan_sip.c: Registration from '<sip:1@192.0.2.10>' failed for",
      fields: { 'source.ip': undefined, 'log.level': 'notice' },
    },
    {
      kind: 'hostile',
      line: '[2026-11-22 13:36:00] SECURITY[7] res_security_log.c: SecurityEvent="InvalidAccountID",EventTV="x",Severity="Error",Service="PJSIP",EventVersion="1",AccountID="7",SessionID="",LocalAddress="IPV4/UDP/192.0.2.1/1",RemoteAddress="IPV4/UDP/192.0.2.1/1"",LocalAddress="IPV4/UDP/192.0.2.10/5060",RemoteAddress="IPV4/UDP/203.0.113.5/5061"',
      fields: { 'source.ip': '203.0.113.5', 'source.port': 5061, 'destination.ip': '192.0.2.10' },
    },
    {
      kind: 'hostile',
      line: "[2026-11-22 13:36:00] NOTICE[1] chan_sip.c: Registration from 'x' failed for '192.0.2.1' - y' failed for '203.0.113.5' - No matching peer found",
      fields: { 'source.ip': '203.0.113.5' },
    },
  ],
});
