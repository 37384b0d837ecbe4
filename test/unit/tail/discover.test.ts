import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, test } from 'node:test';
import { discover } from '../../../src/tail/discover/discover.ts';
import { listOf } from '../../../src/tail/discover/list.ts';
import { panelNames } from '../../../src/tail/discover/panels.ts';
import { run } from '../../support/process.ts';

const directory = mkdtempSync(join(tmpdir(), 'lp-discover-'));
after(() => rmSync(directory, { recursive: true }));
let count = 0;

/** Files below a folder of their own; a path that ends in a slash is a folder. */
function tree(files: Readonly<Record<string, string>>): string {
  const root = join(directory, String(++count));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(path.endsWith('/') ? join(root, path) : dirname(join(root, path)), { recursive: true });
    if (!path.endsWith('/')) writeFileSync(join(root, path), text);
  }
  return root;
}

/** A server of each panel, and for each of its logs: site, kind, server, and whether it counts. */
const servers: Readonly<Record<string, { files: Readonly<Record<string, string>>; logs: Readonly<Record<string, string>> }>> = {
  fastpanel: {
    files: {
      'usr/local/fastpanel2/': '',
      'var/www/alice/data/logs/shop.example-frontend.access.log.1': '',
      'etc/nginx/fastpanel2-sites/alice/shop.example.conf': 'server { listen 80; server_name shop.example www.shop.example; }',
      'etc/nginx/fastpanel2-sites/bob/off.example.conf': 'server {\n  server_name off.example;\n  access_log off;\n}',
    },
    logs: {
      'var/www/alice/data/logs/shop.example-frontend.access.log':
        'shop.example access frontend yes shop.example www.shop.example',
      'var/www/alice/data/logs/shop.example-backend.access.log': 'shop.example access backend no shop.example www.shop.example',
      'var/www/alice/data/logs/shop.example-backend.error.log': 'shop.example error backend yes shop.example www.shop.example',
      'var/www/bob/data/logs/blog.example-backend.access.log': 'blog.example access backend yes ',
      'var/log/exim4/mainlog': '- system - yes ',
    },
  },
  ispmanager: {
    files: {
      'usr/local/mgr5/': '',
      'etc/apache2/vhosts/www-root/shop.example.conf': 'ServerName shop.example\nServerAlias *.shop.example\n',
    },
    logs: {
      'var/www/httpd-logs/shop.example.access.log': 'shop.example access - yes shop.example *.shop.example',
      'var/www/httpd-logs/shop.example.error.log': 'shop.example error - yes shop.example *.shop.example',
    },
  },
  hestia: {
    files: {
      'usr/local/hestia/': '',
      'home/admin/conf/web/shop.example/nginx.conf': '  server_name shop.example www.shop.example ;',
    },
    logs: {
      'var/log/nginx/domains/shop.example.log': 'shop.example access frontend yes shop.example www.shop.example',
      'var/log/nginx/domains/shop.example.error.log': 'shop.example error frontend yes shop.example www.shop.example',
      'var/log/apache2/domains/shop.example.log': 'shop.example access backend no shop.example www.shop.example',
    },
  },
  plesk: {
    files: { 'usr/local/psa/': '' },
    logs: {
      'var/www/vhosts/system/shop.example/logs/proxy_access_ssl_log': 'shop.example access frontend yes ',
      'var/www/vhosts/system/shop.example/logs/access_ssl_log': 'shop.example access backend no ',
      'var/www/vhosts/system/blog.example/logs/access_log': 'blog.example access backend yes ',
    },
  },
  cpanel: {
    files: { 'usr/local/cpanel/': '', 'var/log/apache2/domlogs/shop.example-bytes_log': '' },
    logs: {
      'var/log/apache2/domlogs/shop.example': 'shop.example access - yes ',
      'var/log/apache2/domlogs/shop.example-ssl_log': 'shop.example access - yes ',
      'var/log/secure': '- system - yes ',
    },
  },
  debian: {
    files: {
      'etc/debian_version': '12.1',
      'etc/nginx/sites-enabled/shop':
        'server {\n server_name _ shop.example;\n access_log /var/log/nginx/shop_access.log combined;\n}',
    },
    logs: {
      'var/log/nginx/access.log': '- access - yes ',
      'var/log/nginx/shop_access.log': 'shop access - yes shop.example',
      'var/log/auth.log': '- system - yes ',
    },
  },
};

describe('lp-tail --discover', () => {
  for (const name of panelNames.filter((panel) => panel !== 'auto')) {
    test(`finds the logs of ${name}, by its name and by auto`, () => {
      const { files = {}, logs = {} } = servers[name] ?? {};
      const root = tree({ ...files, ...Object.fromEntries(Object.keys(logs).map((path) => [path, ''])) });
      for (const asked of [name, 'auto'] as const) {
        const found = discover(asked, root);
        assert.deepEqual(found.panels, [name]);
        const told = found.logs.map(({ source, site = '-', kind, role = '-', isCounted, vhosts }) => [
          source.slice(root.length + 1),
          `${site} ${kind} ${role} ${isCounted ? 'yes' : 'no'} ${vhosts.join(' ')}`,
        ]);
        assert.deepEqual(Object.fromEntries(told), logs);
      }
    });
  }

  test('tells of sites whose logging is off, and gives sources in which each request is once', async () => {
    const { files = {}, logs = {} } = servers['fastpanel'] ?? {};
    const root = tree({ ...files, ...Object.fromEntries(Object.keys(logs).map((path) => [path, ''])) });
    const { status, output, errors } = await run('tail', ['--discover', 'fastpanel', '--root', root, '--list-as', 'sources']);
    assert.equal(status, 0);
    assert.match(errors, /no access log.*: off\.example\n/);
    const [variable, value = ''] = output.trimEnd().split('=');
    assert.equal(variable, 'LOG_SOURCES');
    assert.deepEqual(
      value.split(',').map((source) => source.slice(root.length)),
      [
        '/var/www/*/data/logs/*-frontend.access.log',
        '/var/www/bob/data/logs/blog.example-backend.access.log',
        '/var/www/*/data/logs/*-backend.error.log',
        '/var/log/exim4/mainlog',
      ],
    );
  });

  test('names a log once that has two names, and reads the journal where nobody writes syslog', () => {
    const root = tree({ 'usr/local/psa/': '', 'var/log/journal/': '', 'var/www/vhosts/system/a.example/logs/access_log': '' });
    mkdirSync(join(root, 'var/www/vhosts/a.example'));
    symlinkSync(join(root, 'var/www/vhosts/system/a.example/logs'), join(root, 'var/www/vhosts/a.example/logs'));
    assert.deepEqual(
      discover('plesk', root).logs.map(({ source }) => source.replace(root, '')),
      ['/var/www/vhosts/system/a.example/logs/access_log', 'journald'],
    );
  });

  test('says so when there is no such panel', async () => {
    const { status, errors } = await run('tail', ['--discover', 'hestia', '--root', tree({ 'var/log/auth.log': '' })]);
    assert.equal(status, 66);
    assert.match(errors, /no logs of hestia were found below/);
  });

  test('gives an object for each log, which other stages pass on', async () => {
    const root = tree({ 'var/log/auth.log': '' });
    const { output } = await run('tail', ['--discover', 'auto', '--root', root, '--list-as', 'json']);
    assert.deepEqual(JSON.parse(output), {
      schema: 'lp/1',
      type: 'source',
      log: { source: join(root, 'var/log/auth.log') },
      panel: 'system',
      kind: 'system',
      counted: true,
    });
  });

  test('says in a table which logs repeat others', () => {
    const log = { panel: 'x', source: '/front', kind: 'access', site: 'a.example', vhosts: [] } as const;
    const logs = [
      { ...log, role: 'frontend', isCounted: true },
      { ...log, role: 'backend', source: '/back', isCounted: false },
    ] as const;
    assert.deepEqual(listOf({ panels: [], logs, silentSites: [] }, 'table').split('\n'), [
      'SITE       KIND    ROLE      READ         LOG     NAMES',
      'a.example  access  frontend  yes          /front  -',
      'a.example  access  backend   no, repeats  /back   -',
      '',
    ]);
  });
});
