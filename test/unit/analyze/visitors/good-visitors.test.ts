import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { Engine } from '../../../../src/analyze/engine.ts';
import { goodVisitors } from '../../../../src/analyze/visitors/good-visitors.ts';
import type { Finding, LogRecord } from '../../../../src/model/envelope.ts';
import type { LpError } from '../../../../src/model/error.ts';
import { builtInRules, loadRules } from '../../../../src/sigma/load.ts';
import { failedLogin, record, request } from '../../../support/records.ts';

const rules = await loadRules([builtInRules]);
const directory = mkdtempSync(join(tmpdir(), 'lp-trusted-'));
after(() => rmSync(directory, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
}

async function found(records: readonly LogRecord[], trusted: readonly string[] = []): Promise<readonly Finding[]> {
  const findings = new Map<string, Finding>();
  const emit = (finding: Finding): void => void findings.set(finding.id, finding);
  const engine = new Engine(rules, { now: () => new Date(0), emit, isGuest: await goodVisitors(trusted) });
  for (const entry of records) engine.take(entry);
  engine.end();
  return [...findings.values()];
}

const severities = (findings: readonly Finding[]): readonly string[] => [...new Set(findings.map(({ severity }) => severity))];
const guessing = (ip: string): readonly LogRecord[] => Array.from({ length: 30 }, (_, second) => failedLogin(second, ip));

function visit(ip: string, agent: string, targets: readonly (readonly [target: string, status: number])[]): LogRecord[] {
  return targets.map(([target, status], second) => ({
    ...request(target, status, ip),
    timestamp: new Date(Date.UTC(2026, 10, 22, 13, 36, second)).toISOString(),
    user_agent: { original: agent },
  }));
}
const removedPages = Array.from({ length: 40 }, (_, page) => [`/removed/${page}.php`, 404] as const);
const googlebot = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)';

describe('good visitors', () => {
  it('are those of an address, a network or a file, and make nothing above INFO', async () => {
    const path = file('good.txt', '# the office\n198.51.100.0/24  # Ann\n\n2001:db8::7\n');
    assert.notDeepEqual(severities(await found(guessing('203.0.113.5'))), ['INFO']);
    for (const trusted of ['203.0.113.5', '203.0.113.0/24'])
      assert.deepEqual(severities(await found(guessing('203.0.113.5'), [trusted])), ['INFO'], trusted);
    for (const ip of ['198.51.100.9', '2001:db8::7', '::ffff:198.51.100.9'])
      assert.deepEqual(severities(await found(guessing(ip), [path])), ['INFO'], ip);
  });

  it('do not cover for a stranger who does the same', async () => {
    const both = await found([...guessing('203.0.113.5'), ...guessing('198.51.100.9')], ['203.0.113.5']);
    const severityOf = (ip: string): readonly string[] => severities(both.filter(({ entity }) => entity.value === ip));
    assert.deepEqual(severityOf('203.0.113.5'), ['INFO']);
    assert.ok(!severityOf('198.51.100.9').includes('INFO'));
  });

  it('do not make a trouble of the server itself any smaller', async () => {
    const failing = visit(
      '203.0.113.5',
      'Mozilla/5.0',
      Array.from({ length: 40 }, () => ['/', 502] as const),
    );
    const findings = await found(failing, ['203.0.113.5']);
    assert.ok(findings.some(({ category, severity }) => category === 'availability' && severity !== 'INFO'));
  });

  it('are crawlers that come from their own networks, and nobody else who takes their name', async () => {
    assert.deepEqual(severities(await found(visit('66.249.66.1', googlebot, removedPages))), ['INFO']);
    assert.ok(!severities(await found(visit('203.0.113.5', googlebot, removedPages))).includes('INFO'));
    assert.ok(!severities(await found(visit('66.249.66.1', 'Mozilla/5.0', removedPages))).includes('INFO'));
  });

  it('are not looked for in records without an address', async () => {
    const isGood = await goodVisitors(['203.0.113.5']);
    assert.equal(isGood(record()), false);
    assert.equal(isGood(record({ source: { ip: 'office.example' } })), false);
  });

  for (const [title, trusted, status] of [
    ['a network that is none', '10.0.0.0/33', 64],
    ['an address that is none', '10.0.0.300', 64],
    ['a file that is not there', '/nowhere/trusted', 66],
    ['a line that is no address', file('bad.txt', '10.0.0.1\noffice\n'), 78],
  ] as const)
    it(`are not read out of ${title}`, async () => {
      await assert.rejects(goodVisitors([trusted]), (thrown: LpError) => thrown.status === status);
    });
});

describe('ordinary visits', () => {
  it('of a monitor that asks for the health of a site make no finding', async () => {
    const checks = Array.from({ length: 59 }, (_, second) => [second % 9 === 0 ? '/healthz' : '/health', 200] as const);
    assert.deepEqual(await found(visit('203.0.113.5', 'kube-probe/1.29', checks)), []);
  });

  it('of a browser that asks for what a site does not have make no finding', async () => {
    const missing = [
      '/favicon.ico',
      '/apple-touch-icon.png',
      '/apple-touch-icon-precomposed.png',
      '/apple-touch-icon-120x120.png',
      '/robots.txt',
      '/ads.txt',
      '/sitemap.xml',
      '/.well-known/assetlinks.json',
      '/.well-known/apple-app-site-association',
      '/browserconfig.xml',
      '/style.css.map',
      '/old-page',
      '/blog/2019/a-post',
    ].map((target) => [target, 404] as const);
    assert.deepEqual(await found(visit('203.0.113.5', 'Mozilla/5.0 (X11; Linux x86_64)', missing)), []);
  });
});
