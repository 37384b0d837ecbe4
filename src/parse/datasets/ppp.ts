import { defineDataset } from '../dataset.ts';
import { end, ip, longest, oneOf, pattern, rest, skip } from '../pattern.ts';
import { loginFailure, sessionEvent } from '../pieces/outcomes.ts';

const failure = loginFailure('vpn_login');
const protocol = oneOf(pattern`CHAP`, pattern`PAP`, pattern`EAP`);

export default defineDataset({
  name: 'ppp',
  source: 'pppd(8): pppd/auth.c, chap-new.c, upap.c; pptpd(8): pptpctrl.c; accel-ppp',
  programs: ['pppd', 'pptpd', 'accel-pppd', 'xl2tpd'],
  messages: [
    pattern`Peer ${longest('user.name')} failed ${protocol} authentication${failure}${end()}`,
    pattern`${protocol} peer authentication failed for ${rest('user.name')}${failure}`,
    pattern`${protocol} authentication failure for ${rest('user.name')}${failure}`,
    pattern`CTRL: Client ${ip('source')} control connection ${oneOf(pattern`started`, pattern`finished`)}${sessionEvent('vpn_session')}${skip('rest')}`,
  ],
  samples: [
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 gate pppd[77]: Peer eve failed CHAP authentication',
      fields: { 'user.name': 'eve', 'event.category': ['authentication'], 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 gate pptpd[77]: CTRL: Client 203.0.113.5 control connection started',
      fields: { 'source.ip': '203.0.113.5', 'event.category': ['session'] },
    },
    { kind: 'malformed', line: 'Nov 22 13:36:00 gate pppd[77]: Peer eve failed', fields: { 'user.name': undefined } },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:00 gate pppd[77]: Peer x failed CHAP authentication y failed PAP authentication',
      fields: { 'user.name': 'x failed CHAP authentication y' },
    },
  ],
});
