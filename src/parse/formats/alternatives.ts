import { defineFormat } from '../format.ts';
import { pattern, rest, set, stamp } from '../pattern.ts';

export default defineFormat({
  name: 'alternatives',
  title: 'alternatives.log: which program stands for several of a kind',
  source: 'dpkg: utils/update-alternatives.c (log_msg)',
  rank: 61,
  dataset: 'dpkg',
  pattern: pattern`update-alternatives ${stamp('iso')}: ${rest('message')}${set({ 'event.category': ['package'] })}`,
  samples: [
    {
      kind: 'good',
      line: 'update-alternatives 2026-11-22 13:36:00: run with --install /usr/bin/pager pager /usr/bin/less 77 --slave /usr/share/man/man7/ABORT.7.gz',
      fields: {
        timestamp: '2026-11-22T13:36:00.000Z',
        'log.dataset': 'dpkg',
        'event.category': ['package'],
        message: 'run with --install /usr/bin/pager pager /usr/bin/less 77 --slave /usr/share/man/man7/ABORT.7.gz',
      },
    },
    {
      kind: 'good',
      line: 'update-alternatives 2026-11-22 13:36:00: link group pager updated to point to /usr/bin/less',
      fields: { message: 'link group pager updated to point to /usr/bin/less' },
    },
    {
      kind: 'malformed',
      line: 'update-alternatives 2026-11-22: link group pager updated',
      fields: { 'event.category': undefined },
      takenBy: 'text',
    },
    {
      kind: 'hostile',
      line: 'update-alternatives 2026-11-22 13:36:00: link group x updated to point to /tmp/2020-01-01 00:00:00: x',
      fields: { timestamp: '2026-11-22T13:36:00.000Z', message: 'link group x updated to point to /tmp/2020-01-01 00:00:00: x' },
    },
  ],
});
