import { defineFormat } from '../format.ts';
import { oneWord, pattern, rest, set, stamp } from '../pattern.ts';

/** Source: cups-files.conf(5), error_log: one letter a level. */
const letters = oneWord({
  X: { 'log.level': 'emergency' },
  A: { 'log.level': 'alert' },
  C: { 'log.level': 'critical' },
  E: { 'log.level': 'error' },
  W: { 'log.level': 'warning' },
  N: { 'log.level': 'notice' },
  I: { 'log.level': 'info' },
  D: { 'log.level': 'debug' },
  d: { 'log.level': 'debug' },
});

export default defineFormat({
  name: 'cups_error',
  title: 'CUPS error log',
  source: 'cups-logs(5)',
  rank: 58,
  pattern: pattern`${letters} [${stamp('clf')}] ${set({ 'log.dataset': 'cups.error' })}${rest('message')}`,
  samples: [
    {
      kind: 'good',
      line: 'E [22/Nov/2026:13:36:00 +0100] [Job 55] Unable to queue job for destination "lp1".',
      fields: {
        timestamp: '2026-11-22T12:36:00.000Z',
        'log.level': 'error',
        message: '[Job 55] Unable to queue job for destination "lp1".',
      },
    },
    { kind: 'malformed', line: 'd [22/Nov/2026:13:36:00 +0100] ', fields: { 'log.level': 'debug', message: undefined } },
    {
      kind: 'hostile',
      line: 'W [22/Nov/2026:13:36:00 +0100] Request from "E [22/Nov/2020:00:00:00 +0100] x" is bad',
      fields: { timestamp: '2026-11-22T12:36:00.000Z', 'log.level': 'warning' },
    },
  ],
});
