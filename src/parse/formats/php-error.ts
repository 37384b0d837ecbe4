import { defineFormat } from '../format.ts';
import { not, number, oneOf, optional, pattern, set, within } from '../pattern.ts';
import { ahead } from '../pieces/access.ts';
import { moment } from '../pieces/moments.ts';
import { fpmHead, fpmPool, phpError } from '../pieces/php.ts';

/** `22-Nov-2026`, as PHP alone writes dates in brackets. */
const isNamedMonth = ahead(pattern`${number()}-${not(pattern`${number()}`)}`);

/** PHP-FPM's own log tells its level first. */
const fpm = pattern`${set({ 'log.dataset': 'php_fpm.error' })}${fpmHead}${within('rest', [fpmPool], 'message')}`;
const php = pattern`${set({ 'log.dataset': 'php.error' })}${within('rest', [optional(phpError)], 'message')}`;

export default defineFormat({
  name: 'php_error',
  title: 'PHP error log (error_log) and log of PHP-FPM',
  source: 'https://www.php.net/manual/en/errorfunc.configuration.php#ini.error-log; sapi/fpm/fpm/zlog.c',
  rank: 58,
  joins: ['Stack trace:', ...Array.from({ length: 10 }, (_, digit) => `#${digit}`), '  thrown in '],
  pattern: pattern`[${isNamedMonth}${moment}] ${oneOf(fpm, [ahead(pattern`PHP `), ...php])}`,
  samples: [
    {
      kind: 'good',
      line: '[22-Nov-2026 13:36:00 Europe/Berlin] PHP Fatal error:  Uncaught Error: Call to undefined function x() in /srv/www/a.php:3',
      fields: {
        timestamp: '2026-11-22T12:36:00.000Z',
        'log.dataset': 'php.error',
        'log.level': 'critical',
        message: 'PHP Fatal error:  Uncaught Error: Call to undefined function x() in /srv/www/a.php:3',
      },
    },
    {
      kind: 'good',
      line: '[22-Nov-2026 13:36:00] WARNING: [pool shop.example] child 77 said into stderr: "NOTICE: PHP message: x"',
      fields: {
        'log.dataset': 'php_fpm.error',
        'log.level': 'warning',
        'service.name': 'shop.example',
        'process.pid': 77,
        message: '[pool shop.example] child 77 said into stderr: "NOTICE: PHP message: x"',
      },
    },
    {
      kind: 'malformed',
      line: '[22-Nov-2026 13:36:00 UTC] PHP ',
      fields: { 'log.dataset': 'php.error', 'log.level': undefined },
    },
    {
      kind: 'hostile',
      line: '[22-Nov-2026 13:36:00 UTC] PHP Warning:  fopen(/x] ERROR: [pool root] child 1): failed to open stream in /srv/a.php on line 3',
      fields: { 'log.level': 'warning', 'service.name': undefined, 'process.pid': undefined },
    },
  ],
});
