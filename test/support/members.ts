import { eventNames, levelNames, messageNames, outcomeNames, textNames, timeNames } from '../../src/parse/structured/names.ts';
import { addressNames, numberNames } from '../../src/parse/structured/number-names.ts';
import { holders } from '../../src/parse/structured/reading.ts';
import { requestNames } from '../../src/parse/structured/request-names.ts';
import { fc } from './generated.ts';

const names = [
  ...new Set([
    ...[...messageNames, ...timeNames, ...levelNames, ...eventNames, ...outcomeNames, ...holders],
    ...[textNames, numberNames, addressNames, requestNames].flatMap((table) => Object.values(table).flat()),
    ...['request', 'requestUri', 'host', 'error', 'err', 'controller', 'event_id', 'stream', 'log', '7', '__proto__', 'x', ''],
  ]),
];
/** Names of members, most of which mean something. */
export const name = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...names) },
  fc.constantFrom('time', 'level', 'msg', 'method', 'url', 'status', 'ip', 'remote_addr', 'app', 'pid', 'request', 'meta'),
  fc.string({ maxLength: 4 }),
);
/** Texts that are read otherwise under one name or another. */
export const text = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom(...['', '-', '--', 'null', ' x ', '\u00a0x\u3000', 'é😀', 'a"b\\c\n\td', '\u0000', '\ud800']),
  },
  fc.constantFrom(
    ...['INFO', 'warn', 'E', 'D2', 'Fatal', '30', '007', '200', '2026-11-22T13:36:00.5Z', '2026-11-22 13:36:01', '13:36'],
  ),
  fc.constantFrom(...['22/Nov/2026:13:36:00 +0100', '1795354560', '1795354560.25', 'Nov 22 13:36:00', 'Sunday', '1795354560123']),
  fc.constantFrom(
    ...['203.0.113.5', '::ffff:203.0.113.5', '[2001:db8::5]:4022', '203.0.113.5:80', '203.0.113.5:080', 'web1', 'ip/192.0.2.1'],
  ),
  fc.constantFrom(
    ...['GET', 'get', 'BREW', 'GET /x?a=1 HTTP/1.1', 'GET  HTTP/1.1', ' /x', 'GET /', 'HTTP/2.0', '1.1', '2', 'tcp', 'UDP'],
  ),
  fc.constantFrom(
    ...['/x?a=1', '/', 'http://shop.example:80/x?y', 'x://', '*', 'shop.example:443', ':443', 'login failed', 'user.auth'],
  ),
  fc.constantFrom(
    ...['Failed password for root from 192.0.2.1 port 4022 ssh2', 'sshd', 'invalid password', 'unauthorized', 'sign in'],
  ),
  fc.string({ maxLength: 8 }),
);
