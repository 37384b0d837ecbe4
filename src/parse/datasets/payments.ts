import { defineDataset } from '../dataset.ts';
import { ip, pattern, set, skip } from '../pattern.ts';
import { sees } from '../pieces/login.ts';
import { who } from '../pieces/login-names.ts';

const refused = set({ 'event.category': ['web'], 'event.action': 'payment', 'event.outcome': 'failure' });

export default defineDataset({
  name: 'payment',
  source: 'events of shops: Magento with the module for CrowdSec; else habits of English',
  programs: ['*'],
  messages: [
    pattern`{"type":"PAYMENT_FAILED","ip":"${ip('source', 'first')}"${skip('rest')}${refused}`,
    [sees('ayment failed', 'ayment declined', 'ayment was declined', 'ard declined', 'ard was declined'), refused, who],
  ],
  samples: [
    {
      kind: 'good',
      line: '[2026-11-22 13:36:00] shop-events.INFO: {"type":"PAYMENT_FAILED","ip":"203.0.113.5","x-forwarded-for-ip":"","payment_method":"card"} []',
      fields: { 'source.ip': '203.0.113.5', 'event.action': 'payment', 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 web1 shopd[7]: Payment failed for order 100 from 203.0.113.5: do_not_honor',
      fields: { 'source.ip': '203.0.113.5', 'event.action': 'payment' },
    },
    {
      kind: 'malformed',
      line: '[2026-11-22 13:36:00] shop-events.INFO: {"type":"PAYMENT_FAILED","ip":"nobody"} []',
      fields: { 'source.ip': undefined, 'event.action': undefined },
    },
    {
      kind: 'hostile',
      line: '[2026-11-22 13:36:00] shop-events.INFO: {"type":"PAYMENT_FAILED","ip":"203.0.113.5","name":"x\\",\\"ip\\":\\"192.0.2.1\\""} []',
      fields: { 'source.ip': '203.0.113.5', 'event.action': 'payment' },
    },
  ],
});
