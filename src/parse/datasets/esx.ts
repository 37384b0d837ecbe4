import { defineDataset } from '../dataset.ts';
import { ip, longest, number, oneOf, pattern, skip, text } from '../pattern.ts';
import { loginFailure, loginSuccess } from '../pieces/outcomes.ts';

const failed = loginFailure('esx_login');
const loggedIn = loginSuccess('esx_login');

/** What stands before an event: its level, the part of the daemon that tells of it. */
const event = pattern`${skip('first')}Event ${number()} : `;

export default defineDataset({
  name: 'esx',
  source: 'VMware ESXi: hostd.log, by syslog; vSphere API, events BadUsernameSessionEvent and UserLoginSessionEvent',
  programs: ['Hostd', 'hostd', 'vmware-hostd', 'vmware-authd'],
  messages: [
    pattern`Rejected password for user ${longest('user.name')} from ${ip('source', 'rest')}${failed}`,
    pattern`Accepted password for user ${longest('user.name')} from ${ip('source', 'rest')}${loggedIn}`,
    pattern`${event}Cannot login ${longest('user.name')}@${ip('source', 'rest')}${failed}`,
    // The client names its software at the end; a name of a domain has an at sign of its own.
    pattern`${event}User ${oneOf(
      pattern`${text('user.name')}@${ip('source')} logged in as `,
      pattern`${longest('user.name')}@${ip('source')} logged in as `,
    )}${skip('rest')}${loggedIn}`,
  ],
  samples: [
    {
      kind: 'good',
      line: '2026-11-22T13:36:00.123Z esx1 Hostd: info hostd[2099] [Originator@6876 sub=Vimsvc.ha-eventmgr] Event 123 : Cannot login eve@203.0.113.5',
      fields: { 'user.name': 'eve', 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: '2026-11-22T13:36:00.123Z esx1 Hostd: info hostd[2099] [Originator@6876 sub=Vimsvc.ha-eventmgr] Event 124 : User root@203.0.113.8 logged in as VMware-client/6.5.0',
      fields: { 'user.name': 'root', 'source.ip': '203.0.113.8', 'event.outcome': 'success' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 esx1 vmware-hostd[55]: Rejected password for user eve from 203.0.113.5',
      fields: { 'user.name': 'eve', 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
    {
      kind: 'malformed',
      line: '2026-11-22T13:36:00.123Z esx1 Hostd: info hostd[2099] Event 123 : Cannot login eve',
      fields: { 'source.ip': undefined, 'event.outcome': undefined },
    },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:00 esx1 vmware-hostd[55]: Rejected password for user x from 192.0.2.1 from 203.0.113.5',
      fields: { 'user.name': 'x from 192.0.2.1', 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
  ],
});
