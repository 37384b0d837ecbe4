import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { LpError } from '../../../../src/model/error.ts';
import type { LogFormat } from '../../../../src/parse/format.ts';
import { loadFormatFiles } from '../../../../src/parse/own/load.ts';
import { catalog } from '../../../support/parse-lines.ts';

let folder = '';
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lp-'));
});
after(() => rm(folder, { recursive: true }));

const warnings: string[] = [];

async function load(name: string, text: string): Promise<readonly LogFormat[]> {
  const path = join(folder, name);
  await writeFile(path, text, { mode: 0o644 });
  warnings.length = 0;
  return loadFormatFiles([path], catalog.formats, (message) => warnings.push(message));
}

async function assertRefused(loading: Promise<unknown>, status: number, message: RegExp): Promise<void> {
  await assert.rejects(loading, (thrown) => {
    assert.ok(thrown instanceof LpError, String(thrown));
    assert.equal(thrown.status, status, thrown.message);
    assert.match(thrown.message, message);
    return true;
  });
}

describe('a module', () => {
  test('may export a format as it is', async () => {
    const [format] = await load('plain.mjs', "export default { name: 'shop', pattern: [{ kind: 'literal', text: 'shop ' }] };");
    assert.equal(format?.name, 'shop');
    assert.equal(format?.rank, 100);
  });

  test('may export a function that makes one out of the pieces of patterns', async () => {
    const text =
      "export default ({ literal, ip, rest }) => ({ name: 'made', rank: 7, dataset: 'shop.log', pattern: [ip('source'), rest('message')] });";
    const [format] = await load('made.mjs', text);
    assert.equal(format?.rank, 7);
    assert.equal(format?.dataset, 'shop.log');
  });

  test('whose read function fails costs no line', async () => {
    const text =
      "export default { name: 'bad', read(line) { if (line === 'throw') throw new Error('oops'); return { fields: { 'user.name': 7, 'no.field': 'x', message: line } }; } };";
    const [format] = await load('bad.mjs', text);
    assert.ok(format !== undefined && 'read' in format);
    assert.equal(format.read('throw'), undefined);
    assert.deepEqual([...(format.read('a')?.fields ?? [])], [['message', 'a']]);
    format.read('throw');
    assert.equal(warnings.length, 3);
    assert.match(warnings.join('\n'), /oops[\s\S]*user\.name must be text[\s\S]*no\.field/);
  });

  const mistakes: readonly (readonly [shows: string, text: string, message: RegExp])[] = [
    ['is no JavaScript', 'export default {', /m\.mjs: cannot be loaded/],
    ['exports nothing', 'export const a = 1;', /m\.mjs: its default export must be a format/],
    ['has no name', 'export default { pattern: [] };', /m\.mjs: name must be a word/],
    ['neither has a pattern nor reads', "export default { name: 'a' };", /either a pattern or a read function/],
    ['has a part that there is not', "export default { name: 'a', pattern: [], patern: [] };", /"patern" is no part/],
    [
      'names a field that there is not',
      "export default { name: 'a', pattern: [{ kind: 'number', field: 'pid' }] };",
      /\[0\] field must be/,
    ],
    [
      'has a piece of an unknown kind, deep inside',
      "export default { name: 'a', pattern: [{ kind: 'oneOf', patterns: [[], [{ kind: 'huh' }]] }] };",
      /patterns \[1\] \[0\] has a kind that is none of/,
    ],
    [
      'cannot be read in one go',
      "export default { name: 'a', pattern: [{ kind: 'text', field: 'message', reach: 'first' }, { kind: 'end' }] };",
      /m\.mjs: its pattern cannot be used: what follows message must be literal text/,
    ],
    [
      'has the name of a built-in format',
      "export default { name: 'syslog', pattern: [] };",
      /there is a format "syslog" already/,
    ],
  ];
  for (const [shows, text, message] of mistakes) {
    test(`that ${shows} is refused`, async () => {
      const own = join(folder, shows.replaceAll(' ', '-'));
      await mkdir(own);
      await writeFile(join(own, 'm.mjs'), text, { mode: 0o644 });
      await assertRefused(
        loadFormatFiles([join(own, 'm.mjs')], catalog.formats, () => {}),
        78,
        message,
      );
    });
  }
});

describe('a file of code that is not loaded', () => {
  const good = "export default { name: 'shop', pattern: [] };";
  test('others may write', async () => {
    const path = join(folder, 'open.mjs');
    await writeFile(path, good);
    await chmod(path, 0o666);
    await assertRefused(
      loadFormatFiles([path], [], () => {}),
      77,
      /others may write .*open\.mjs; chmod go-w/,
    );
  });

  test('lies in a folder that others may write', async () => {
    const open = join(folder, 'open');
    await mkdir(open);
    await chmod(open, 0o777);
    await writeFile(join(open, 'a.mjs'), good, { mode: 0o644 });
    await symlink(join(open, 'a.mjs'), join(folder, 'link.mjs'));
    await assertRefused(
      loadFormatFiles([join(folder, 'link.mjs')], [], () => {}),
      77,
      /others may write .*open; chmod/,
    );
  });

  test('is not there', async () => {
    await assertRefused(
      loadFormatFiles([join(folder, 'none.mjs')], [], () => {}),
      66,
      /none\.mjs: there is no such file/,
    );
  });

  test('is of no kind that is known', async () => {
    await assertRefused(
      loadFormatFiles(['/etc/hostname'], [], () => {}),
      64,
      /ends in \.yaml/,
    );
  });
});

describe('a YAML file', () => {
  test('declares formats in the words of --format', async () => {
    const text =
      "name: shop\ntitle: the shop's own\nrank: 60\nformat: 'nginx:$remote_addr $status'\ndataset: shop.access\njoins: ['  ']\n---\nname: other\nformat: 'regex:^o (?<message>.*)$'\n";
    const formats = await load('two.yaml', text);
    assert.deepEqual(
      formats.map(({ name, title, rank, joins }) => [name, title, rank, joins]),
      [
        ['shop', "the shop's own", 60, ['  ']],
        ['other', `a format of your own (${join(folder, 'two.yaml')})`, 100, undefined],
      ],
    );
    assert.equal(formats[0]?.dataset, 'shop.access');
  });

  const mistakes: readonly (readonly [shows: string, text: string, message: RegExp])[] = [
    ['is empty', '# nothing\n', /y\.yaml:1: there is no format/],
    ['lacks a name', "format: 'nginx:$status'\n", /y\.yaml:1: a format must have "name" and "format"/],
    ['has a key that there is not', "name: a\nformat: 'nginx:$status'\nrang: 3\n", /y\.yaml:3: a format has no "rang"/],
    [
      'has a format of no known kind',
      "name: a\nformat: 'lines'\n",
      /y\.yaml:2: format must begin with nginx:, apache: or regex:/,
    ],
    [
      'has a faulty expression',
      "name: a\nformat: 'regex:(?<message>'\n",
      /y\.yaml:2: the format's regular expression cannot be used/,
    ],
  ];
  for (const [shows, text, message] of mistakes) {
    test(`that ${shows} is refused`, () => assertRefused(load('y.yaml', text), 78, message));
  }
});
