import { defineDataset } from '../dataset.ts';
import { end, ip, longest, number, oneOf, optional, pattern, rest, skip, upTo, within, withinUpTo } from '../pattern.ts';
import { loginFailure, loginSuccess, networkEvent } from '../pieces/outcomes.ts';

const failure = loginFailure('desktop_login');
const connected = networkEvent('desktop_connection');
/** `192.0.2.1::5000` (VNC), `192.0.2.1:5000` or an address alone. */
const peer = oneOf(
  pattern`${ip('source', 'last')}::${number('source.port')}${end()}`,
  pattern`${ip('source', 'last')}:${number('source.port')}${end()}`,
  [ip('source', 'rest')],
);
/** xrdp writes its level, padded, before the message. */
const level = oneOf(pattern`[${upTo(']')}] `, []);

export default defineDataset({
  name: 'remote_desktop',
  source:
    'xrdp: sesman/sesman.c (AUTHFAIL), common/os_calls.c; TigerVNC: network/TcpSocket.cxx, rfb/Logger; libvncserver: auth.c; x11vnc',
  programs: ['xrdp', 'xrdp-sesman', 'Xvnc', 'vncserver', 'x0vncserver', 'x11vnc', 'Xtigervnc', 'winvnc', 'guacd'],
  messages: [
    pattern`${level}AUTHFAIL: user=${longest('user.name')} ip=${withinUpTo(' ', [peer])} time=${skip('rest')}${failure}`,
    pattern`${level}${oneOf(pattern`Access permitted for user: ${rest('user.name')}`, pattern`++ created session (access granted): username ${upTo(' ,', 'user.name')}${skip('rest')}`)}${loginSuccess('desktop_login')}`,
    pattern`${level}login failed for user: ${rest('user.name')}${failure}`,
    pattern`${level}${optional(pattern`Socket ${number()}: AF_INET${oneOf(pattern`6`, [])} `)}connection received from ${ip('source')} port ${number('source.port')}${connected}${skip('rest')}`,
    pattern`${skip('blanks')}Connections: accepted: ${oneOf(pattern`[${ip('source', 'first')}]::${number('source.port')}`, [within('word', [peer])])}${connected}${skip('rest')}`,
    pattern`${skip('blanks')}Connections: closed: ${withinUpTo(' ', [peer])} (${oneOf(pattern`Authentication failure`, pattern`Too many security failures`, pattern`Too many authentication failures`)}${failure}${skip('rest')}`,
    pattern`${skip('blanks')}Connections: blacklisted: ${withinUpTo(' ', [peer])}${loginFailure('desktop_blocked')}${skip('rest')}`,
    pattern`rfbAuthProcessClientMessage: authentication failed from ${ip('source')}${failure}${skip('rest')}`,
    pattern`authentication failed from ${ip('source')}${failure}${skip('rest')}`,
  ],
  samples: [
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 desk xrdp-sesman[77]: [INFO ] AUTHFAIL: user=eve ip=203.0.113.5 time=1795354560',
      fields: { 'user.name': 'eve', 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 desk Xvnc[77]:  Connections: closed: 203.0.113.5::5000 (Authentication failure)',
      fields: { 'source.ip': '203.0.113.5', 'source.port': 5000, 'event.outcome': 'failure' },
    },
    {
      kind: 'malformed',
      line: 'Nov 22 13:36:00 desk xrdp-sesman[77]: [INFO ] AUTHFAIL: user=eve',
      fields: { 'source.ip': undefined },
    },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:00 desk xrdp-sesman[77]: [INFO ] AUTHFAIL: user=x ip=192.0.2.1 time=1 ip=203.0.113.5 time=1795354560',
      fields: { 'user.name': 'x ip=192.0.2.1 time=1', 'source.ip': '203.0.113.5' },
    },
  ],
});
