import { defineDataset } from '../dataset.ts';
import { end, oneOf, optional, pattern, rest, set, skip, text, within, word } from '../pattern.ts';

const failed = set({
  'event.category': ['process'],
  'event.action': 'service_failed',
  'event.outcome': 'failure',
  'log.level': 'error',
});
const exited = set({
  'event.category': ['process'],
  'event.action': 'service_exited',
  'event.outcome': 'failure',
  'log.level': 'warning',
});
/** A unit's name holds no blanks; what a unit says of itself may. */
const service = within('first', pattern`${word('service.name')}${end()}`);

export default defineDataset({
  name: 'systemd',
  source: 'systemd: src/core/unit.c, service.c, job.c (log_unit_…)',
  programs: ['systemd'],
  messages: [
    pattern`${service}: Main process exited, code=${text('event.code')}, status=${rest('event.reason')}${exited}`,
    pattern`${service}: Failed with result '${text('event.reason')}'${failed}${skip('rest')}`,
    pattern`${service}: ${optional(pattern`Scheduled `)}restart job, restart counter is at ${skip('rest')}${set({ 'event.category': ['process'], 'event.action': 'service_restart' })}`,
    pattern`${service}: Start request repeated too quickly${skip('rest')}${failed}`,
    pattern`${service}: A process of this unit has been killed by the OOM killer${skip('rest')}${set({ 'event.category': ['host'], 'event.action': 'oom_kill', 'log.level': 'error' })}`,
    pattern`${service}: ${oneOf(pattern`Watchdog timeout`, pattern`Start operation timed out`, pattern`State 'stop-sigterm' timed out`)}${skip('rest')}${failed}`,
    pattern`${service}: Control process exited, code=${text('event.code')}, status=${rest('event.reason')}${exited}`,
    pattern`${service}: Unit entered failed state${skip('rest')}${failed}`,
    pattern`Failed to start ${rest('event.reason')}${failed}`,
    pattern`Started ${rest('event.reason')}${set({ 'event.category': ['process'], 'event.action': 'service_started' })}`,
    pattern`Stopped ${rest('event.reason')}${set({ 'event.category': ['process'], 'event.action': 'service_stopped' })}`,
  ],
  samples: [
    {
      kind: 'good',
      line: "2026-11-22T13:36:00.000001+00:00 web1 systemd[1]: php8.2-fpm.service: Failed with result 'exit-code'.",
      fields: {
        'log.dataset': 'systemd',
        'service.name': 'php8.2-fpm.service',
        'event.action': 'service_failed',
        'event.reason': 'exit-code',
      },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 web1 systemd[1]: mysql.service: Main process exited, code=killed, status=9/KILL',
      fields: { 'service.name': 'mysql.service', 'event.code': 'killed', 'event.action': 'service_exited' },
    },
    { kind: 'malformed', line: 'Nov 22 13:36:00 web1 systemd[1]: mysql.service:', fields: { 'event.action': undefined } },
    {
      kind: 'hostile',
      line: "Nov 22 13:36:00 web1 systemd[1]: Started a: Failed with result 'x'.",
      fields: { 'event.action': 'service_started', 'service.name': undefined },
    },
  ],
});
