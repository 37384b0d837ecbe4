import { defineDataset } from '../dataset.ts';
import { end, ip, longest, number, oneOf, pattern, skip, url } from '../pattern.ts';
import { loginFailure, loginSuccess } from '../pieces/outcomes.ts';

/** Site, time, type, address, request, referrer, user's number and link: only what stands before the request is Drupal's alone. */
const head = pattern`http${skip('first')}|${number()}|${skip('first')}|${ip('source', 'first')}|${url('first')}|`;
const login = oneOf(
  pattern`${skip('last')}|Login attempt failed ${oneOf(pattern`for`, pattern`from`)} ${longest('user.name')}.${end()}${loginFailure('login')}`,
  pattern`${skip('last')}|Session opened for ${longest('user.name')}.${end()}${loginSuccess('login')}`,
  [],
);

export default defineDataset({
  name: 'drupal',
  source: 'https://git.drupalcode.org/project/drupal: core/modules/syslog/src/Logger/SysLog.php; core/modules/user',
  programs: ['*'],
  messages: [pattern`${head}${login}`],
  samples: [
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 web1 drupal[7]: https://shop.example|1795354560|user|203.0.113.5|https://shop.example/user/login|https://shop.example/|0||Login attempt failed for eve.',
      fields: {
        'source.ip': '203.0.113.5',
        'user.name': 'eve',
        'event.outcome': 'failure',
        'url.path': '/user/login',
      },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:01 web1 drupal[7]: https://shop.example|1795354561|user|203.0.113.5|https://shop.example/user|https://shop.example/|1||Session opened for alice.',
      fields: { 'user.name': 'alice', 'event.outcome': 'success' },
    },
    {
      kind: 'malformed',
      line: 'Nov 22 13:36:02 web1 drupal[7]: https://shop.example|1795354560|user|',
      fields: { 'source.ip': undefined, 'event.outcome': undefined },
    },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:03 web1 drupal[7]: https://shop.example|1795354560|user|203.0.113.5|https://shop.example/user/login?a=|192.0.2.1|x|0||Login attempt failed for eve.|0||Login attempt failed for bob.',
      fields: { 'source.ip': '203.0.113.5', 'user.name': 'bob' },
    },
  ],
});
