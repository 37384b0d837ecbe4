/** The keys of a rule's `logsource`. */
export interface Logsource {
  readonly category?: string;
  readonly product?: string;
  readonly service?: string;
}

/** Names of fields in the rules of some log sources. */
interface Names {
  /** The log source that has all of these keys. */
  readonly of: Logsource;
  readonly fields: Readonly<Record<string, string>>;
}

/** Keys of audit records that the public rules ask for and that have no name in the Elastic Common Schema. */
const auditKeys = (
  'a0 a1 a2 a3 a4 a5 a6 a7 a8 a9 argc auid dev euid exit key list name nametype op path proctitle res saddr ses success ' +
  'syscall SYSCALL tty unit'
).split(' ');

/**
 * What Sigma calls the fields of its log sources, and what they are here; the first row that fits and knows the name
 * counts. `cs-uri-query` is path and query, against the taxonomy's own words, because that is what the public rules put
 * there. Source: Sigma taxonomy (appendix of the specification 2.1); auditd fields: audit-userspace, auparse.
 */
const table: readonly Names[] = [
  {
    of: { service: 'auditd' },
    fields: {
      type: 'event.code',
      exe: 'process.executable',
      comm: 'process.name',
      pid: 'process.pid',
      cwd: 'process.working_directory',
      acct: 'user.name',
      uid: 'user.id',
      addr: 'source.ip',
      ...Object.fromEntries(auditKeys.map((key) => [key, `auditd.data.${key}`])),
    },
  },
  { of: { category: 'antivirus' }, fields: { Signature: 'rule.name' } },
  {
    of: { category: 'database' },
    fields: { 'c-ip': 'source.ip', user: 'user.name' },
  },
  {
    of: {},
    fields: {
      'c-ip': 'source.ip',
      'c-uri': 'url.original',
      'c-uri-query': 'url.original',
      'c-uri-path': 'url.path',
      'c-useragent': 'user_agent.original',
      'cs-host': 'url.domain',
      'cs-ip': 'source.ip',
      'cs-method': 'http.request.method',
      'cs-referer': 'http.request.referrer',
      'cs-referrer': 'http.request.referrer',
      'cs-uri': 'url.original',
      'cs-uri-query': 'url.original',
      'cs-uri-stem': 'url.path',
      'cs-user-agent': 'user_agent.original',
      'cs-username': 'user.name',
      'cs-version': 'http.version',
      'sc-bytes': 'http.response.body.bytes',
      'sc-status': 'http.response.status_code',
      CommandLine: 'process.command_line',
      CurrentDirectory: 'process.working_directory',
      Image: 'process.executable',
      ProcessId: 'process.pid',
      User: 'user.name',
    },
  },
];

/** The dotted ECS name of what the rules of a log source call `name`; the name itself when that is none of Sigma's. */
export function wireNameOf(name: string, logsource: Logsource): string {
  for (const { of, fields } of table) {
    const isFit =
      isPart(of.category, logsource.category) && isPart(of.product, logsource.product) && isPart(of.service, logsource.service);
    if (isFit && Object.hasOwn(fields, name)) return fields[name] ?? name;
  }
  return name;
}

function isPart(wanted: string | undefined, found: string | undefined): boolean {
  return wanted === undefined || wanted === found;
}
