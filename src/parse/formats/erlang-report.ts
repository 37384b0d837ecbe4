import { type Level, levelFromWord } from '../../model/level.ts';
import type { FieldName } from '../fields.ts';
import { defineFormat, type Reading } from '../format.ts';
import { pattern, skip, upTo } from '../pattern.ts';

const head = /^=([A-Z]{1,12})(?: [A-Z]{1,12})? REPORT={2,5} (\d{1,2}-[A-Z][a-z]{2}-\d{4})::(\d\d:\d\d:\d\d(?:\.\d{1,6})?)/;
/** How bodies go on: terms are indented, and what else is there begins with words that are known. */
const body =
  /^(?:[ \t]|\*\* |Error (?:on|in) |\w{1,32} login refused: |(?:accepting|closing|terminating|starting|stopping|connection) \S|Generic server |(?:Mirrored )?[Qq]ueue )/;
const mostLines = 200;

/** No rule says how a report ends, but for the blank line behind it. */
function goesOn(): (line: string) => boolean {
  let lines = 0;
  return (line) => ++lines <= mostLines && body.test(line);
}

function levelOf(word: string): Level {
  return word === 'CRASH' ? 'error' : (levelFromWord(word) ?? 'info');
}

function read(text: string): Reading | undefined {
  const [, word = '', day, clock] = head.exec(text.slice(0, 128)) ?? [];
  if (day === undefined) return undefined;
  const fields = new Map<FieldName, string>([['log.level', levelOf(word)]]);
  const message = text.slice(text.indexOf('\n') + 1 || text.length).trim();
  if (message !== '') fields.set('message', message);
  return { fields, timeText: `${day} ${clock}` };
}

export default defineFormat({
  name: 'erlang_report',
  title: "Erlang's reports over several lines, as RabbitMQ before 3.7, ejabberd and CouchDB write them",
  source: 'https://www.erlang.org/doc/apps/kernel/logger_chapter.html (legacy_header of logger_formatter)',
  rank: 63,
  joins: goesOn,
  begins: '=',
  guard: pattern`=${upTo('=')}===${skip('rest')}`,
  read,
  samples: [
    {
      kind: 'good',
      line: "=ERROR REPORT==== 22-Nov-2026::13:36:00 ===\nError on AMQP connection <0.801.0> (203.0.113.5:4022 -> 192.0.2.1:5672, state: starting):\nPLAIN login refused: user 'eve' - invalid credentials",
      fields: {
        timestamp: '2026-11-22T13:36:00.000Z',
        'log.level': 'error',
        'log.lines': 3,
        'source.ip': '203.0.113.5',
        'source.port': 4022,
        'user.name': 'eve',
        'event.outcome': 'failure',
      },
    },
    {
      kind: 'good',
      line: '=CRASH REPORT==== 22-Nov-2026::13:36:00.123456 ===\n  crasher:\n    initial call: shop:init/1',
      fields: { timestamp: '2026-11-22T13:36:00.123Z', 'log.level': 'error', 'log.lines': 3 },
    },
    {
      kind: 'malformed',
      line: '=INFO REPORT==== 22-Nov-2026::13:36:00 ===',
      fields: { 'log.level': 'info', message: undefined },
    },
    {
      kind: 'hostile',
      line: "=ERROR REPORT==== 22-Nov-2026::13:36:00 ===\nError on AMQP connection <0.801.0> (203.0.113.5:4022 -> 192.0.2.1:5672, state: starting):\nPLAIN login refused: user 'x (192.0.2.7:1 -> 192.0.2.1:5672): y' - invalid credentials",
      fields: { 'source.ip': '203.0.113.5', 'user.name': 'x (192.0.2.7:1 -> 192.0.2.1:5672): y' },
    },
  ],
});
