import { defineFormat } from '../format.ts';
import { anyCaseLevels, upperCaseLevels } from '../level-words.ts';
import { behindMoment, bracketed, dated, moment } from '../moments.ts';
import {
  end,
  not,
  number,
  oneOf,
  oneWord,
  optional,
  type Pattern,
  pattern,
  rest,
  skip,
  text,
  within,
  withinUpTo,
} from '../pattern.ts';

const inBrackets = withinUpTo('>)] ', [oneWord(anyCaseLevels, 'rest')]);
/** In small letters a level needs a sign behind it: `error opening x` is a sentence. */
const level = pattern`${oneOf(
  pattern`[${inBrackets}]`,
  pattern`<${inBrackets}>`,
  pattern`(${inBrackets})`,
  pattern`${withinUpTo(':| ', [oneWord(anyCaseLevels, 'rest')])}${not(pattern` `)}`,
  [withinUpTo(' ', [oneWord(upperCaseLevels, 'rest')])],
)}${behindMoment}${skip('blanks')}`;

/** `nsd[77]: `, as syslog has it. */
const tag = within('word', pattern`${text('process.name')}[${number('process.pid')}]:${end()}`);

const afterMoment: Pattern = pattern`${skip('blanks')}${optional(level)}${oneOf(
  pattern`${tag} ${optional(level)}${rest('message')}`,
  [rest('message')],
)}`;

/** Up to six words before the moment: addresses, levels, process ids. */
const wordBefore = pattern`${skip('word')}${skip('blanks')}`;
const words: readonly Pattern[] = [1, 2, 3, 4, 5, 6].map((count) => Array.from({ length: count }, () => wordBefore).flat());

/** What stands before the moment: a level, a key, something in brackets, words. It is no part of the message. */
const before: readonly Pattern[] = [
  level,
  ...['time="', 'time=', 'ts=', 't=', '"'].map((key): Pattern => [{ kind: 'literal', text: key }]),
  pattern`[${skip('first')}]`,
  pattern`<${skip('first')}>`,
  ...words,
];

export default defineFormat({
  name: 'stamped',
  title: 'any line that starts with a time, or has one near its start',
  source: 'what programs have in common that write logs of their own',
  rank: 5,
  pattern: pattern`${skip('blanks')}${oneOf([bracketed(moment)], ...before.map((start) => [...start, bracketed(dated)]))}${behindMoment}${afterMoment}`,
  samples: [
    {
      kind: 'good',
      line: '[2026-11-22 13:36:00,042] WARNING: disk nearly full',
      fields: { timestamp: '2026-11-22T13:36:00.042Z', 'log.level': 'warning', message: 'disk nearly full' },
    },
    {
      kind: 'good',
      line: '22-Nov-2026 13:36:01.5 zone shop.example loaded',
      fields: { timestamp: '2026-11-22T13:36:01.500Z', 'log.level': undefined, message: 'zone shop.example loaded' },
    },
    {
      kind: 'good',
      line: '[1795354562] nsd[77]: info: control cmd: reload',
      fields: {
        timestamp: '2026-11-22T13:36:02.000Z',
        'process.name': 'nsd',
        'process.pid': 77,
        'log.level': 'info',
        message: 'control cmd: reload',
      },
    },
    {
      kind: 'good',
      line: 'WARN: [Nov 22 13:36:03.250] queue is long',
      fields: { timestamp: '2026-11-22T13:36:03.250Z', 'log.level': 'warning', message: 'queue is long' },
    },
    {
      kind: 'malformed',
      line: '192.0.2.7 2026-11-22 13:36:04 UTC',
      fields: { timestamp: '2026-11-22T13:36:04.000Z', message: undefined },
    },
    {
      kind: 'malformed',
      line: '2026-02-30 13:36:05 no such day',
      takenBy: 'text',
      fields: { timestamp_quality: 'observed' },
    },
    {
      kind: 'hostile',
      line: '2026-11-22 13:36:06 login failed for [2020-01-01 00:00:00] ERROR',
      fields: { timestamp: '2026-11-22T13:36:06.000Z', 'log.level': undefined },
    },
  ],
});
