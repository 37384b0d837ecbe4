import { defineFormat } from '../format.ts';
import {
  ip,
  number,
  oneOf,
  oneWord,
  optional,
  pairs,
  pattern,
  rest,
  set,
  skip,
  stamp,
  text,
  within,
  withinUpTo,
} from '../pattern.ts';
import { levelConstants } from '../pieces/level-words.ts';
import { mailLogin, mailLoginFailed } from '../pieces/mail.ts';

const more = skip('rest');
const levels = Object.fromEntries(Object.entries(levelConstants).map(([name, constants]) => [name.toUpperCase(), constants]));

const client = withinUpTo(';,', [ip('source', 'rest')]);
/** What is known of the request. `oip` is the client where a proxy stands between; what it says of itself comes behind. */
const context = pattern`${optional(pattern`name=${within('first', [rest('user.name')])};`)}${optional(pattern`aname=${skip('first')};`)}${optional(pattern`mid=${number()};`)}${oneOf(
  pattern`ip=${client};oip=${client}`,
  pattern`ip=${client}`,
  pattern`oip=${client}`,
  [],
)}${pairs({ ua: [rest('user_agent.original')] }, ';')}`;
const zimbra = pattern`[${skip('first')}] [${within('first', context)}] ${within('first', [rest('log.logger')])} - ${oneOf(
  pattern`cmd=Auth; account=${text('user.name')}; ${within('rest', [
    oneOf(pattern`${skip('first')}error=${rest('event.reason')}${mailLoginFailed}`, pattern`protocol=${more}${mailLogin}`, []),
  ])}`,
  pattern`${skip('first')}authentication failed for [${text('user.name')}]${rest('event.reason')}${mailLoginFailed}`,
  [more],
)}`;

export default defineFormat({
  name: 'zimbra',
  title: 'Zimbra: mailbox.log and audit.log',
  source: 'Zimbra: ZimbraLog.java; log4j.properties',
  rank: 63,
  pattern: pattern`${stamp('iso')} ${oneWord(levels)}${skip('blanks')}${set({ 'log.dataset': 'zimbra' })}${within('rest', zimbra, 'message')}`,
  samples: [
    {
      kind: 'good',
      line: '2026-11-22 13:36:00,616 INFO  [qtp1-2:https://mx1.example/soap] [name=eve@shop.example;oip=203.0.113.5;port=52016;ua=Zimbra - GC88 (Linux);] SoapEngine - handler exception: authentication failed for [eve@shop.example], invalid password',
      fields: {
        'log.level': 'info',
        'user.name': 'eve@shop.example',
        'source.ip': '203.0.113.5',
        'event.outcome': 'failure',
        'user_agent.original': 'Zimbra - GC88 (Linux)',
      },
    },
    {
      kind: 'good',
      line: '2026-11-22 13:36:00,616 WARN  [ImapServer-7] [ip=192.0.2.10;oip=203.0.113.5;via=192.0.2.11(nginx/1.7);ua=Zimbra/8;cid=7;] security - cmd=Auth; account=eve@shop.example; protocol=imap; error=authentication failed for [eve@shop.example], invalid password;',
      fields: { 'log.level': 'warning', 'user.name': 'eve@shop.example', 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
    {
      kind: 'malformed',
      line: '2026-11-22 13:36:00,616 INFO  [main] [] misc - version=9',
      fields: { 'log.level': 'info', 'source.ip': undefined },
    },
    {
      kind: 'hostile',
      line: '2026-11-22 13:36:00,616 INFO  [qtp1-2:https://mx1.example/soap] [oip=203.0.113.5;ua=x;oip=192.0.2.1;] SoapEngine - handler exception: authentication failed for [eve], account not found',
      fields: { 'source.ip': '203.0.113.5', 'user.name': 'eve' },
    },
  ],
});
