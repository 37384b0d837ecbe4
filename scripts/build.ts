/*
 * Builds `src` into `dist`:  npm run build
 *
 * All is made in a folder beside, which takes the place of `dist` in two renames: a build that fails leaves the last one
 * as it was, and a command that starts meanwhile finds all of one build.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** One part of the build: puts what it makes below `folder`. */
type Step = (folder: string) => void;

/** In order; a step may use what an earlier one has made. */
const steps: readonly Step[] = [
  (folder) => tool('tsc', ['-p', 'tsconfig.build.json', '--outDir', folder]),
  (folder) => tool('tsx', ['scripts/catalog.ts', folder, `${folder}/kernel`]),
  (folder) => kernel('parse', folder, `${folder}/kernel`),
  (folder) => rmSync(`${folder}/kernel`, { recursive: true }),
  (folder) => kernel('filter', folder, 'src'),
  (folder) => cpSync('src/rules', `${folder}/rules`, { recursive: true, filter: (path) => !/\.ts$/.test(path) }),
  (folder) => tool('tsx', ['scripts/rules.ts', folder]),
];

const kernelOptions = ['-O3', '--enable', 'simd', '--runtime', 'stub', '--noAssert', '--use', 'abort='];

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
// Inside the repository, because a rename does not cross file systems; the name is ignored like `dist` is.
const made = `dist.new-${process.pid}`;
try {
  mkdirSync(made);
  for (const step of steps) step(made);
  replace('dist', made);
} catch (thrown) {
  // A compiler has said itself what is wrong.
  if (!(thrown instanceof Error && 'status' in thrown)) throw thrown;
  process.exitCode = 1;
} finally {
  rmSync(made, { recursive: true, force: true });
}

function kernel(stage: string, folder: string, source: string): void {
  tool('asc', [`${source}/${stage}/kernel/index.ts`, '-o', `${folder}/${stage}/kernel.wasm`, ...kernelOptions]);
}

function tool(name: string, options: readonly string[]): void {
  execFileSync(`node_modules/.bin/${name}`, options, { stdio: ['ignore', 'inherit', 'inherit'] });
}

function replace(folder: string, by: string): void {
  const old = `${by}.old`;
  try {
    renameSync(folder, old);
  } catch {
    // There is none, or it is of a lower layer of a container's file system, which lets no folder be renamed.
    rmSync(folder, { recursive: true, force: true });
  }
  renameSync(by, folder);
  rmSync(old, { recursive: true, force: true });
}
