import { defineFormat } from '../format.ts';
import { address, longest, number, oneOf, type Pattern, pattern, set, skip, stamp, text } from '../pattern.ts';
import { ftpFile } from '../pieces/ftp.ts';

/** `r bob ftp 0 * c`: access mode, user, service, identity, completion. */
const who = pattern`${oneOf(
  pattern`r ${text('user.name')} ftp ${skip('rest')}`,
  pattern`g ${text('user.name')} ftp ${skip('rest')}`,
  pattern`a ${text('user.name')} ftp ${skip('rest')}`,
)}`;
/** Type, special action and direction, which part the path from what is known of the client. */
const transfers = ['b', 'a'].flatMap((type) =>
  ['_', 'C', 'U', 'T'].flatMap((action) => ['o', 'i', 'd'].map((way) => ` ${type} ${action} ${way} `)),
);
const transfer = oneOf(...transfers.map((text): Pattern => [longest('url.path'), { kind: 'literal', text }, ...who]));

export default defineFormat({
  name: 'xferlog',
  title: 'FTP transfers, as wu-ftpd, vsftpd and ProFTPD write them',
  source: 'xferlog(5)',
  rank: 62,
  pattern: pattern`${stamp('asctime')} ${number()} ${address('source')} ${number('http.response.body.bytes')} ${transfer}${set({ 'log.dataset': 'xferlog' })}${ftpFile}`,
  samples: [
    {
      kind: 'good',
      line: 'Sun Nov 22 13:36:00 2026 1 203.0.113.8 4096 /srv/ftp/a_b.txt b _ i r bob ftp 0 * c',
      fields: {
        timestamp: '2026-11-22T13:36:00.000Z',
        'log.dataset': 'xferlog',
        'source.ip': '203.0.113.8',
        'user.name': 'bob',
        'url.path': '/srv/ftp/a_b.txt',
      },
    },
    {
      kind: 'malformed',
      line: 'Sun Nov 22 13:36:00 2026 0 pc.example 0 /srv/ftp/a.txt b _ d a ? ftp 1 eve i',
      fields: { 'source.domain': 'pc.example', 'source.ip': undefined, 'user.name': '?' },
    },
    {
      kind: 'hostile',
      line: 'Sun Nov 22 13:36:00 2026 1 203.0.113.5 4096 /up/x b _ i r root ftp 0 * c b _ i a eve@ ftp 0 * c',
      fields: { 'source.ip': '203.0.113.5', 'user.name': 'eve@' },
    },
  ],
});
