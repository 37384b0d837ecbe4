/*
 * Where panels and distributions put their logs. In a path, <site> and <user> stand for one name each and * for any part of a
 * name. Of several places that fit a file, the first counts.
 * Sources: FastPanel's site templates; ispmanager, Hestia, Plesk and cPanel documentation; Debian's packages.
 */

/** What a log is about. */
export type LogKind = 'access' | 'error' | 'slow' | 'system';

/** Where logs lie, and what they are. */
export interface LogPlace {
  readonly path: string;
  readonly kind: LogKind;
  /** Which of two servers writes it when one stands before the other: a request is in the logs of both. */
  readonly role?: 'frontend' | 'backend';
}

/** A panel, or a distribution without one. */
export interface Panel {
  readonly name: string;
  /** What is there where it is installed. */
  readonly signs: readonly string[];
  readonly places: readonly LogPlace[];
  /** Configuration of web servers, which says by what names a site is asked for. */
  readonly configurations: readonly string[];
  /** Files that fit a place and are no logs. */
  readonly skip?: RegExp;
}

const system = (...paths: readonly string[]): readonly LogPlace[] => paths.map((path) => ({ path, kind: 'system' }));

/** Logs of the system, which every server has. */
export const systemPlaces: readonly LogPlace[] = system(
  '/var/log/auth.log',
  '/var/log/secure',
  '/var/log/syslog',
  '/var/log/messages',
  '/var/log/kern.log',
  '/var/log/mail.log',
  '/var/log/maillog',
  '/var/log/exim4/mainlog',
  '/var/log/exim4/rejectlog',
  '/var/log/exim4/paniclog',
  '/var/log/exim_mainlog',
  '/var/log/exim_rejectlog',
  '/var/log/dovecot.log',
  '/var/log/fail2ban.log',
  '/var/log/ufw.log',
  '/var/log/vsftpd.log',
  '/var/log/proftpd/proftpd.log',
  '/var/log/mysql/error.log',
  '/var/log/mysql/mysql-slow.log',
  '/var/log/mariadb/mariadb.log',
  '/var/log/postgresql/*.log',
  '/var/log/redis/redis-server.log',
  '/var/log/php*-fpm.log',
  '/var/log/dpkg.log',
);

/** The system's own journal is read where none of these is written. */
export const journalInsteadOf: readonly string[] = [
  '/var/log/auth.log',
  '/var/log/secure',
  '/var/log/syslog',
  '/var/log/messages',
];

/** Where the journal lies. Source: systemd-journald.service(8). */
export const journalSigns: readonly string[] = ['/var/log/journal', '/run/log/journal'];

/** All that is known, by name. */
export const panels: readonly Panel[] = [
  {
    name: 'fastpanel',
    signs: ['/usr/local/fastpanel2'],
    places: [
      { path: '/var/www/<user>/data/logs/<site>-frontend.access.log', kind: 'access', role: 'frontend' },
      { path: '/var/www/<user>/data/logs/<site>-frontend.error.log', kind: 'error', role: 'frontend' },
      { path: '/var/www/<user>/data/logs/<site>-backend.access.log', kind: 'access', role: 'backend' },
      { path: '/var/www/<user>/data/logs/<site>-backend.error.log', kind: 'error', role: 'backend' },
      { path: '/var/www/<user>/data/logs/*slow*.log', kind: 'slow' },
    ],
    configurations: ['/etc/nginx/fastpanel2-sites/<user>/<site>.conf'],
  },
  {
    name: 'ispmanager',
    signs: ['/usr/local/mgr5'],
    places: [
      { path: '/var/www/httpd-logs/<site>.access.log', kind: 'access' },
      { path: '/var/www/httpd-logs/<site>.error.log', kind: 'error' },
    ],
    configurations: ['/etc/nginx/vhosts/<user>/<site>.conf', '/etc/apache2/vhosts/<user>/<site>.conf'],
  },
  {
    name: 'hestia',
    signs: ['/usr/local/hestia'],
    places: [
      { path: '/var/log/nginx/domains/<site>.error.log', kind: 'error', role: 'frontend' },
      { path: '/var/log/nginx/domains/<site>.log', kind: 'access', role: 'frontend' },
      { path: '/var/log/apache2/domains/<site>.error.log', kind: 'error', role: 'backend' },
      { path: '/var/log/apache2/domains/<site>.log', kind: 'access', role: 'backend' },
      ...system('/var/log/hestia/auth.log', '/var/log/hestia/nginx-access.log', '/var/log/hestia/nginx-error.log'),
    ],
    configurations: ['/home/<user>/conf/web/<site>/nginx.conf', '/home/<user>/conf/web/<site>/apache2.conf'],
  },
  {
    name: 'plesk',
    signs: ['/usr/local/psa', '/opt/psa'],
    places: ['/var/www/vhosts/system/<site>/logs', '/var/www/vhosts/<site>/logs'].flatMap((folder): readonly LogPlace[] => [
      { path: `${folder}/proxy_access_ssl_log`, kind: 'access', role: 'frontend' },
      { path: `${folder}/proxy_access_log`, kind: 'access', role: 'frontend' },
      { path: `${folder}/proxy_error_log`, kind: 'error', role: 'frontend' },
      { path: `${folder}/access_ssl_log`, kind: 'access', role: 'backend' },
      { path: `${folder}/access_log`, kind: 'access', role: 'backend' },
      { path: `${folder}/error_log`, kind: 'error', role: 'backend' },
    ]),
    configurations: ['/etc/nginx/plesk.conf.d/vhosts/<site>.conf'],
  },
  {
    name: 'cpanel',
    signs: ['/usr/local/cpanel'],
    places: ['/var/log/apache2/domlogs', '/usr/local/apache/domlogs']
      .flatMap((folder): readonly LogPlace[] => [
        { path: `${folder}/<site>-ssl_log`, kind: 'access' },
        { path: `${folder}/<site>`, kind: 'access' },
      ])
      .concat(
        { path: '/var/log/apache2/error_log', kind: 'error' },
        system('/usr/local/cpanel/logs/access_log', '/usr/local/cpanel/logs/login_log', '/usr/local/cpanel/logs/error_log'),
      ),
    configurations: [],
    skip: /(?:-bytes_log|\.gz|ftpxferlog|\.offset(?:ftpxferlog)?|\.localhost|_log\.bkup\d*)$|\/ftp\./,
  },
  {
    name: 'debian',
    signs: ['/etc/debian_version'],
    places: [
      { path: '/var/log/nginx/access.log', kind: 'access' },
      { path: '/var/log/nginx/error.log', kind: 'error' },
      { path: '/var/log/nginx/<site>.access.log', kind: 'access' },
      { path: '/var/log/nginx/<site>.error.log', kind: 'error' },
      { path: '/var/log/nginx/<site>_access.log', kind: 'access' },
      { path: '/var/log/nginx/<site>_error.log', kind: 'error' },
      { path: '/var/log/nginx/<site>-access.log', kind: 'access' },
      { path: '/var/log/nginx/<site>-error.log', kind: 'error' },
      { path: '/var/log/apache2/other_vhosts_access.log', kind: 'access' },
      { path: '/var/log/apache2/access.log', kind: 'access' },
      { path: '/var/log/apache2/error.log', kind: 'error' },
      { path: '/var/log/apache2/<site>.access.log', kind: 'access' },
      { path: '/var/log/apache2/<site>.error.log', kind: 'error' },
      { path: '/var/log/apache2/<site>_access.log', kind: 'access' },
      { path: '/var/log/apache2/<site>_error.log', kind: 'error' },
      { path: '/var/log/apache2/<site>-access.log', kind: 'access' },
      { path: '/var/log/apache2/<site>-error.log', kind: 'error' },
    ],
    configurations: ['/etc/nginx/sites-enabled/*', '/etc/nginx/conf.d/*.conf', '/etc/apache2/sites-enabled/*'],
  },
];

/** What may be asked for. */
export const panelNames = ['auto', 'fastpanel', 'ispmanager', 'hestia', 'plesk', 'cpanel', 'debian'] as const;

/** The name of a panel, or `auto` for all that are there. */
export type PanelName = (typeof panelNames)[number];
