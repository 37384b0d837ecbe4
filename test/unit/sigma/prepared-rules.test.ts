import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { builtInRules, rulesOf } from '../../../src/sigma/load.ts';
import type { Node } from '../../../src/sigma/node.ts';
import { type Prepared, prepare, preparedDocuments } from '../../../src/sigma/prepared-rules.ts';
import { readYaml } from '../../../src/sigma/yaml.ts';

function withoutProof(node: Node): Node {
  if (node.kind === 'list') return { ...node, items: node.items.map(withoutProof) };
  if (node.kind === 'map')
    return { ...node, entries: node.entries.map((entry) => ({ ...entry, value: withoutProof(entry.value) })) };
  const { isProven, ...rest } = node;
  assert.equal(isProven, true);
  return rest;
}

describe('prepared rules', () => {
  it('say what the YAML of all built-in rules says, with its places', async () => {
    const names = (await readdir(builtInRules)).filter((name) => name.endsWith('.yaml'));
    const texts = await Promise.all(names.map((name) => readFile(join(builtInRules, name), 'utf8')));
    const files = new Map(names.map((name, index) => [name, texts[index] ?? '']));
    const prepared: Prepared = JSON.parse(await prepare(files));
    for (const [name, text] of files) {
      const file = join(builtInRules, name);
      const found = preparedDocuments(prepared, { name, text, file });
      assert.deepEqual(found?.map(withoutProof), await readYaml(text, file));
    }
    // Expressions of prepared rules are not looked at before they are asked, so here it is shown that all can be used.
    await assert.doesNotReject(rulesOf([...files].map(([file, text]) => ({ file, text }))));
  });

  it('are not what counts for a rule that was changed since, or is new', async () => {
    const prepared: Prepared = JSON.parse(await prepare(new Map([['a.yaml', 'title: a\n']])));
    const documents = (name: string, text: string): unknown => preparedDocuments(prepared, { name, text, file: `/x/${name}` });
    assert.notEqual(documents('a.yaml', 'title: a\n'), undefined);
    assert.equal(documents('a.yaml', 'title: b\n'), undefined);
    assert.equal(documents('b.yaml', 'title: a\n'), undefined);
  });
});
