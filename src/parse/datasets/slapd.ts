import { defineDataset } from '../dataset.ts';
import { end, ip, longest, number, oneOf, oneWord, optional, pattern, recall, skip, text, upTo, withinUpTo } from '../pattern.ts';
import { loginFailure, loginSuccess, sessionEvent } from '../pieces/outcomes.ts';

const connection = pattern`conn=${upTo(' ', 'transaction.id')} `;
const operation = pattern`${connection}op=${upTo(' ')} `;
const remote = oneOf(
  pattern`[${ip('source', 'first')}]:${number('source.port')}`,
  pattern`${ip('source', 'last')}:${number('source.port')}`,
);
const local = oneOf(
  pattern`[${ip('destination', 'first')}]:${number('destination.port')}`,
  pattern`${ip('destination', 'last')}:${number('destination.port')}`,
);

/** The tag of an answer to a bind. Source: RFC 4511 §4.2.2. */
const bindAnswer = pattern`RESULT tag=97 err=`;
/** invalidCredentials, and others that say that a bind was refused. Source: RFC 4511 §4.1.9. */
const refusals = oneWord(
  Object.fromEntries(['7', '8', '48', '49', '50', '53'].map((code) => [code, { 'event.code': code }])),
  'rest',
);

export default defineDataset({
  name: 'slapd',
  source: 'OpenLDAP: servers/slapd/connection.c, result.c, bind.c (statslog)',
  programs: ['slapd'],
  // The address stands only where a connection begins.
  messages: [
    [
      oneOf(
        pattern`${connection}fd=${number()} ACCEPT from IP=${withinUpTo(' ', [remote])} (IP=${withinUpTo(')', [local])})${sessionEvent('ldap_connect')}${skip('rest')}`,
        pattern`${operation}BIND dn="${longest('user.name')}" method=${skip('rest')}`,
        pattern`${operation}${bindAnswer}${withinUpTo(' ', [refusals])}${loginFailure('ldap_bind')}${skip('rest')}`,
        pattern`${operation}${bindAnswer}0 ${loginSuccess('ldap_bind')}${skip('rest')}`,
        pattern`${connection}fd=${number()} closed${optional(pattern` (${text('event.reason')})${end()}`)}${sessionEvent('ldap_disconnect')}`,
      ),
      recall('transaction.id'),
    ],
  ],
  samples: [
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 ldap1 slapd[1183]: conn=1022 fd=21 ACCEPT from IP=203.0.113.5:45011 (IP=192.0.2.10:636)',
      fields: { 'source.ip': '203.0.113.5', 'source.port': 45011, 'destination.port': 636 },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 ldap1 slapd[1183]: conn=1023 op=1 RESULT tag=97 err=49 text=',
      fields: { 'event.outcome': 'failure', 'event.category': ['authentication'], 'event.code': '49' },
    },
    {
      kind: 'malformed',
      line: 'Nov 22 13:36:00 ldap1 slapd[1183]: conn=1025 fd=21 ACCEPT from PATH=/run/ldapi (PATH=/run/ldapi)',
      fields: { 'source.ip': undefined },
    },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:00 ldap1 slapd[1183]: conn=1024 op=0 BIND dn="cn=x" method=128 RESULT tag=97 err=49" method=128',
      fields: { 'user.name': 'cn=x" method=128 RESULT tag=97 err=49', 'event.outcome': undefined },
    },
  ],
});
