import { defineFormat } from '../format.ts';
import { anyWord, message, oneOf, optional, pattern, set, stamp, upTo, withinUpTo } from '../pattern.ts';

/** The bits of a debug level. Source: sssd.conf(5), debug_level. */
const levels = anyWord(
  {
    '0x0010': { 'log.level': 'critical' },
    '0x0020': { 'log.level': 'critical' },
    '0x0040': { 'log.level': 'error' },
    '0x0080': { 'log.level': 'warning' },
    '0x0100': { 'log.level': 'notice' },
    '0x0200': { 'log.level': 'info' },
    '0x0400': { 'log.level': 'debug' },
    '0x1000': { 'log.level': 'debug' },
    '0x2000': { 'log.level': 'debug' },
    '0x4000': { 'log.level': 'debug' },
  },
  'rest',
);

export default defineFormat({
  name: 'sssd',
  title: 'SSSD debug logs',
  source: 'sssd: src/util/debug.c; sssd.conf(5)',
  rank: 73,
  pattern: pattern`(${oneOf([stamp('anyWithTail')], [stamp('any')])})${optional(pattern`:`)} [${upTo(' ', 'log.logger')} [${upTo(']', 'event.action')}] (${withinUpTo(')', [levels])}): ${set({ 'process.name': 'sssd' })}${message()}`,
  samples: [
    {
      kind: 'good',
      line: '(2026-11-22 13:36:00): [be[ipa.example]] [sysdb_add_user] (0x0040): [RID#3] Group named eve already exists',
      fields: { timestamp: '2026-11-22T13:36:00.000Z', 'log.level': 'error', message: '[RID#3] Group named eve already exists' },
    },
    {
      kind: 'malformed',
      line: '(2026-11-22 13:36:00): [be[ipa.example]] [sysdb_add_user]',
      takenBy: 'stamped',
      fields: { 'log.level': undefined },
    },
    {
      kind: 'hostile',
      line: '(2026-11-22 13:36:00): [pam] [pam_reply] (0x0200): x] (0x0010): y',
      fields: { 'log.level': 'info', message: 'x] (0x0010): y' },
    },
  ],
});
