import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { builtInRules, loadRules } from '../../../src/sigma/load.ts';

const rule = (title: string, logsource: string, field = 'message'): string =>
  `title: ${title}\nlogsource: {${logsource}}\ndetection: {s: {${field}: x}, condition: s}\n`;

/** A folder laid out as the public rules are, as long as `use` takes. */
async function withFolder(files: Readonly<Record<string, string>>, use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'lp-load-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), text);
    }
    await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

describe('a directory of rules', () => {
  it('is read at any depth, but for what is hidden', async () => {
    const files = {
      'rules/linux/a.yml': rule('a', 'product: linux'),
      'web/b.yaml': rule('b', 'category: webserver'),
      '.git/c.yml': '[',
    };
    await withFolder(files, async (folder) => {
      assert.deepEqual((await loadRules([folder])).rules.map(({ title }) => title).sort(), ['a', 'b']);
    });
  });

  it('may hold rules about other logs, which are left out with those that refer to them', async () => {
    const files = {
      'a.yml': rule('a', 'product: linux'),
      'b.yml': rule('b', 'product: windows'),
      'c.yml': rule('c', 'product: linux', 'EventID'),
      'd.yml': 'title: d\ncorrelation: {type: event_count, rules: b, timespan: 1m, condition: {gte: 2}}\n',
      'e.yml': 'title: e\ncorrelation: {type: event_count, rules: d, timespan: 1m, condition: {gte: 2}}\n',
    };
    await withFolder(files, async (folder) => {
      const rules = await loadRules([folder]);
      assert.deepEqual(
        rules.rules.map(({ title }) => title),
        ['a'],
      );
      assert.match(
        rules.unusable.map(({ what }) => what).join('\n'),
        /"windows" is not supported.*"EventID" is not known.*"b".*"d"/s,
      );
      await assert.rejects(loadRules([join(folder, 'b.yml')]), /b\.yml:2: .*"windows" is not supported/);
    });
  });

  it('must hold no mistake', async () => {
    await withFolder({ 'a.yml': rule('a', 'product: linux').replace('condition: s', 'condition: z') }, async (folder) => {
      await assert.rejects(loadRules([folder]), /a\.yml:3: .*no selection "z"/);
    });
  });

  it('must hold rules', async () => {
    await withFolder({ 'readme.md': 'x' }, async (folder) => {
      await assert.rejects(loadRules([folder]), /there are no rules/);
    });
  });
});

describe('the built-in rules', () => {
  it('can all be used', async () => {
    assert.deepEqual((await loadRules([builtInRules])).unusable, []);
  });
});
