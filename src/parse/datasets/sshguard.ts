import { defineDataset } from '../dataset.ts';
import { ip, number, oneOf, pattern, set, skip, upTo } from '../pattern.ts';

const outcome = (action: string) => set({ 'event.category': ['intrusion_detection'], 'event.action': action });
const network = oneOf(pattern`${ip('source', 'first')}/${number()}"`, pattern`${ip('source', 'first')}"`);

export default defineDataset({
  name: 'sshguard',
  source: 'sshguard: src/blocker/blocker.c; before 2.0 without quotes',
  programs: ['sshguard'],
  messages: [
    pattern`Attack from "${ip('source', 'first')}" on service ${upTo(' ', 'service.name')} with danger ${number()}${outcome('found')}${skip('rest')}`,
    pattern`Blocking "${network} for ${outcome('ban')}${skip('rest')}`,
    pattern`Blocking "${network} forever ${outcome('ban')}${skip('rest')}`,
    pattern`Blocking ${ip('source', 'first')}:${number()} for >${outcome('ban')}${skip('rest')}`,
    pattern`${ip('source', 'first')}: unblocking after ${outcome('unban')}${skip('rest')}`,
    pattern`${ip('source', 'first')}: should already have been blocked${outcome('banned')}${skip('rest')}`,
  ],
  samples: [
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 web1 sshguard[77]: Attack from "203.0.113.5" on service SSH with danger 10.',
      fields: { 'source.ip': '203.0.113.5', 'service.name': 'SSH', 'event.action': 'found' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 web1 sshguard[77]: Blocking "203.0.113.5/32" for 120 secs (3 attacks in 2 secs, after 1 abuses over 2 secs.)',
      fields: { 'source.ip': '203.0.113.5', 'event.action': 'ban' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 web1 sshguard[77]: Blocking 203.0.113.5:4 for >630secs: 40 danger in 4 attacks over 3 seconds',
      fields: { 'source.ip': '203.0.113.5', 'event.action': 'ban' },
    },
    {
      kind: 'malformed',
      line: 'Nov 22 13:36:00 web1 sshguard[77]: Attack from "203.0.113',
      fields: { 'source.ip': undefined },
    },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:00 web1 sshguard[77]: Attack from "x 192.0.2.1" on service SSH with danger 10.',
      fields: { 'source.ip': undefined, 'event.action': undefined },
    },
  ],
});
