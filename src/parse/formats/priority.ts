import { defineFormat } from '../format.ts';
import { message, pattern, priority, skip } from '../pattern.ts';

export default defineFormat({
  name: 'priority',
  title: 'syslog that says nothing but its priority',
  source: 'RFC 3164 §4.3.3: relays are to add what is missing, and few do',
  rank: 2,
  pattern: pattern`<${priority()}>${skip('blanks')}${message()}`,
  samples: [
    {
      kind: 'good',
      line: '<13>backup has ended',
      fields: { 'log.level': 'notice', 'log.syslog.priority': 13, message: 'backup has ended', timestamp_quality: 'observed' },
    },
    { kind: 'malformed', line: '<999>x', takenBy: 'text', fields: { 'log.syslog.priority': undefined } },
    {
      kind: 'hostile',
      line: '<13>Login failed for user <86>x from 192.0.2.1 from 203.0.113.5',
      fields: { 'log.syslog.priority': 13, 'source.ip': '203.0.113.5' },
    },
  ],
});
