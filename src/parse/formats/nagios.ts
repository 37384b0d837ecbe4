import { defineFormat } from '../format.ts';
import { oneOf, oneWord, pattern, rest, set, skip, stamp, text } from '../pattern.ts';

const host = text('host.name');
const output = rest('message');
const service = text('service.name');

/** What a state weighs. */
const state = oneWord(
  {
    OK: { 'log.level': 'info' },
    UP: { 'log.level': 'info' },
    WARNING: { 'log.level': 'warning' },
    CRITICAL: { 'log.level': 'critical' },
    DOWN: { 'log.level': 'critical' },
    UNREACHABLE: { 'log.level': 'error' },
    UNKNOWN: { 'log.level': 'notice' },
  },
  'first',
);
const anyState = oneOf(pattern`${state};`, pattern`${skip('first')};`);

const entry = oneOf(
  pattern`${oneOf(pattern`CURRENT`, pattern`INITIAL`)} SERVICE STATE: ${host};${service};${anyState}${skip('first')};${skip('first')};${output}`,
  pattern`${oneOf(pattern`CURRENT`, pattern`INITIAL`)} HOST STATE: ${host};${anyState}${skip('first')};${skip('first')};${output}`,
  pattern`SERVICE ${oneOf(pattern`ALERT`, pattern`FLAPPING ALERT`)}: ${host};${service};${anyState}${skip('first')};${skip('first')};${output}`,
  pattern`HOST ${oneOf(pattern`ALERT`, pattern`FLAPPING ALERT`)}: ${host};${anyState}${skip('first')};${skip('first')};${output}`,
  pattern`SERVICE NOTIFICATION: ${text('user.name')};${host};${service};${anyState}${skip('first')};${output}`,
  pattern`HOST NOTIFICATION: ${text('user.name')};${host};${anyState}${skip('first')};${output}`,
  pattern`SERVICE EVENT HANDLER: ${host};${service};${anyState}${skip('first')};${skip('first')};${output}`,
  pattern`HOST EVENT HANDLER: ${host};${anyState}${skip('first')};${skip('first')};${output}`,
  pattern`PASSIVE SERVICE CHECK: ${host};${service};${skip('first')};${output}`,
  pattern`PASSIVE HOST CHECK: ${host};${skip('first')};${output}`,
  pattern`EXTERNAL COMMAND: ${oneOf(pattern`SCHEDULE_HOST_DOWNTIME`, pattern`SCHEDULE_HOST_SVC_DOWNTIME`)};${host};${skip('first')};${skip('first')};${skip('first')};${skip('first')};${skip('first')};${text('user.name')};${output}`,
  pattern`EXTERNAL COMMAND: ${output}`,
  pattern`TIMEPERIOD TRANSITION: ${output}`,
  pattern`${oneOf(pattern`Auto-save of retention data`, pattern`Nagios `, pattern`Finished daemonizing`, pattern`LOG `, pattern`Caught SIG`, pattern`Warning: `, pattern`Error: `, pattern`wproc: `, pattern`Successfully `)}${output}`,
);

export default defineFormat({
  name: 'nagios',
  title: 'Nagios, Icinga 1 and Naemon',
  source: 'nagioscore: base/logging.c, base/notifications.c, common/statusdata.c',
  rank: 74,
  pattern: pattern`[${stamp('epoch')}] ${entry}${set({ 'log.dataset': 'nagios' })}`,
  samples: [
    {
      kind: 'good',
      line: '[1795354560] SERVICE ALERT: web1;HTTP;CRITICAL;SOFT;1;connect to address 192.0.2.10: refused',
      fields: {
        timestamp: '2026-11-22T13:36:00.000Z',
        'host.name': 'web1',
        'service.name': 'HTTP',
        'log.level': 'critical',
        message: 'connect to address 192.0.2.10: refused',
      },
    },
    {
      kind: 'good',
      line: '[1795354560] HOST NOTIFICATION: nagiosadmin;web1;DOWN;host-notify-by-email;CRITICAL - Socket timeout',
      fields: { 'user.name': 'nagiosadmin', 'host.name': 'web1', message: 'CRITICAL - Socket timeout' },
    },
    { kind: 'malformed', line: '[1795354560] SERVICE ALERT: web1;HTTP', takenBy: 'stamped', fields: { 'host.name': undefined } },
    {
      kind: 'hostile',
      line: '[1795354560] SERVICE ALERT: web1;HTTP;OK;HARD;1;x;web2;DOWN',
      fields: { 'host.name': 'web1', 'log.level': 'info', message: 'x;web2;DOWN' },
    },
  ],
});
