import { defineFormat } from '../format.ts';
import { number, pattern, rest, set, skip, text } from '../pattern.ts';
import { moment } from '../pieces/moments.ts';

export default defineFormat({
  name: 'php_fpm_slow',
  title: 'PHP-FPM slow log',
  source: 'https://www.php.net/manual/en/install.fpm.configuration.php#slowlog; sapi/fpm/fpm/fpm_php_trace.c',
  rank: 64,
  joins: ['script_filename = ', '[0x'],
  pattern: pattern`[${moment}]  [pool ${text('service.name')}] pid ${number('process.pid')}${skip('blanks')}${set({ 'log.dataset': 'php_fpm.slowlog' })}${rest('message')}`,
  samples: [
    {
      kind: 'good',
      line: '[22-Nov-2026 13:36:00]  [pool shop.example] pid 12345\nscript_filename = /srv/www/cart.php\n[0x00007f0a1b2c3d40] mysqli_query() /srv/www/cart.php:7\n[0x00007f0a1b2c3d90] add() /srv/www/cart.php:3',
      fields: {
        timestamp: '2026-11-22T13:36:00.000Z',
        'log.dataset': 'php_fpm.slowlog',
        'log.lines': 4,
        'service.name': 'shop.example',
        'process.pid': 12345,
        message:
          '\nscript_filename = /srv/www/cart.php\n[0x00007f0a1b2c3d40] mysqli_query() /srv/www/cart.php:7\n[0x00007f0a1b2c3d90] add() /srv/www/cart.php:3',
      },
    },
    { kind: 'malformed', line: '[22-Nov-2026 13:36:00]  [pool www] pid 1', fields: { 'process.pid': 1, message: undefined } },
    {
      kind: 'hostile',
      line: '[22-Nov-2026 13:36:00]  [pool www] pid 12\nscript_filename = /srv/www/[pool root] pid 1.php',
      fields: { 'service.name': 'www', 'process.pid': 12 },
    },
  ],
});
