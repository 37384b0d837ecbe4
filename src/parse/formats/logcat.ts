import { defineFormat } from '../format.ts';
import { message, number, oneOf, oneWord, optional, pattern, skip, stamp, upTo, withinUpTo } from '../pattern.ts';
import { levelLetters } from '../pieces/level-words.ts';

const user = optional(pattern`${oneOf([number()], pattern`root`, pattern`system`, pattern`shell`)}${skip('blanks')}`);

export default defineFormat({
  name: 'logcat',
  title: 'Android logcat, threadtime and time',
  source: 'https://developer.android.com/tools/logcat#outputFormat',
  rank: 46,
  pattern: pattern`${oneOf([stamp('anyDateWithTail')], [stamp('anyDate')])} ${skip('blanks')}${oneOf(
    pattern`${user}${number('process.pid')} ${skip('blanks')}${number('process.thread.id')} ${oneWord(levelLetters)} `,
    pattern`${number('process.pid')} ${skip('blanks')}${number('process.thread.id')} ${oneWord(levelLetters)} `,
    pattern`${withinUpTo('/ ', [oneWord(levelLetters, 'rest')])}/${upTo('( :', 'log.logger')}${skip('blanks')}(${skip('blanks')}${number('process.pid')}): `,
  )}${optional(pattern`${upTo(':[', 'log.logger')}: `)}${message()}`,
  samples: [
    {
      kind: 'good',
      line: '11-22 13:36:00.509  1000 23402 23403 E Camera  : cannot open it',
      fields: { 'process.pid': 23402, 'process.thread.id': 23403, 'log.level': 'error', message: 'cannot open it' },
    },
    {
      kind: 'good',
      line: '2026-11-22 13:36:01.509 23402 23403 W Shop: slow',
      fields: { timestamp: '2026-11-22T13:36:01.509Z', 'process.pid': 23402, 'log.level': 'warning', 'log.logger': 'Shop' },
    },
    {
      kind: 'good',
      line: '11-22 13:36:01.870 E/Shop( 1766): cannot open it',
      fields: { 'process.pid': 1766, 'log.level': 'error', 'log.logger': 'Shop', message: 'cannot open it' },
    },
    { kind: 'malformed', line: '11-22 13:36:02.509 23402 23403 I ', fields: { 'log.level': 'info', message: undefined } },
    {
      kind: 'hostile',
      line: '11-22 13:36:03.509 23402 23403 W Shop: x 11-22 13:36:04.509 1 1 F Bank: y',
      fields: { 'process.pid': 23402, 'log.level': 'warning' },
    },
  ],
});
