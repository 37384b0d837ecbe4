import type { FieldName } from '../fields.ts';
import { defineFormat, type Reading } from '../format.ts';
import { pattern, skip, upTo } from '../pattern.ts';

/** pm2's `0|shop  | `, and with `--time` or `log_date_format` a moment behind it; Docker Compose's `shop-1  | `. */
const head =
  /^(?:\d{1,4}\|([\w.@-]{1,64}) {0,40}|([\w.@-]{1,64}) {1,40})\| (?:(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[\d.]{0,10}(?:Z|[+-]\d\d:\d\d)?): )?/;

function read(line: string): Reading | undefined {
  const found = head.exec(line);
  if (found === null) return undefined;
  const [all, pm2Name, composeName, moment] = found;
  const name = pm2Name ?? composeName;
  const fields = new Map<FieldName, string>([['message', line.slice(all.length)]]);
  if (name !== undefined) fields.set('process.name', name);
  return moment === undefined ? { fields, isOnlyAround: true } : { fields, timeText: moment };
}

export default defineFormat({
  name: 'supervised',
  title: 'output that pm2 or Docker Compose has put a name before',
  source: 'https://pm2.keymetrics.io/docs/usage/log-management/; docker compose logs',
  rank: 36,
  holds: 'lines',
  guard: pattern`${upTo('|"[{(<:')}|${skip('rest')}`,
  read,
  samples: [
    {
      kind: 'good',
      line: '0|shop  | 2026-11-22T13:36:00: {"level":50,"msg":"login failed","ip":"203.0.113.5"}',
      fields: {
        timestamp: '2026-11-22T13:36:00.000Z',
        'process.name': 'shop',
        'log.level': 'error',
        'source.ip': '203.0.113.5',
        message: 'login failed',
      },
    },
    {
      kind: 'good',
      line: 'shop-1  | time=2026-11-22T13:36:01Z level=WARN msg="bad password" username=eve client_ip=203.0.113.5',
      fields: { 'process.name': 'shop-1', 'log.level': 'warning', 'user.name': 'eve', 'event.outcome': 'failure' },
    },
    { kind: 'malformed', line: 'shop  | hello', fields: { message: 'shop  | hello' }, takenBy: 'text' },
    {
      kind: 'hostile',
      line: '0|shop  | 2026-11-22T13:36:02: 1|bank  | {"ip":"192.0.2.1"}',
      fields: { 'process.name': 'shop', 'source.ip': undefined },
    },
  ],
});
