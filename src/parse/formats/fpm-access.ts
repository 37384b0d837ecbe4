import { defineFormat } from '../format.ts';
import { address, end, number, oneOf, pattern, quoted, rest, skip, within, word } from '../pattern.ts';
import { accessDataset, request, requestTime } from '../pieces/access.ts';

/** As FastPanel configures it: one dash before the time, and kilobytes of memory where others have bytes sent. */
const withMemory = pattern`- [${requestTime}] "${within('quote', [request])}" ${number('http.response.status_code')}${oneOf(
  pattern` ${number()} "${quoted('http.request.referrer')}" "${quoted('user_agent.original')}"${skip('rest')}`,
  pattern` ${skip('rest')}`,
  [end()],
)}`;

/**
 * As PHP-FPM has it by itself: `%R - %u %t "%m %r%Q%q" %s`, with a blank for no user and no brackets around the time; or as
 * nginx has it where a site has left out the brackets, with bytes, referrer and agent.
 */
const plain = pattern`- ${oneOf(pattern` `, pattern`${word('user.name')} `)}${requestTime} "${within('quote', [request])}" ${number('http.response.status_code')}${oneOf(
  [end()],
  pattern` ${number('http.response.body.bytes')} "${quoted('http.request.referrer')}" "${quoted('user_agent.original')}"${skip('rest')}`,
  pattern` ${rest()}`,
)}`;

export default defineFormat({
  name: 'fpm_access',
  title: 'PHP-FPM access log, as PHP and as FastPanel configure it',
  source: 'https://www.php.net/manual/en/install.fpm.configuration.php#access-format; sapi/fpm/fpm/fpm_log.c',
  rank: 51,
  dataset: { ...accessDataset, '': 'php_fpm.access' },
  pattern: pattern`${address('source')} ${oneOf(withMemory, plain)}`,
  samples: [
    {
      kind: 'good',
      line: '203.0.113.5 - [22/Nov/2026:13:36:00 +0300] "POST /wp-login.php?a=1 HTTP/1.1" 200 14336 "https://shop.example/" "Mozilla/5.0"',
      fields: {
        timestamp: '2026-11-22T10:36:00.000Z',
        'source.ip': '203.0.113.5',
        'user.name': undefined,
        'http.request.method': 'POST',
        'url.path': '/wp-login.php',
        'http.response.status_code': 200,
        'http.response.body.bytes': undefined,
        'http.request.referrer': 'https://shop.example/',
        'user_agent.original': 'Mozilla/5.0',
      },
    },
    {
      kind: 'good',
      line: '127.0.0.1 -  22/Nov/2026:13:36:00 +0000 "GET /index.php" 200',
      fields: { 'source.ip': '127.0.0.1', 'url.path': '/index.php', 'http.response.status_code': 200, 'user.name': undefined },
    },
    {
      kind: 'good',
      line: '203.0.113.5 - ann 2026-11-22T13:36:00+00:00 "GET /a HTTP/1.1" 200 12 "-" "curl/8"',
      fields: { 'user.name': 'ann', 'http.response.body.bytes': 12, 'user_agent.original': 'curl/8' },
    },
    {
      kind: 'malformed',
      line: '203.0.113.5 - [22/Nov/2026:13:36:00 +0300] "GET / " 500',
      fields: { 'source.ip': '203.0.113.5', 'http.response.status_code': 500, 'http.response.body.bytes': undefined },
    },
    {
      kind: 'hostile',
      line: '203.0.113.5 - [22/Nov/2026:13:36:00 +0300] "GET /?x=192.0.2.1%20-%20- HTTP/1.1" 404 2048 "-" "x\\" 200 1 \\"- 192.0.2.1 - [22/Nov/2026:13:36:01 +0300]"',
      fields: { 'source.ip': '203.0.113.5', 'http.response.status_code': 404, 'http.request.referrer': undefined },
    },
  ],
});
