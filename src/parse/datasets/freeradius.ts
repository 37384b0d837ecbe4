import { defineDataset } from '../dataset.ts';
import { number, oneOf, optional, pattern, rest, skip, withinUpTo } from '../pattern.ts';
import { loginFailure, loginSuccess } from '../pieces/outcomes.ts';

/** `[eve/password]`, `[eve/<via Auth-Type = mschap>]` or `[eve]`: what stands behind a slash is not read. */
const user = pattern`[${withinUpTo('/]', [rest('user.name')])}${skip('rest')}`;
const before = pattern`${optional(pattern`Auth: `)}${optional(pattern`(${number()}) `)}`;

export default defineDataset({
  name: 'freeradius',
  source: 'FreeRADIUS: src/main/auth.c, rad_authlog; radiusd.conf(5), log { auth }',
  programs: ['freeradius', 'radiusd'],
  messages: [
    pattern`${before}${oneOf(pattern`Login incorrect`, pattern`Invalid user`)}${optional(pattern` (${skip('first')})`)}: ${user}${loginFailure('network_login')}`,
    pattern`${before}Login OK: ${user}${loginSuccess('network_login')}`,
  ],
  samples: [
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 gate radiusd[77]: (5) Login incorrect (mschap: MS-CHAP2-Response is incorrect): [eve/<via Auth-Type = mschap>] (from client ap1 port 5 cli 00-11-22-33-44-55)',
      fields: { 'user.name': 'eve', 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 gate freeradius[77]: Login OK: [eve] (from client ap1 port 5)',
      fields: { 'user.name': 'eve', 'event.outcome': 'success' },
    },
    { kind: 'malformed', line: 'Nov 22 13:36:00 gate radiusd[77]: Login incorrect: eve', fields: { 'user.name': undefined } },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:00 gate radiusd[77]: Login incorrect: [x] Login OK: [eve/y] (from client ap1 port 5)',
      fields: { 'user.name': 'x', 'event.outcome': 'failure' },
    },
  ],
});
