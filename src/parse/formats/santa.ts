import { defineFormat } from '../format.ts';
import { anyWord, number, oneWord, pairs, pattern, rest, set, stamp, within } from '../pattern.ts';
import { levelLetters } from '../pieces/level-words.ts';

const said = pairs(
  {
    action: [rest('event.action')],
    decision: [anyWord({ ALLOW: { 'event.outcome': 'success' }, DENY: { 'event.outcome': 'failure' } }, 'rest')],
    reason: [rest('event.reason')],
    path: [rest('process.executable')],
    args: [rest('process.command_line')],
    pid: [number('process.pid')],
    user: [rest('user.name')],
    group: [rest('group.name')],
  },
  '|',
);

export default defineFormat({
  name: 'santa',
  title: 'Santa, which lets programs run on macOS or not',
  source: 'https://northpole.dev/concepts/logs.html',
  rank: 61,
  dataset: 'santa',
  pattern: pattern`[${stamp('rfc3339')}] ${oneWord(levelLetters)} santad: ${set({ 'process.name': 'santad', 'event.category': ['process'] })}${within('rest', [said], 'message')}`,
  samples: [
    {
      kind: 'good',
      line: '[2026-11-22T13:36:00.802Z] I santad: action=EXEC|decision=DENY|reason=BINARY|sha256=ab|path=/tmp/x|args=/tmp/x -l|pid=77|ppid=1|uid=501|user=eve|gid=20|group=staff|mode=M',
      fields: {
        timestamp: '2026-11-22T13:36:00.802Z',
        'log.level': 'info',
        'process.pid': 77,
        'process.executable': '/tmp/x',
        'user.name': 'eve',
        'event.outcome': 'failure',
      },
    },
    {
      kind: 'malformed',
      line: '[2026-11-22T13:36:01.802Z] W santad: started',
      fields: { 'log.level': 'warning', message: 'started' },
    },
    {
      kind: 'hostile',
      line: '[2026-11-22T13:36:02.802Z] I santad: action=EXEC|decision=DENY|path=/tmp/x|user=eve|args=sh user=root|pid=77',
      fields: { 'user.name': 'eve', 'process.pid': 77 },
    },
  ],
});
