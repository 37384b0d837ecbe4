import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { DeadLetters } from '../../../src/io/dead-letters.ts';
import { diagnosticsFor } from '../../../src/io/diagnostics.ts';
import { LpError } from '../../../src/model/error.ts';

let directory = '';
before(async () => {
  directory = await mkdtemp(join(tmpdir(), 'lp-'));
});
after(() => rm(directory, { recursive: true }));

function told(): { readonly lines: string[]; readonly diagnostics: ReturnType<typeof diagnosticsFor> } {
  const lines: string[] = [];
  return { lines, diagnostics: diagnosticsFor('lp-x', { format: 'text', verbosity: 'normal' }, (line) => lines.push(line)) };
}

const letter = { code: 'E_JSON', message: 'not JSON', original: '{' };

test('without a file they are counted, and the first is told at the end', async () => {
  const { lines, diagnostics } = told();
  const letters = new DeadLetters('parse', undefined);
  letters.add(letter, 'standard input, line 2');
  letters.add({ ...letter, message: 'other' }, 'standard input, line 3');
  await letters.flush();
  await letters.end(diagnostics);
  assert.equal(letters.count, 2);
  assert.deepEqual(lines, [
    'lp-x: 2 lines could not be used (see them with --dead-letter FILE); first: standard input, line 2: not JSON\n',
  ]);
});

test('nothing is told and no file is made when there are none', async () => {
  const { lines, diagnostics } = told();
  const path = join(directory, 'none');
  await new DeadLetters('parse', path).end(diagnostics);
  assert.deepEqual(lines, []);
  await assert.rejects(stat(path), { code: 'ENOENT' });
});

test('they are appended to their file, which others may not read', async () => {
  const path = join(directory, 'dead');
  for (const original of ['a', 'b']) {
    const letters = new DeadLetters('filter', path);
    letters.add({ ...letter, original }, 'line 1');
    await letters.end(told().diagnostics);
  }
  assert.equal(
    await readFile(path, 'utf8'),
    ['a', 'b']
      .map(
        (original) =>
          `{"schema":"lp/1","type":"error","stage":"filter","code":"E_JSON","message":"not JSON","original":"${original}"}\n`,
      )
      .join(''),
  );
  assert.equal((await stat(path)).mode & 0o007, 0);
});

const beginnings: readonly (readonly [what: string, text: string, kept: string])[] = [
  ['half a line is ended first', '{"half', '{"half\n'],
  ['a whole line needs nothing', '{}\n', '{}\n'],
  ['nothing needs nothing', '', ''],
];
for (const [what, text, kept] of beginnings) {
  test(`of what the file holds, ${what}`, async () => {
    const path = join(directory, what);
    await writeFile(path, text);
    const letters = new DeadLetters('parse', path);
    for (const where of ['line 1', 'line 2']) {
      letters.add(letter, where);
      await letters.flush();
    }
    await letters.end(told().diagnostics);
    const line = '{"schema":"lp/1","type":"error","stage":"parse","code":"E_JSON","message":"not JSON","original":"{"}\n';
    assert.equal(await readFile(path, 'utf8'), kept + line + line);
  });
}

test('a file that cannot be opened is status 73', async () => {
  const letters = new DeadLetters('parse', join(directory, 'no', 'such', 'directory'));
  letters.add(letter, 'line 1');
  await assert.rejects(letters.flush(), (thrown) => thrown instanceof LpError && thrown.status === 73);
});

test('a file that cannot be written is status 74', async () => {
  const letters = new DeadLetters('parse', '/dev/full');
  letters.add(letter, 'line 1');
  await assert.rejects(letters.flush(), (thrown) => thrown instanceof LpError && thrown.status === 74);
});
