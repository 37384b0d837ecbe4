import { defineFormat } from '../format.ts';
import { address, oneOf, pattern, rest, set, skip, stamp, text, upTo, url, within, word } from '../pattern.ts';
import { loginFailure, loginSuccess } from '../pieces/outcomes.ts';

/** The reason is cPanel's; the user and the target are the client's, so the last words count. */
const outcome = oneOf(
  pattern`FAILED LOGIN ${upTo(':', 'service.name')}: ${rest('event.reason')}${loginFailure('panel_login')}`,
  pattern`DEFERRED LOGIN ${upTo(':', 'service.name')}: ${rest('event.reason')}${loginFailure('panel_login')}`,
  pattern`SUCCESS LOGIN ${upTo(':', 'service.name')}${skip('rest')}${loginSuccess('panel_login')}`,
  pattern`NEW LOGIN ${rest()}${loginSuccess('panel_login')}`,
  [rest()],
);

const request = pattern`${word('http.request.method')} ${url('last')} HTTP/${rest('http.version')}`;

export default defineFormat({
  name: 'cpanel_login',
  title: 'cPanel and WHM login log',
  source: 'https://docs.cpanel.net/knowledge-base/cpanel-product/the-cpanel-log-files/: login_log',
  rank: 74,
  pattern: pattern`[${oneOf([stamp('anyWithTail')], [stamp('any')])}] ${upTo(' ')} [${text('process.name')}] ${address('source')} - ${within('first', [rest('user.name')])} "${within('quote', [oneOf(request, [])])}" ${set({ 'log.dataset': 'cpanel.login' })}${within('rest', [outcome], 'message')}`,
  samples: [
    {
      kind: 'good',
      line: '[2026-11-22 14:06:40 +0000] info [cpaneld] 203.0.113.5 - root "POST /login/?login_only=1 HTTP/1.1" FAILED LOGIN cpaneld: root login is not permitted to cpaneld',
      fields: {
        timestamp: '2026-11-22T14:06:40.000Z',
        'source.ip': '203.0.113.5',
        'user.name': 'root',
        'http.request.method': 'POST',
        'url.path': '/login/',
        'event.outcome': 'failure',
        'event.reason': 'root login is not permitted to cpaneld',
      },
    },
    {
      kind: 'malformed',
      line: '[2026-11-22 14:06:40 +0000] info [cpaneld] 203.0.113.5 - - "" FAILED LOGIN',
      fields: { 'source.ip': '203.0.113.5', 'user.name': undefined, 'event.outcome': undefined },
    },
    {
      kind: 'hostile',
      line: '[2026-11-22 14:06:40 +0000] info [cpaneld] 203.0.113.5 - x 192.0.2.1 - y "POST /login/ HTTP/1.1" FAILED LOGIN cpaneld: user name not provided or invalid user',
      fields: { 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
  ],
});
