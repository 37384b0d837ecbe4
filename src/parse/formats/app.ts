import { defineFormat } from '../format.ts';
import { message, number, oneOf, oneWord, pattern, skip, text, upTo, withinUpTo } from '../pattern.ts';
import { largeLevels } from '../pieces/level-words.ts';
import { bareLevel, behind, between, level, padded, speaker } from '../pieces/logger-habits.ts';
import { bracketed, moment } from '../pieces/moments.ts';

const time = bracketed(moment);

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
  // Rust's zellij writes all in columns.
  pattern`${withinUpTo(' |', [oneWord(largeLevels, 'rest')])}${skip('blanks')}|${upTo(' |', 'log.logger')}${skip('blanks')}|${skip('blanks')}${moment}`,
  pattern`[${skip('blanks')}${withinUpTo(' ', [oneWord(largeLevels, 'rest')])} ${moment}${oneOf(pattern`]`, pattern` ${skip('blanks')}${text('log.logger')}]`)}`,
  pattern`[${moment} ${withinUpTo(' ]', [oneWord(largeLevels, 'rest')])}${oneOf(pattern`]`, pattern` ${skip('blanks')}${text('log.logger')}]`)}`,
);

export default defineFormat({
  name: 'app',
  title: 'application logs: a moment, a level, perhaps a logger, and a message, in the order and brackets of any library',
  source: 'log4j, logback, java.util.logging, Python logging, Monolog, Serilog, NLog, zap, env_logger and their like',
  rank: 20,
  joins: 'traces',
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
      kind: 'good',
      line: '2026-11-22T13:36:03.123Z\tWARN\tshop/main.go:10\tLogin failed for user eve from 203.0.113.5\t{"try": 2}',
      fields: { 'log.level': 'warning', 'log.logger': 'shop/main.go:10', 'source.ip': '203.0.113.5' },
    },
    {
      kind: 'good',
      line: '2026-11-22 13:36:03,123 shop.auth WARNING Login failed for user eve from 203.0.113.5',
      fields: { 'log.level': 'warning', 'log.logger': 'shop.auth', 'source.ip': '203.0.113.5' },
    },
    {
      kind: 'good',
      line: '[77] 2026/11/22 13:36:03.123456 [ERR] 203.0.113.5:4022 - cid:7 - authentication error - User "eve"',
      fields: { 'process.pid': 77, 'log.logger': undefined, 'user.name': 'eve', 'source.ip': '203.0.113.5', 'source.port': 4022 },
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
