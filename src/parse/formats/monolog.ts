import { levelFromWord } from '../../model/level.ts';
import type { FieldName } from '../fields.ts';
import { defineFormat, type Reading } from '../format.ts';
import { oneWord, pattern, skip, upTo, withinUpTo } from '../pattern.ts';
import { largeLevels } from '../pieces/level-words.ts';
import { bracketed, moment } from '../pieces/moments.ts';
import { readMonologTail } from '../structured/monolog-tail.ts';

const level = pattern`${upTo(' .[]')}.${withinUpTo(':', [oneWord(largeLevels, 'rest')])}:`;
const head = /^[[(<]? {0,8}([^\])>]{1,64}?)[\])>]? ([^\s.[\]]{1,128})\.([A-Z]{1,12}):/;

/** `guard` has seen its head. */
function read(text: string): Reading | undefined {
  const [all = '', timeText = '', logger = '', word = ''] = head.exec(text) ?? [];
  if (all === '') return undefined;
  const message = text.slice(all.length).replace(/^[ \t]+/, '');
  const fields = new Map<FieldName, string | number | readonly string[]>([['log.logger', logger]]);
  const level = levelFromWord(word);
  if (level !== undefined) fields.set('log.level', level);
  for (const [name, value] of readMonologTail(text.slice(all.length))) fields.set(name, value);
  if (message.trim() !== '') fields.set('message', message.trimEnd());
  return { fields, timeText };
}

export default defineFormat({
  name: 'monolog',
  title: 'Monolog, as Laravel, Symfony and Magento write it',
  source: 'https://github.com/Seldaek/monolog/blob/main/src/Monolog/Formatter/LineFormatter.php',
  rank: 45,
  joins: ['#0', '#1', '#2', '#3', '#4', '#5', '#6', '#7', '#8', '#9', '[stacktrace]', '"}'],
  guard: pattern`${bracketed(moment)} ${level}${skip('rest')}`,
  read,
  samples: [
    {
      kind: 'good',
      line: '[2026-11-22 13:36:00] local.WARNING: Login failed. Attempt for user "eve" failed. (203.0.113.5 -> POST:https://shop.example/login)',
      fields: {
        timestamp: '2026-11-22T13:36:00.000Z',
        'log.level': 'warning',
        'log.logger': 'local',
        'user.name': 'eve',
        'source.ip': '203.0.113.5',
        'event.outcome': 'failure',
      },
    },
    {
      kind: 'good',
      line: '[2026-11-22T13:36:01.123456+00:00] security.INFO: User was found {"username":"alice"} []',
      fields: { 'log.level': 'info', 'log.logger': 'security' },
    },
    {
      kind: 'good',
      line: '[2026-11-22T13:36:01.123456+00:00] security.WARNING: Login failed {"username":"eve"} {"url":"/login","ip":"203.0.113.5","http_method":"POST"}',
      fields: {
        'user.name': 'eve',
        'source.ip': '203.0.113.5',
        'http.request.method': 'POST',
        'url.path': '/login',
        'event.outcome': 'failure',
        message: 'Login failed {"username":"eve"} {"url":"/login","ip":"203.0.113.5","http_method":"POST"}',
      },
    },
    {
      kind: 'good',
      line: '[2026-11-22 13:36:01] production.ERROR: no such cart {"email":"eve@shop.example","exception":"[object] (Error(code: 0): no \\"such\\" cart at /srv/cart.php:7)\n[stacktrace]\n#0 /srv/index.php(3): add()\n"} ',
      fields: { 'log.level': 'error', 'log.lines': 4, 'user.name': 'eve@shop.example' },
    },
    { kind: 'malformed', line: '[2026-11-22 13:36:02] production.ERROR: ', fields: { 'log.level': 'error', message: undefined } },
    {
      kind: 'hostile',
      line: '[2026-11-22 13:36:03] app.WARNING: Failed login attempt for user "x" from 192.0.2.1" from 203.0.113.5',
      fields: { 'source.ip': '203.0.113.5' },
    },
    {
      kind: 'hostile',
      line: '[2026-11-22 13:36:04] app.INFO: searched for {"ip":"192.0.2.1"} [] {"ip":"203.0.113.5"} []',
      fields: { 'source.ip': '203.0.113.5' },
    },
    {
      kind: 'hostile',
      line: '[2026-11-22 13:36:05] app.INFO: searched for {"ip":"192.0.2.1"} []  ',
      fields: { 'source.ip': undefined },
    },
  ],
});
