import { defineFormat } from '../format.ts';
import { message, oneOf, type Pattern, pattern, skip } from '../pattern.ts';
import { behindMoment, bracketed, dated, moment } from '../pieces/moments.ts';

/** Up to six words before the moment: addresses, marks, process ids. */
const wordBefore = pattern`${skip('word')}${skip('blanks')}`;
const words: readonly Pattern[] = [1, 2, 3, 4, 5, 6].map((count) => Array.from({ length: count }, () => wordBefore).flat());

/** What may stand before the moment: a key, something in brackets, words. It is no part of the message. */
const before: readonly Pattern[] = [
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
  joins: 'traces',
  pattern: [
    skip('blanks'),
    oneOf([bracketed(moment)], ...before.map((start) => [...start, bracketed(dated)])),
    ...behindMoment,
    skip('blanks'),
    message(),
  ],
  samples: [
    {
      kind: 'good',
      line: '[2026-11-22 13:36:00,042] disk nearly full',
      fields: { timestamp: '2026-11-22T13:36:00.042Z', message: 'disk nearly full' },
    },
    {
      kind: 'good',
      line: '22-Nov-2026 13:36:01.5 zone shop.example loaded',
      fields: { timestamp: '2026-11-22T13:36:01.500Z', message: 'zone shop.example loaded' },
    },
    {
      kind: 'good',
      line: '[1795354562] SERVICE CHECK: web1 is back',
      fields: { timestamp: '2026-11-22T13:36:02.000Z', message: 'SERVICE CHECK: web1 is back' },
    },
    {
      kind: 'good',
      line: 'job 77: [Nov 22 13:36:03.250] queue is long',
      fields: { timestamp: '2026-11-22T13:36:03.250Z', message: 'queue is long' },
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
      line: '2026-11-22 13:36:06 cannot read "[2020-01-01 00:00:00] x"',
      fields: { timestamp: '2026-11-22T13:36:06.000Z' },
    },
  ],
});
