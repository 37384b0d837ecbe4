import { defineDataset } from '../dataset.ts';
import { ip, longest, pattern } from '../pattern.ts';
import { loginFailure, loginSuccess } from '../pieces/outcomes.ts';

const failed = loginFailure('webmin_login');

export default defineDataset({
  name: 'webmin',
  source: 'Webmin: miniserv.pl (syslog)',
  programs: ['webmin', 'usermin'],
  messages: [
    pattern`Invalid login as ${longest('user.name')} from ${ip('source', 'rest')}${failed}`,
    pattern`Non-existent login as ${longest('user.name')} from ${ip('source', 'rest')}${failed}`,
    pattern`Successful login as ${longest('user.name')} from ${ip('source', 'rest')}${loginSuccess('webmin_login')}`,
  ],
  samples: [
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 web1 webmin[55]: Invalid login as eve from 203.0.113.5',
      fields: { 'user.name': 'eve', 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
    {
      kind: 'malformed',
      line: 'Nov 22 13:36:00 web1 webmin[55]: Invalid login as eve from 203.',
      fields: { 'source.ip': undefined },
    },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:00 web1 webmin[55]: Non-existent login as x from 192.0.2.1 from 203.0.113.5',
      fields: { 'user.name': 'x from 192.0.2.1', 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
  ],
});
