import { dirname } from 'node:path';
import { type Convention, testConvention } from '../support/convention.ts';
import { allFiles, root, type TextFile } from '../support/repository.ts';

/** The folder that this copy lies in. */
const place = dirname(root.replace(/\/$/, ''));

/** Where software is put on any machine. */
const ordinaryPlaces = ['/', '/tmp', '/var/tmp', '/home', '/root', '/opt', '/srv', '/usr/src'];

/** Stands for a place in the test of the test; in parts, so that this file does not hold it. */
const somebody = ['', 'home', 'somebody', 'checkout', ''].join('/');

const noPlace: Convention = {
  name: 'no text names the place where somebody has worked',
  reason: 'It is nowhere else; write paths from the root of the repository.',
  check: (files) => {
    const words = [somebody, ...(ordinaryPlaces.includes(place) ? [] : [`${place}/`])];
    return lines(files).flatMap(({ path, line, text }) =>
      words.filter((word) => text.includes(word)).map((word) => ({ path, line, what: `names ${word}` })),
    );
  },
  violations: { 'a path': { 'src/io/a.ts': `// see ${somebody}src/io/b.ts\n` } },
};

// In two parts, so that this file does not hold them.
const leftovers = ['TO', 'FIX', 'X'].map((start, index) => start + (['DO', 'ME', 'XX'][index] ?? ''));

const noLeftovers: Convention = {
  name: 'nothing is left to be done in a comment',
  reason: 'Do it, or open a ticket where others see it.',
  check: (files) =>
    lines(files).flatMap(({ path, line, text }) => {
      const word = leftovers.find((candidate) => new RegExp(`\\b${candidate}\\b`).test(text));
      return word === undefined ? [] : [{ path, line, what: `says ${word}` }];
    }),
  violations: { 'a note to oneself': { 'src/io/a.ts': `// ${leftovers[0]}: later\n` } },
};

const noBanners: Convention = {
  name: 'comments have no banners',
  reason: 'A section that needs one is a file.',
  check: (files) =>
    lines(files.filter(({ path }) => /\.(ts|ya?ml)$|^scripts\/|^\.ci\//.test(path)))
      .filter(({ text }) => /^\s*(\/\/|#|\/?\*)\s*[-=*#~_─═]{4,}/.test(text))
      .map(({ path, line }) => ({ path, line, what: 'is a banner' })),
  violations: {
    'a line of dashes': { 'src/io/a.ts': `// ${'-'.repeat(40)}\n` },
    'a line of stars': { 'src/io/a.ts': `/${'*'.repeat(40)}\n` },
  },
};

const changelog: Convention = {
  name: 'the changelog knows the version',
  reason: 'Say what is new before it is given out.',
  check: (files) => {
    const { version } = JSON.parse(textOf(files, 'package.json'));
    const isThere = textOf(files, 'CHANGELOG.md').includes(`\n## [${version}]`);
    return isThere ? [] : [{ path: 'CHANGELOG.md', line: 0, what: `has no section for ${version}` }];
  },
  violations: { 'an old one': { 'package.json': '{ "version": "0.2.0" }', 'CHANGELOG.md': '# Changelog\n\n## [0.1.0]\n' } },
};

const lockFile: Convention = {
  name: 'package-lock.json names no host',
  reason: 'Everyone has their own registry; the lock holds the digests. npm install --omit-lockfile-registry-resolved',
  check: (files) =>
    lines(files.filter(({ path }) => path === 'package-lock.json'))
      .filter(({ text }) => text.includes('"resolved":'))
      .map(({ path, line }) => ({ path, line, what: 'says where a package was taken from' })),
  violations: { 'a host': { 'package-lock.json': '"resolved": "https://registry.example/a.tgz",\n' } },
};

const manifest: Convention = {
  name: 'package.json says what the package runs on, and what it holds',
  reason: 'npm goes by it.',
  check: (files) => {
    const { type, engines, files: held = [], allowScripts = {} } = JSON.parse(textOf(files, 'package.json'));
    const faults = [
      type === 'module' ? '' : 'type is not module',
      engines?.node === '>=20.19' ? '' : 'engines.node is not >=20.19',
      ...['bin', 'dist', 'man', 'examples'].map((folder) => (held.includes(folder) ? '' : `files does not list ${folder}`)),
      allowScripts['better-sqlite3'] === true ? '' : 'allowScripts does not let better-sqlite3 compile',
    ];
    return faults.filter((fault) => fault !== '').map((what) => ({ path: 'package.json', line: 0, what }));
  },
  violations: { 'an empty one': { 'package.json': '{}' } },
};

for (const convention of [noPlace, noLeftovers, noBanners, changelog, lockFile, manifest]) testConvention(convention, allFiles);

function textOf(files: readonly TextFile[], path: string): string {
  return files.find((file) => file.path === path)?.text ?? '';
}

function lines(files: readonly TextFile[]): readonly { path: string; line: number; text: string }[] {
  return files.flatMap(({ path, text }) => text.split('\n').map((line, index) => ({ path, line: index + 1, text: line })));
}
