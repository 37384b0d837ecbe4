import type { FilterOptions } from '../../src/filter/filter.ts';
import { type LogRecord, schema } from '../../src/model/envelope.ts';
import { type RuleSettings, rulesOf } from '../../src/sigma/load.ts';
import type { RuleSet } from '../../src/sigma/rule-set.ts';

/** A record with the least that a record has, and `fields` besides. */
export function record(fields: Partial<LogRecord> = {}): LogRecord {
  return {
    schema,
    type: 'record',
    timestamp: '2026-11-22T13:36:00.000Z',
    log: { source: 'test.log', offset: 0, format: 'syslog' },
    original: 'a line',
    ...fields,
  };
}

/** A failed SSH login `seconds` after 13:36. */
export function failedLogin(seconds: number, ip = '203.0.113.5', user = 'root'): LogRecord {
  const timestamp = new Date(Date.UTC(2026, 10, 22, 13, 36, 0) + seconds * 1000).toISOString();
  const message = `Failed password for ${user} from ${ip} port 4022 ssh2`;
  return record({
    timestamp,
    log: { source: 'auth.log', offset: 100 * (seconds + 1_000_000), format: 'syslog', dataset: 'sshd' },
    event: { category: ['authentication'], action: 'ssh_login', outcome: 'failure' },
    user: { name: user },
    source: { ip },
    host: { name: 'web1' },
    message,
    original: `web1 sshd[801]: ${message}`,
  });
}

/** A request that was answered with `status`. */
export function request(target: string, status = 200, ip = '198.51.100.7'): LogRecord {
  return record({
    log: { source: 'access.log', offset: 0, format: 'combined', dataset: 'web.access' },
    source: { ip },
    url: { original: target, path: target.split('?')[0] ?? target },
    http: { request: { method: 'GET' }, response: { status_code: status } },
    user_agent: { original: 'Mozilla/5.0' },
    original: `${ip} - - [22/Nov/2026:13:36:00 +0000] "GET ${target} HTTP/1.1" ${status} 1 "-" "Mozilla/5.0"`,
  });
}

/** The rules that a text of YAML holds. */
export function rulesFrom(yaml: string, settings: RuleSettings = {}): Promise<RuleSet> {
  return rulesOf([{ file: 'rule.yaml', text: yaml }], settings);
}

/** The options of lp-filter when none is given. */
export const filterOptions: FilterOptions = {
  keywords: undefined,
  isOnlyKeywords: false,
  minLevel: 'warning',
  where: undefined,
  excluded: [],
  excludeFiles: [],
  since: undefined,
  until: undefined,
  rules: [],
  expand: [],
  collapseMs: undefined,
  sample: undefined,
  isExplaining: false,
  isCounting: false,
  deadLetter: undefined,
};
