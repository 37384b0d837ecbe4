import { defineFormat, type JoinRule } from '../format.ts';
import { message, number, oneWord, pattern, stamp } from '../pattern.ts';
import { ahead } from '../pieces/access.ts';
import { anyCaseLevels } from '../pieces/level-words.ts';

const process = ahead(pattern`<${number()}.${number()}.${number()}> `);

/** Before 3.9 the reason for which a login was refused stands in a line of its own. */
const withReason: JoinRule = (first) => {
  if (!first.trimEnd().endsWith(', state: starting):')) return undefined;
  let isNext = true;
  return (line) => {
    const goesOn = isNext && /^[\w-]{1,40} login refused: user '/.test(line);
    isNext = false;
    return goesOn;
  };
};

export default defineFormat({
  name: 'rabbitmq',
  title: 'RabbitMQ: a time, a level, a process of Erlang, and a message of one or more lines',
  source: 'https://www.rabbitmq.com/docs/logging',
  rank: 62,
  joins: withReason,
  dataset: 'rabbitmq',
  pattern: pattern`${stamp('iso')} [${oneWord(anyCaseLevels, 'first')}] ${process}${message()}`,
  samples: [
    {
      kind: 'good',
      line: "2026-11-22 13:36:00.323 [error] <0.1053.0> Error on AMQP connection <0.1053.0> (203.0.113.5:37484 -> 192.0.2.1:5672, state: starting):\nPLAIN login refused: user 'eve' - invalid credentials",
      fields: {
        timestamp: '2026-11-22T13:36:00.323Z',
        'log.level': 'error',
        'user.name': 'eve',
        'source.ip': '203.0.113.5',
        'source.port': 37484,
        'event.outcome': 'failure',
      },
    },
    {
      kind: 'good',
      line: '2026-11-22 13:36:00.323451+00:00 [info] <0.44.0> Server startup complete; 4 plugins started.',
      fields: { 'log.level': 'info', message: '<0.44.0> Server startup complete; 4 plugins started.' },
    },
    {
      kind: 'malformed',
      line: '2026-11-22 13:36:00.323 [info] <0.44',
      takenBy: 'app',
      fields: { 'log.dataset': undefined },
    },
    {
      kind: 'hostile',
      line: "2026-11-22 13:36:00.323 [error] <0.1053.0> Error on AMQP connection <0.1053.0> (203.0.113.5:37484 -> 192.0.2.1:5672, state: starting):\nPLAIN login refused: user 'x (192.0.2.7:1 -> 192.0.2.1:5672, state: starting): y' - invalid credentials",
      fields: { 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
  ],
});
