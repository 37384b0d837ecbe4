import type { LogRecord } from '../model/envelope.ts';
import { commandLineOf } from './audit.ts';
import { allowOnly, asText, fault, find, type MapNode, type Node, unusable } from './node.ts';
import type { Logsource } from './taxonomy.ts';

/** Which records a rule looks at. */
export interface Route {
  /** The same for two log sources that look at the same records. */
  readonly key: string;
  /** Depends on nothing but the record's dataset and its `shapeOf`. */
  readonly leadsTo: (record: LogRecord) => boolean;
  /** What the rule said. */
  readonly logsource: Logsource;
}

type Test = (record: LogRecord) => boolean;

/** Records whose dataset is one of `names`, or starts with one and a dot (`nginx` → `nginx.access`). */
function dataset(...names: readonly string[]): Test {
  const wanted = new Set(names);
  return (record) => {
    const found = record.log.dataset;
    if (found === undefined) return false;
    const dot = found.indexOf('.');
    return wanted.has(found) || (dot > 0 && wanted.has(found.slice(0, dot)));
  };
}

const everything: Test = () => true;
/** Error logs tell of requests that the access log has, too: they are not counted twice. */
const isRequest: Test = ({ http, log }) =>
  (http?.request !== undefined || http?.response !== undefined) && log.dataset?.endsWith('.error') !== true;
const isText: Test = (record) => !isRequest(record);
const isLogin: Test = (record) => record.event?.category?.includes('authentication') === true;
/** What a firewall for applications, a sensor or a guard has seen, of requests too. */
const isIntrusion: Test = ({ event }) =>
  event?.category?.includes('intrusion_detection') === true || event?.action === 'intrusion_alert';
const hasCommand: Test = (record) => commandLineOf(record) !== undefined;
const accounts = [
  'accounts',
  'useradd',
  'usermod',
  'userdel',
  'groupadd',
  'groupmod',
  'groupdel',
  'gpasswd',
  'passwd',
  'chpasswd',
  'adduser',
];
const isAuth = dataset('sshd', 'sudo', 'su', 'login', 'pam', 'polkitd', 'pkexec', 'systemd-logind', 'auth', ...accounts);

/**
 * All of a record that the log sources of rules look at, besides its dataset, as a number from 0 to 15: records with the
 * same shape and dataset take the same routes.
 */
export function shapeOf(record: LogRecord): number {
  return (isRequest(record) ? 1 : 0) + (isLogin(record) ? 2 : 0) + (hasCommand(record) ? 4 : 0) + (isIntrusion(record) ? 8 : 0);
}

/** What each category means here; `authentication`, `database`, `intrusion` and `mail` are ours or wider than Sigma's. */
const byCategory: Readonly<Record<string, Test>> = {
  antivirus: dataset('clamav', 'clamd', 'freshclam'),
  application: isText,
  authentication: isLogin,
  database: dataset('mysql', 'mariadb', 'postgresql', 'mongodb', 'redis'),
  intrusion: isIntrusion,
  mail: dataset('postfix', 'dovecot', 'exim', 'sendmail', 'cyrus', 'courier'),
  process_creation: hasCommand,
  webserver: isRequest,
};

/** What each service of Linux means here. */
const byService: Readonly<Record<string, Test>> = {
  accounts: dataset(...accounts),
  auth: (record) => isAuth(record) || isLogin(record),
  auditd: dataset('auditd', 'audit'),
  clamav: dataset('clamav', 'clamd', 'freshclam'),
  cron: dataset('cron', 'crond', 'anacron'),
  dovecot: dataset('dovecot'),
  exim: dataset('exim', 'exim4'),
  fail2ban: dataset('fail2ban'),
  kernel: dataset('kernel'),
  mysql: dataset('mysql', 'mariadb'),
  named: dataset('named', 'bind'),
  php: dataset('php', 'php-fpm'),
  postfix: dataset('postfix'),
  postgresql: dataset('postgresql', 'postgres'),
  proftpd: dataset('proftpd'),
  sshd: dataset('sshd', 'sshd-session'),
  su: dataset('su'),
  sudo: dataset('sudo'),
  syslog: isText,
  systemd: dataset('systemd'),
  vsftpd: dataset('vsftpd'),
};

/** What each product means here; the programming languages log plain text that nothing tells apart. */
const byProduct: Readonly<Record<string, Test>> = {
  apache: dataset('apache'),
  django: isText,
  jvm: isText,
  linux: everything,
  mysql: dataset('mysql', 'mariadb'),
  nginx: dataset('nginx'),
  nodejs: isText,
  php: dataset('php', 'php-fpm', 'nginx', 'apache'),
  postgresql: dataset('postgresql', 'postgres'),
  python: isText,
  ruby_on_rails: isText,
  spring: isText,
  sql: isText,
  velocity: isText,
};

/** Services that go with these products only. */
const byProductService: Readonly<Record<string, Test>> = {
  'apache/access': dataset('apache.access'),
  'apache/error': dataset('apache.error'),
  'nginx/access': dataset('nginx.access'),
  'nginx/error': dataset('nginx.error'),
};

/**
 * Reads a rule's `logsource`. Throws `LpError` 78, an `UnusableRule`, for a category, product or service that no record here
 * comes from.
 */
export function readLogsource(map: MapNode): Route {
  allowOnly(map, ['category', 'product', 'service', 'definition'], 'a logsource');
  const [category, product, service] = ['category', 'product', 'service'].map((key) => find(map, key));
  const tests: Test[] = [];
  const names: string[] = [];
  const both = product !== undefined && service !== undefined ? `${asText(product, 'product')}/` : '';
  const isOwn = service !== undefined && Object.hasOwn(byProductService, `${both}${asText(service, 'service')}`);
  const add = (what: string, node: Node | undefined, table: Readonly<Record<string, Test>>): void => {
    if (node === undefined) return;
    const name = `${table === byProductService ? both : ''}${asText(node, what)}`;
    const test = Object.hasOwn(table, name) ? table[name] : undefined;
    if (test === undefined)
      throw unusable(node, `the log source ${what} "${name}" is not supported; there are ${Object.keys(table).join(', ')}`);
    names.push(`${what}=${name}`);
    if (test !== everything) tests.push(test);
  };
  add('category', category, byCategory);
  add('product', product, byProduct);
  if (isOwn) add('service', service, byProductService);
  else add('service', service, { ...byService, apache: dataset('apache'), nginx: dataset('nginx') });
  if (names.length === 0) throw fault(map, 'a logsource needs a category, a product or a service');
  // Linux alone means the system's own logs, not the requests of a web server.
  if (tests.length === 0) tests.push(isText);
  const [only = everything, ...others] = tests;
  return {
    key: names.join(' '),
    logsource: Object.fromEntries(
      Object.entries({ category, product, service }).flatMap(([key, node]) =>
        node === undefined ? [] : [[key, asText(node, key)]],
      ),
    ),
    leadsTo: others.length === 0 ? only : (record) => tests.every((test) => test(record)),
  };
}
