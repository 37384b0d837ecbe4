import { defineDataset } from '../dataset.ts';
import { ip, number, optional, pattern, rest, set, skip, text, withinUpTo } from '../pattern.ts';

const client = pattern`${withinUpTo(' :', [ip('source', 'rest')])}${optional(pattern`:${number('source.port')}`)}`;
const mounted = set({ 'event.category': ['file'], 'event.action': 'nfs_mount', 'event.outcome': 'success' });
const refused = set({ 'event.category': ['file'], 'event.action': 'nfs_mount', 'event.outcome': 'failure' });

export default defineDataset({
  name: 'nfs',
  source: 'nfs-utils: utils/mountd/auth.c, mountd.c',
  programs: ['rpc.mountd', 'mountd'],
  messages: [
    pattern`authenticated mount request from ${client} for ${text('url.path')} (${mounted}${skip('rest')}`,
    pattern`authenticated unmount request from ${client} for ${text('url.path')} (${skip('rest')}`,
    pattern`refused mount request from ${client} for ${text('url.path')} (${refused}${skip('first')}): ${rest('event.reason')}`,
    pattern`refused ${skip('first')} request from ${client} for ${rest('url.path')}${refused}`,
  ],
  samples: [
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 nas rpc.mountd[55]: refused mount request from 203.0.113.5 for /srv/docs (/srv/docs): unmatched host',
      fields: {
        'source.ip': '203.0.113.5',
        'url.path': '/srv/docs',
        'event.outcome': 'failure',
        'event.reason': 'unmatched host',
      },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 nas rpc.mountd[55]: authenticated mount request from 203.0.113.8:899 for /srv/docs (/srv/docs)',
      fields: { 'source.ip': '203.0.113.8', 'source.port': 899, 'event.outcome': 'success' },
    },
    {
      kind: 'malformed',
      line: 'Nov 22 13:36:00 nas rpc.mountd[55]: refused mount request from',
      fields: { 'source.ip': undefined },
    },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:00 nas rpc.mountd[55]: refused mount request from 203.0.113.5 for /x request from 192.0.2.1 for / (/): no export entry',
      fields: { 'source.ip': '203.0.113.5' },
    },
  ],
});
