import { defineFormat } from '../format.ts';
import { anyCaseLevels, largeLevels, levelLetters } from '../level-words.ts';
import { bracketed, moment } from '../moments.ts';
import {
  type Element,
  end,
  ip,
  message,
  not,
  number,
  oneOf,
  oneWord,
  optional,
  type Pattern,
  pattern,
  skip,
  text,
  upTo,
  within,
  withinUpTo,
} from '../pattern.ts';

/*
 * The habits of logging libraries: a moment, a level, and between and behind them who speaks: a thread, a logger, a place in
 * the source. What stands in brackets between the moment and the level is the library's; behind the level only a single
 * word is, because a message may begin with brackets too.
 */

const time = bracketed(moment);

const wrapped = oneOf([oneWord(anyCaseLevels, 'rest')], [oneWord(levelLetters, 'rest')]);
const padded = (stop: string): Pattern => [skip('blanks'), withinUpTo(` ${stop}`, [wrapped]), skip('blanks')];
const wrappedLevel = oneOf(
  pattern`[${padded(']')}]`,
  pattern`(${padded(')')})`,
  pattern`<${padded('>')}>`,
  pattern`|${padded('|')}|`,
  pattern`::${withinUpTo(':', [wrapped])}::`,
  pattern`"${withinUpTo('"', [wrapped])}"`,
);
/** A word in small letters may begin a sentence, so it is a level only with a mark behind it. */
const bareLevel = oneOf(
  [withinUpTo(' :|\t[(', [oneWord(largeLevels, 'rest')]), optional(pattern`:`)],
  pattern`${withinUpTo(' :|\t', [oneWord(anyCaseLevels, 'rest')])}${oneOf(pattern`:`, pattern`|`, pattern`\t`, pattern`  `, pattern` |`, pattern` -`, pattern` :`)}`,
);
/** Icinga writes level and component as one: `warning/Checker: `. */
const levelOfPart = pattern`${withinUpTo('/ ', [oneWord(anyCaseLevels, 'rest')])}/${upTo(' :', 'log.logger')}:`;
const level = oneOf([wrappedLevel], levelOfPart, [bareLevel]);

const between = oneOf(pattern` - `, pattern` | `, pattern`\t`, pattern`, `, pattern`: `, pattern` : `, [skip('blanks')]);

/** Who speaks, before the level. */
const speaker = oneOf(
  pattern`[${skip('blanks')}${oneOf(pattern`${number('process.pid')}]`, pattern`#${number('process.pid')}]`, pattern`${text('log.logger')}]`)}`,
  pattern`(${text('log.logger')})`,
  pattern`${number('process.pid')} `,
  pattern`${upTo(' []()', 'log.logger')} - `,
  pattern`- ${not(pattern` `)}`,
);

/** A logger or thread behind the level: one word in brackets that is no address. */
const tag = (inside: Pattern): Pattern => [skip('blanks'), ...inside, skip('blanks'), end()];
const named = [not([ip('source', 'rest')]), upTo(' =', 'log.logger')];
const source = oneOf(
  pattern`[${withinUpTo(']', tag(named))}]`,
  pattern`(${withinUpTo(')', tag(named))})`,
  pattern`{${withinUpTo('}', tag(named))}}`,
);

/** A logger's name in the open, which has a dot or two colons in it: `org.shop.Cart - `, `shop.auth: `. */
const dotted = oneOf(pattern`${skip('first')}.${skip('rest')}`, pattern`${skip('first')}::${skip('rest')}`);
const logger = oneOf(
  pattern`${within('word', [oneOf(pattern`${within('last', [dotted], 'log.logger')}:${end()}`)])} `,
  pattern`${within('word', [dotted], 'log.logger')}${skip('blanks')}${oneOf(pattern` - `, pattern`- `, pattern`: `)}`,
);

const behind = [
  ...Array.from({ length: 3 }, (): Element => optional([skip('blanks'), source])),
  skip('blanks'),
  optional(pattern`${optional(pattern`${number('process.pid')} `)}--- `),
  optional([source]),
  skip('blanks'),
  optional([source]),
  skip('blanks'),
  optional([logger]),
  optional([skip('blanks'), source]),
  optional([skip('blanks'), logger]),
  optional([oneOf(pattern`:`, pattern` - `, pattern`- `, pattern` : `, pattern` | `, pattern`|`, pattern` -- : `)]),
  skip('blanks'),
];

const header = oneOf(
  [time, between, level],
  [time, between, speaker, between, level],
  [time, between, speaker, between, speaker, between, level],
  [oneOf(pattern`[${padded(']')}]`, pattern`(${padded(')')})`, pattern`<${padded('>')}>`), between, time],
  [bareLevel, between, time],
  // NestJS and NATS write their process first.
  [
    oneOf(pattern`[Nest] ${number('process.pid')}${skip('blanks')}- `, pattern`[${number('process.pid')}] `),
    time,
    between,
    level,
  ],
  pattern`[${withinUpTo(' ', [oneWord(largeLevels, 'rest')])} ${moment}${oneOf(pattern`]`, pattern` ${skip('blanks')}${text('log.logger')}]`)}`,
  pattern`[${moment} ${withinUpTo(' ]', [oneWord(largeLevels, 'rest')])}${oneOf(pattern`]`, pattern` ${skip('blanks')}${text('log.logger')}]`)}`,
);

export default defineFormat({
  name: 'app',
  title: 'application logs: a moment, a level, perhaps a logger, and a message, in the order and brackets of any library',
  source: 'log4j, logback, java.util.logging, Python logging, Monolog, Serilog, NLog, zap, env_logger and their like',
  rank: 20,
  pattern: [skip('blanks'), header, ...behind, message()],
  samples: [
    {
      kind: 'good',
      line: '2026-11-22 13:36:00,123 ERROR [http-nio-8080-exec-9] o.e.shop.auth.LoginService - Login failed for user "eve" from 203.0.113.5',
      fields: {
        timestamp: '2026-11-22T13:36:00.123Z',
        'log.level': 'error',
        'log.logger': 'o.e.shop.auth.LoginService',
        message: 'Login failed for user "eve" from 203.0.113.5',
        'user.name': 'eve',
        'source.ip': '203.0.113.5',
        'event.outcome': 'failure',
      },
    },
    {
      kind: 'good',
      line: '[2026-11-22 13:36:01.500] [main] [WARN ] disk is nearly full',
      fields: {
        timestamp: '2026-11-22T13:36:01.500Z',
        'log.level': 'warning',
        'log.logger': 'main',
        message: 'disk is nearly full',
      },
    },
    {
      kind: 'good',
      line: '[2026-11-22T13:36:02Z INFO  shop::cart] an item was added',
      fields: { 'log.level': 'info', 'log.logger': 'shop::cart', message: 'an item was added' },
    },
    {
      kind: 'good',
      line: '(W) 2026-11-22T13:36:03 - WebAPI login failure. Reason: invalid credentials, attempt count: 1, IP: 2001:db8::5, username: eve',
      fields: { 'log.level': 'warning', 'source.ip': '2001:db8::5', 'user.name': 'eve', 'event.outcome': 'failure' },
    },
    {
      kind: 'malformed',
      line: '2026-11-22 13:36:04 ERROR',
      fields: { 'log.level': 'error', message: undefined },
    },
    {
      kind: 'hostile',
      line: '2026-11-22 13:36:05 WARN [auth] Login failed for user "x" from 192.0.2.1" from 203.0.113.5',
      fields: { 'log.level': 'warning', 'source.ip': '203.0.113.5' },
    },
  ],
});
