import {
  end,
  ip,
  longest,
  number,
  oneOf,
  oneWord,
  optional,
  type Pattern,
  pattern,
  rest,
  skip,
  text,
  upTo,
  within,
  withinUpTo,
} from '../pattern.ts';
import { anyCaseLevels } from './level-words.ts';
import { loginFailure, loginSuccess, networkEvent } from './outcomes.ts';

const failure = loginFailure('sip_login');
const refused = networkEvent('sip_refused');
const more = skip('rest');

/** `192.0.2.1:5060`, `[2001:db8::1]:5060`, `UDP:192.0.2.1:5060` or an address alone. */
const address = oneOf(
  pattern`[${ip('source', 'first')}]:${number('source.port')}${end()}`,
  pattern`${ip('source', 'last')}:${number('source.port')}${end()}`,
  [ip('source', 'rest')],
);
const peer = oneOf(pattern`${oneOf(pattern`UDP:`, pattern`TCP:`, pattern`TLS:`, pattern`WS:`, pattern`WSS:`)}${address}`, [
  address,
]);

/** What became of a request, in the words of the security log. */
const securityEvent = oneOf(
  [
    oneWord(
      Object.fromEntries(
        [
          'InvalidAccountID',
          'InvalidPassword',
          'ChallengeResponseFailed',
          'FailedACL',
          'UnexpectedAddress',
          'AuthMethodNotAllowed',
        ].map((event) => [
          event,
          { 'event.code': event, 'event.category': ['authentication'], 'event.action': 'sip_login', 'event.outcome': 'failure' },
        ]),
      ),
      'first',
    ),
  ],
  pattern`SuccessfulAuth${loginSuccess('sip_login')}`,
  [text('event.code')],
);

const remoteAddress = pattern`${upTo('/')}/${upTo('/', 'network.transport')}/${ip('source', 'first')}/${number('source.port')}`;
const localAddress = pattern`${upTo('/')}/${upTo('/')}/${ip('destination', 'first')}/${number('destination.port')}`;

/** Account and session come from a client, and quotes in them are not escaped: the last addresses are Asterisk's. */
const security = pattern`SecurityEvent="${within('first', [securityEvent])}",${skip('first')}AccountID="${text('user.name')}",SessionID="${skip('last')}",LocalAddress="${localAddress}",RemoteAddress="${remoteAddress}"${more}`;

/** What channel drivers and the manager say, behind the name of the source file. */
const words: readonly Pattern[] = [
  security,
  pattern`${oneOf(pattern`Registration`, pattern`Request`)}${skip('last')}' failed for '${within('first', [peer])}'${failure}${oneOf(pattern` (callid: ${skip('first')}) - ${rest('event.reason')}`, pattern` - ${rest('event.reason')}`, [more])}`,
  pattern`${skip('first')}Call ${oneOf(pattern`from '${skip('first')}' (`, pattern`(`)}${within('first', [peer])}) to extension '${skip('last')}' rejected because ${rest('event.reason')}${refused}`,
  pattern`Host ${ip('source')} failed ${oneOf(pattern`to authenticate as '`, pattern`MD5 authentication for '`)}${longest('user.name')}'${failure}${more}`,
  pattern`No registration for peer '${longest('user.name')}' (from ${ip('source', 'last')})${failure}${more}`,
  pattern`hacking attempt detected '${ip('source', 'first')}'${refused}${more}`,
  pattern`${ip('source')} failed to authenticate as '${longest('user.name')}'${failure}${more}`,
  pattern`${ip('source')} tried to authenticate with nonexistent user '${longest('user.name')}'${failure}${more}`,
  pattern`Failed to authenticate ${oneOf(pattern`device`, pattern`user`)} ${rest('user.name')}${failure}`,
];

/** `chan_sip.c:23417 in handle_request_register: `: where a message comes from. */
const place = pattern`${upTo(' :')}${oneOf(pattern`:${number()} in ${upTo(' :')}:`, pattern`:${number()} ${upTo(' :')}:`, pattern`:`)}${skip('blanks')}`;

const unknownPeer = pattern`Ext. ${skip('first')}: "Rejecting unknown SIP connection from ${within('first', [peer])}"${refused}${more}`;

const level = oneWord({ ...anyCaseLevels, SECURITY: { 'log.level': 'notice' }, VERBOSE: {}, DTMF: {} }, 'rest');

/** A message of Asterisk, from its level on, which a thread and a call follow in brackets. */
export const asteriskMessage: Pattern = pattern`${withinUpTo('[ ', [level])}${skip('blanks')}[${number('process.thread.id')}]${optional(pattern`[${skip('first')}]`)}${optional(pattern`:`)} ${oneOf(unknownPeer, [...place, oneOf(...words)], [more])}`;
