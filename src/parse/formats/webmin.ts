import { isIP } from 'node:net';
import type { FieldName } from '../fields.ts';
import { defineFormat, type Reading } from '../format.ts';
import { number, pattern, skip, upTo } from '../pattern.ts';

/** Seconds, process and count; local time; user, session, address, module and script; action, type and object. */
const entry = /^(\d{10})\.\d+\.\d+ \[[^\]]{1,40}\] (\S+) \S+ (\S+) (\S+) \S+ "([^"]*)" "[^"]*" "([^"]*)"/;

const logins: Readonly<Record<string, string>> = { failed: 'failure', login: 'success' };

function read(line: string): Reading | undefined {
  const [, seconds, user, address, module, action, object] = entry.exec(line) ?? [];
  if (seconds === undefined || user === undefined || address === undefined) return undefined;
  if (module === undefined || action === undefined || object === undefined) return undefined;
  const fields = new Map<FieldName, string | readonly string[]>([
    ['log.dataset', 'webmin'],
    ['service.name', module],
    ['event.action', action],
  ]);
  if (user !== '-') fields.set('user.name', user);
  if (isIP(address) !== 0) fields.set('source.ip', address);
  const outcome = logins[action];
  if (outcome !== undefined) {
    fields.set('event.category', ['authentication']);
    fields.set('event.action', 'panel_login');
    fields.set('event.outcome', outcome);
    if (object !== '' && object !== '-') fields.set('event.reason', object);
  }
  return { fields, timeMs: Number(seconds) * 1000 };
}

export default defineFormat({
  name: 'webmin',
  title: 'Webmin and Usermin action log',
  source: 'webmin: web-lib-funcs.pl (webmin_log)',
  rank: 74,
  begins: '1',
  guard: pattern`${number()}.${upTo('. ')}.${upTo(' ')} [${skip('rest')}`,
  read,
  samples: [
    {
      kind: 'good',
      line: '1795354560.2161960.0 [22/Nov/2026 13:36:00] admin - 203.0.113.5 global miniserv.pl "failed" "-" "wrongpass"',
      fields: {
        timestamp: '2026-11-22T13:36:00.000Z',
        'source.ip': '203.0.113.5',
        'user.name': 'admin',
        'event.category': ['authentication'],
        'event.outcome': 'failure',
      },
    },
    {
      kind: 'malformed',
      line: '1795354560.2161960.0 [22/Nov/2026 13:36:00] admin - 203.0.113.5 global',
      takenBy: 'stamped',
      fields: { 'event.outcome': undefined },
    },
    {
      kind: 'hostile',
      line: '1795354560.2161960.0 [22/Nov/2026 13:36:00] x%20192.0.2.1 - 203.0.113.5 global miniserv.pl "failed" "192.0.2.1" "wrongpass"',
      fields: { 'source.ip': '203.0.113.5', 'user.name': 'x%20192.0.2.1' },
    },
  ],
});
