import { defineDataset } from '../dataset.ts';
import {
  end,
  ip,
  longest,
  number,
  oneOf,
  optional,
  type Pattern,
  pattern,
  recall,
  rest,
  type Side,
  set,
  skip,
  upTo,
  within,
  withinUpTo,
} from '../pattern.ts';
import { loginFailure, loginSuccess, sessionEvent } from '../pieces/outcomes.ts';

const failure = loginFailure('login');
const dataset = set({ 'log.dataset': 'rabbitmq' });

/** `192.0.2.1:5672`, `[2001:db8::1]:5672`; Erlang writes no brackets. */
function endpoint(side: Side): Pattern {
  const port = number(`${side}.port`);
  return [oneOf(pattern`[${ip(side, 'first')}]:${port}${end()}`, pattern`${ip(side, 'last')}:${port}${end()}`)];
}

/** Each connection has a process of Erlang's, which stands before all that it says. */
const process = pattern`<${upTo('<> ', 'transaction.id')}> `;
const ends = pattern`(${within('first', endpoint('source'))} -> ${withinUpTo(' ,)', endpoint('destination'))}`;
const reason = oneOf(
  pattern`- ${rest('event.reason')}`,
  pattern`can only connect via localhost${set({ 'event.reason': 'can only connect via localhost' })}`,
);
const refused = pattern`user '${longest('user.name')}' ${reason}${failure}`;

export default defineDataset({
  name: 'rabbitmq',
  source: 'https://github.com/rabbitmq/rabbitmq-server: deps/rabbit/src/rabbit_reader.erl; rabbit_mgmt_util.erl',
  programs: ['*'],
  messages: [
    // Before what names both ends, which a client could write into its name.
    [...process, ...pattern`${upTo(' :')} login refused: ${dataset}${refused}`, recall('transaction.id')],
    [...process, ...pattern`HTTP access denied: ${dataset}${refused}`, recall('transaction.id')],
    [
      ...process,
      dataset,
      oneOf(
        pattern`accepting AMQP connection ${optional(pattern`<${skip('first')}> `)}${ends}${sessionEvent('amqp_connect')}${skip('rest')}`,
        pattern`Error on AMQP connection ${optional(pattern`<${skip('first')}> `)}${ends}${oneOf(pattern`${skip('first')}:${skip('first')}refused: ${refused}`, [skip('rest')])}`,
        pattern`closing AMQP connection ${optional(pattern`<${skip('first')}> `)}${ends}${sessionEvent('amqp_disconnect')}${skip('rest')}`,
        pattern`connection ${optional(pattern`<${skip('first')}> `)}${ends}${oneOf(
          pattern`): user '${longest('user.name')}' authenticated ${loginSuccess('login')}`,
          [],
        )}${skip('rest')}`,
        pattern`${skip('first')} ${ends}${oneOf(pattern`${skip('first')}:${skip('first')}refused: ${refused}`, [skip('rest')])}`,
      ),
      recall('transaction.id'),
    ],
    pattern`Error on AMQP connection <${upTo('<> ', 'transaction.id')}> ${ends}${dataset}${oneOf(
      pattern`${skip('first')}:${skip('first')}refused: ${refused}`,
      [skip('rest')],
    )}`,
  ],
  samples: [
    {
      kind: 'good',
      line: "2026-11-22 13:36:00.123 [info] <0.77.0> connection <0.77.0> (203.0.113.5:4022 -> 192.0.2.10:5672): user 'eve' authenticated and granted access to vhost '/'",
      fields: {
        'log.dataset': 'rabbitmq',
        'source.ip': '203.0.113.5',
        'source.port': 4022,
        'destination.port': 5672,
        'user.name': 'eve',
        'event.outcome': 'success',
      },
    },
    {
      kind: 'good',
      line: '2026-11-22 13:36:00.123456+00:00 [info] <0.801.0> accepting AMQP connection <0.801.0> (203.0.113.5:4022 -> 192.0.2.1:5672)',
      fields: { 'source.ip': '203.0.113.5', 'event.action': 'amqp_connect', 'transaction.id': '0.801.0' },
    },
    {
      kind: 'good',
      line: "2026-11-22 13:36:00.123456+00:00 [error] <0.802.0> PLAIN login refused: user 'eve' - invalid credentials",
      fields: { 'user.name': 'eve', 'event.outcome': 'failure', 'event.reason': 'invalid credentials', 'log.level': 'error' },
    },
    {
      kind: 'malformed',
      line: '2026-11-22 13:36:00.123456+00:00 [error] <0.803.0> Error on AMQP connection <0.803.0> (',
      fields: { 'source.ip': undefined },
    },
    {
      kind: 'hostile',
      line: "2026-11-22 13:36:00.123456+00:00 [error] <0.804.0> PLAIN login refused: user 'x (192.0.2.7:1 -> 192.0.2.1:5672): refused: user 'y' - invalid credentials",
      fields: { 'source.ip': undefined, 'event.outcome': 'failure' },
    },
  ],
});
