import { defineFormat } from '../format.ts';
import { message } from '../pattern.ts';

export default defineFormat({
  name: 'text',
  title: 'anything else: the line is its own message',
  source: 'what no other format reads',
  rank: 0,
  pattern: [message()],
  samples: [
    { kind: 'good', line: 'Server is starting', fields: { timestamp_quality: 'observed', message: 'Server is starting' } },
    { kind: 'malformed', line: '{"level":"error", cut', fields: { message: '{"level":"error", cut' } },
    { kind: 'hostile', line: '\u001b]0;x\u0007 root from 192.0.2.1', fields: { 'source.ip': undefined, 'user.name': undefined } },
  ],
});
