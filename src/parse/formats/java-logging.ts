import { defineFormat } from '../format.ts';
import { end, message, oneOf, oneWord, pattern, upTo, withinUpTo } from '../pattern.ts';
import { largeLevels } from '../pieces/level-words.ts';
import { moment } from '../pieces/moments.ts';

/** The second line, and `INFO: ` of it in the language of the server, which nobody knows. */
const levels = { SEVERE: { 'log.level': 'error' }, CONFIG: { 'log.level': 'info' }, FINE: { 'log.level': 'debug' } } as const;
const words = { ...largeLevels, ...levels, FINER: levels.FINE, FINEST: levels.FINE };
const second = /^(?:SEVERE|WARNING|INFO|CONFIG|FINE|FINER|FINEST): \S/;

/** `Nov 22, 2026 1:36:00 PM org.example.Cart add`, and what it says on the next line. */
function goesOn(): (line: string) => boolean {
  let count = 0;
  return (line) => (count++ === 0 ? second.test(line) : /^(?:[ \t]|Caused by: )/.test(line));
}

export default defineFormat({
  name: 'java_logging',
  title: "java.util.logging, SimpleFormatter's two lines, as old Tomcats write it",
  source: 'https://docs.oracle.com/javase/8/docs/api/java/util/logging/SimpleFormatter.html',
  rank: 6,
  joins: goesOn,
  pattern: pattern`${moment} ${withinUpTo(' ', pattern`${upTo('.')}.${upTo(' ')}`, 'log.logger')} ${upTo(' \n')}${oneOf(pattern`\n${withinUpTo(':', [oneWord(words, 'rest')])}: ${message()}`, [end()])}`,
  samples: [
    {
      kind: 'good',
      line: 'Nov 22, 2026 1:36:00 PM org.example.Cart add\nSEVERE: Login failed for user "eve" from 203.0.113.5',
      fields: {
        timestamp: '2026-11-22T13:36:00.000Z',
        'log.level': 'error',
        'log.logger': 'org.example.Cart',
        'log.lines': 2,
        'user.name': 'eve',
        'source.ip': '203.0.113.5',
      },
    },
    {
      kind: 'malformed',
      line: 'Nov 22, 2026 1:36:00 PM org.example.Cart',
      takenBy: 'stamped',
      fields: { 'log.level': undefined },
    },
    {
      kind: 'hostile',
      line: 'Nov 22, 2026 1:36:00 PM org.example.Cart add\nINFO: x SEVERE: Login failed for user x from 192.0.2.1" from 203.0.113.5',
      fields: { 'log.level': 'info', 'source.ip': '203.0.113.5' },
    },
  ],
});
