import { defineFormat } from '../format.ts';
import { message, number, oneOf, oneWord, optional, pattern, skip, stamp, text, withinUpTo } from '../pattern.ts';
import { levelLetters } from '../pieces/level-words.ts';

/** glog writes a year, klog none; what is neither is no time. */
const moment = oneOf([stamp('monthDay')], [stamp('any')], pattern`${number()} ${skip('word')}`);

const level = withinUpTo('0123456789', [oneWord(levelLetters, 'rest')]);

export default defineFormat({
  name: 'klog',
  title: 'glog and klog, as Kubernetes and many C++ and Go programs write it',
  source: 'https://github.com/google/glog, "Log line prefix"; https://github.com/kubernetes/klog',
  rank: 62,
  joins: 'traces',
  pattern: pattern`${skip('blanks')}${level}${moment} ${skip('blanks')}${number('process.thread.id')} ${text('log.logger')}] ${optional([skip('blanks')])}${oneOf([message()])}`,
  samples: [
    {
      kind: 'good',
      line: 'I1122 13:36:00.692994       1 client.go:58] starting',
      fields: {
        timestamp: '2026-11-22T13:36:00.692Z',
        timestamp_quality: 'assumed_year',
        'log.level': 'info',
        'log.logger': 'client.go:58',
        message: 'starting',
      },
    },
    {
      kind: 'good',
      line: 'E20261122 13:36:01.411655 15520 main.cc:9] cannot open the file',
      fields: { timestamp: '2026-11-22T13:36:01.411Z', 'log.level': 'error', message: 'cannot open the file' },
    },
    {
      kind: 'malformed',
      line: 'W1322 13:36:02.1 7 main.cc:9] no such month',
      fields: { timestamp_quality: 'observed', 'log.level': 'warning', message: 'no such month' },
    },
    { kind: 'malformed', line: 'W1122 13:36:02.1 7 main.cc:9] ', fields: { 'log.level': 'warning', message: undefined } },
    {
      kind: 'hostile',
      line: 'I1122 13:36:03.692994 7 auth.go:58] Login failed for user x] E1122 13:36:03.7 7 a.go:1] from 203.0.113.5',
      fields: { 'log.level': 'info', 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
  ],
});
