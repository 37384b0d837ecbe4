import { defineFormat } from '../format.ts';
import {
  ip,
  longest,
  number,
  oneOf,
  oneWord,
  optional,
  pattern,
  rest,
  set,
  skip,
  stamp,
  upTo,
  within,
  withinUpTo,
} from '../pattern.ts';
import { anyCaseLevels } from '../pieces/level-words.ts';
import { loginFailure, networkEvent } from '../pieces/outcomes.ts';

const failure = loginFailure('sip_login');

/** Names come from a client, so the address is behind the last ` from ip `. */
const words = oneOf(
  pattern`SIP auth failure (${upTo(')', 'event.reason')}) on sofia profile '${skip('first')}' for [${longest('user.name')}] from ip ${ip('source')}${failure}`,
  pattern`SIP auth challenge (${upTo(')', 'event.reason')}) on sofia profile '${skip('first')}' for [${longest('user.name')}] from ip ${ip('source')}${networkEvent('sip_challenge')}`,
  pattern`Can't find user [${longest('user.name')}] from ${ip('source')}${failure}${skip('rest')}`,
  pattern`IP ${ip('source')} Rejected by ${rest('event.reason')}${networkEvent('sip_refused')}`,
  [rest()],
);

export default defineFormat({
  name: 'freeswitch',
  title: 'FreeSWITCH',
  source: 'https://developer.signalwire.com/freeswitch/: mod_logfile; sofia_reg.c',
  rank: 73,
  pattern: pattern`${stamp('iso')} ${optional(pattern`${upTo('% ')}% `)}[${withinUpTo(']', [oneWord(anyCaseLevels, 'rest')])}] ${within('word', pattern`${upTo('.')}.c:${number()}`, 'log.logger')} ${set({ 'log.dataset': 'freeswitch' })}${within('rest', [words], 'message')}`,
  samples: [
    {
      kind: 'good',
      line: "2026-11-22 13:36:00.685002 96.83% [WARNING] sofia_reg.c:3223 SIP auth failure (REGISTER) on sofia profile 'internal' for [100@192.0.2.10] from ip 203.0.113.5",
      fields: {
        timestamp: '2026-11-22T13:36:00.685Z',
        'log.level': 'warning',
        'source.ip': '203.0.113.5',
        'user.name': '100@192.0.2.10',
        'event.outcome': 'failure',
      },
    },
    {
      kind: 'good',
      line: '2026-11-22 13:36:00.685002 [WARNING] sofia_reg.c:3223 IP 203.0.113.5 Rejected by register acl "domains"',
      fields: { 'source.ip': '203.0.113.5', 'event.action': 'sip_refused' },
    },
    {
      kind: 'malformed',
      line: '2026-11-22 13:36:00.685002 [WARNING] sofia_reg.c:3223 SIP auth',
      fields: { 'source.ip': undefined },
    },
    {
      kind: 'hostile',
      line: "2026-11-22 13:36:00.685002 [WARNING] sofia_reg.c:3223 Can't find user [x] from 192.0.2.1 [y@pbx.example] from 203.0.113.5",
      fields: { 'source.ip': '203.0.113.5' },
    },
  ],
});
