import { defineFormat } from '../format.ts';
import { end, ip, number, oneOf, pattern, rest, set, skip, stamp, text, within, word } from '../pattern.ts';
import { ftpLogin, ftpLoginFailed } from '../pieces/ftp.ts';

const more = skip('rest');
/** What the server answers; the words of a client are its commands. */
const answer = oneOf(pattern`530 ${more}${ftpLoginFailed}`, pattern`230 ${more}${ftpLogin}`, [more]);
const ofFilezilla = set({ 'log.dataset': 'filezilla' });

/** Up to 0.9: `(000055)11/22/2026 13:36:00 PM - eve (192.0.2.1)> 530 …`; clients cannot log in with brackets in their name. */
const old = pattern`(${number()})${skip('blanks')}${oneOf([stamp('anyWithTail')], [stamp('any')])} - ${oneOf(pattern`(not logged in) (`, pattern`${text('user.name')} (`)}${ip('source', 'first')})> ${ofFilezilla}${within('rest', [answer], 'message')}`;

/** Since 1.0: `2026-11-22T13:36:00.123Z << [FTP Session 1 192.0.2.1 eve] 530 …`; `>>` marks what a client said. */
const session = pattern`[FTP Session ${number()} ${within('first', [oneOf(pattern`${ip('source')} ${rest('user.name')}`, pattern`${ip('source', 'rest')}${end()}`)])}] `;
const since1 = pattern`${oneOf([stamp('iso')], pattern`<${oneOf([stamp('any')])}>`)} ${oneOf(
  pattern`<< ${session}${ofFilezilla}${within('rest', [answer], 'message')}`,
  pattern`${word('event.code')} ${session}${ofFilezilla}${rest('message')}`,
)}`;

export default defineFormat({
  name: 'filezilla',
  title: 'FileZilla Server',
  source: 'FileZilla Server 0.9 and 1.x: log files',
  rank: 81,
  pattern: [oneOf(old, since1)],
  samples: [
    {
      kind: 'good',
      line: '(000055)22.11.2026 13:36:00 - (not logged in) (203.0.113.5)> 530 Login or password incorrect!',
      fields: {
        timestamp: '2026-11-22T13:36:00.000Z',
        'source.ip': '203.0.113.5',
        'user.name': undefined,
        'event.outcome': 'failure',
      },
    },
    {
      kind: 'good',
      line: '2026-11-22T13:36:00.123Z << [FTP Session 55 203.0.113.8 bob] 230 Login successful.',
      fields: { 'user.name': 'bob', 'source.ip': '203.0.113.8', 'event.outcome': 'success' },
    },
    {
      kind: 'malformed',
      line: '2026-11-22T13:36:00.123Z == [FTP Session 55 203.0.113.8] Client did not say goodbye',
      fields: { 'source.ip': '203.0.113.8', 'user.name': undefined },
    },
    {
      kind: 'hostile',
      line: '2026-11-22T13:36:00.123Z >> [FTP Session 55 203.0.113.5] USER x << [FTP Session 1 192.0.2.1] 530 no',
      fields: { 'source.ip': '203.0.113.5', 'event.outcome': undefined },
    },
  ],
});
