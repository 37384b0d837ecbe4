import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Engine } from '../../src/analyze/engine.ts';
import { placeholders } from '../../src/analyze/placeholders.ts';
import { decodeLine } from '../../src/model/decode.ts';
import type { LogRecord } from '../../src/model/envelope.ts';
import { builtInRules, loadRules } from '../../src/sigma/load.ts';
import type { Rule } from '../../src/sigma/rule.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const rules = await loadRules([builtInRules]);
const reporting = rules.rules.filter((rule) => rules.isReporting(rule));

interface Scenario {
  readonly rule: Rule;
  readonly file: string;
  readonly isMatch: boolean;
  readonly log: string;
}

const scenarios: readonly Scenario[] = reporting.flatMap((rule, number) => {
  const of = (logs: readonly string[], kind: 'match' | 'nomatch') =>
    logs.map((log, index) => ({
      rule,
      file: `${number}-${kind}-${index}.log`,
      isMatch: kind === 'match',
      log: `${log.trimEnd()}\n`,
    }));
  return [...of(rule.tests.match, 'match'), ...of(rule.tests.nomatch, 'nomatch')];
});

/** Parses all scenarios in one process: the file of a record says which one it belongs to. */
function parsed(directory: string): ReadonlyMap<string, readonly LogRecord[]> {
  for (const { file, log } of scenarios) writeFileSync(join(directory, file), log);
  const files = scenarios.map(({ file }) => join(directory, file));
  const parse = join(root, 'bin/lp-parse');
  const options = ['--tz', 'UTC', '--now', '2026-11-23T00:00:00Z'];
  const output = execFileSync(parse, [...options, ...files], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  const records = new Map<string, LogRecord[]>(scenarios.map(({ file }) => [file, []]));
  for (const line of output.split('\n').filter(Boolean)) {
    const decoded = decodeLine(line);
    if (!decoded.ok || decoded.envelope.type !== 'record') continue;
    records.get(decoded.envelope.log.source.slice(directory.length + 1))?.push(decoded.envelope);
  }
  return records;
}

function foundIn(records: readonly LogRecord[]): ReadonlySet<string> {
  const names = new Set<string>();
  const engine = new Engine(rules, { now: () => new Date(0), emit: (finding) => names.add(finding.rule.name) });
  for (const record of records) engine.take(record);
  engine.emitGrown();
  return names;
}

describe('the built-in rules', () => {
  const directory = mkdtempSync(join(tmpdir(), 'lp-rules-'));
  let records: ReadonlyMap<string, readonly LogRecord[]> = new Map();
  before(() => {
    records = parsed(directory);
  });
  after(() => rmSync(directory, { recursive: true }));

  it('are one file each, in a folder of their own', () => {
    const files = readdirSync(builtInRules);
    assert.ok(files.length >= 15);
    assert.deepEqual(
      files.filter((file) => !file.endsWith('.yaml')),
      ['command.ts', 'tools'],
    );
  });

  for (const rule of rules.rules) {
    it(`${rule.name} is named, numbered and described`, () => {
      assert.match(rule.name, /^lp\.[a-z0-9_]+$/);
      assert.match(rule.id, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
      assert.equal(rule.author, 'lp');
      assert.ok(rule.description);
    });
  }

  for (const rule of reporting) {
    it(`${rule.name} says what happened, what to do and when it errs`, () => {
      assert.ok(rule.summary && rule.action);
      assert.ok(rule.falsePositives.length > 0);
      assert.notEqual(rule.category, 'other');
      const names = [...`${rule.summary} ${rule.action}`.matchAll(/\{([^}]*)\}/g)].map((match) => match[1]);
      assert.deepEqual(
        names.filter((name) => name === undefined || !placeholders.includes(name)),
        [],
      );
    });
    it(`${rule.name} has lines that match and lines that do not`, () => {
      assert.ok(rule.tests.match.length >= 1);
      assert.ok(rule.tests.nomatch.length >= 2);
    });
  }

  for (const { rule, file, isMatch, log } of scenarios) {
    it(`${rule.name} ${isMatch ? 'finds something' : 'finds nothing'} in ${file}`, () => {
      const entries = records.get(file) ?? [];
      assert.ok(entries.length > 0, `lp-parse gave no record for\n${log}`);
      const names = foundIn(entries);
      assert.equal(names.has(rule.name), isMatch, log);
      // What lp-filter keeps for the rules' sake is enough for the same findings.
      assert.deepEqual(foundIn(entries.filter((entry) => rules.isRelevant(entry))), names);
    });
  }
});
