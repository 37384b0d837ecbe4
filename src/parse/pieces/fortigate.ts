import {
  address,
  anyWord,
  type Constants,
  ip,
  number,
  oneOf,
  oneWord,
  type Pattern,
  pairs,
  pattern,
  rest,
  skip,
  stamp,
} from '../pattern.ts';
import { anyCaseLevels } from './level-words.ts';

const login: Constants = { 'event.category': ['authentication'], 'event.action': 'login' };
const failedLogin: Constants = { 'event.category': ['authentication'], 'event.action': 'vpn_login', 'event.outcome': 'failure' };
const denied: Constants = { 'event.category': ['network'], 'event.action': 'firewall_denied', 'event.outcome': 'failure' };
const allowed: Constants = { 'event.category': ['network'], 'event.action': 'firewall_allowed', 'event.outcome': 'success' };

const actions: Readonly<Record<string, Constants>> = {
  login,
  'ssl-login-fail': failedLogin,
  'ssl-login-failed': failedLogin,
  'authentication-failure': failedLogin,
  deny: denied,
  blocked: denied,
  dropped: denied,
  accept: allowed,
  close: allowed,
  pass: allowed,
};

/**
 * The pairs of a FortiOS message. `date` and `time` are the device's own and name no zone, so that `eventtime` counts where
 * it is there. Source: FortiOS Log Message Reference.
 */
export const fortigatePairs: Pattern = pattern`date=${oneOf([stamp('anyDate')], pattern`${skip('word')} time=${skip('word')}`)} ${pairs(
  {
    eventtime: [stamp('epoch')],
    itime: [stamp('epoch')],
    devname: [rest('host.name')],
    logid: [rest('event.code')],
    level: [oneWord(anyCaseLevels, 'rest')],
    srcip: [ip('source', 'rest')],
    remip: [address('source', 'rest')],
    srcport: [number('source.port')],
    dstip: [ip('destination', 'rest')],
    dstport: [number('destination.port')],
    user: [rest('user.name')],
    action: [anyWord(actions, 'rest')],
    status: [anyWord({ failed: { 'event.outcome': 'failure' }, success: { 'event.outcome': 'success' } }, 'rest')],
    reason: [rest('event.reason')],
    attack: [rest('rule.name')],
    hostname: [rest('url.domain')],
    url: [rest('url.original')],
    agent: [rest('user_agent.original')],
    msg: [rest('message')],
  },
)}`;
