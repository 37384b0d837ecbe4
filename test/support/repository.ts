import { readdirSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** One file of the repository, by its path from the root. */
export interface TextFile {
  readonly path: string;
  readonly text: string;
}

/** The root of the repository, with a slash at its end. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/** What is made by tools, or is none of ours. */
const foreign = /^(\.git|node_modules|coverage|dist(\.new-.*)?)$/;

/** Paths of all files of the repository whose path starts so, sorted. */
export function pathsBelow(folder: string): readonly string[] {
  const entries = readdirSync(`${root}${folder}`, { withFileTypes: true }).filter(({ name }) => !foreign.test(name));
  return entries
    .flatMap((entry) => {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      return entry.isDirectory() ? pathsBelow(path) : [path];
    })
    .sort();
}

/** One file of the repository. Throws when it is not there. */
export function textFile(path: string): TextFile {
  return { path, text: readFileSync(`${root}${path}`, 'utf8') };
}

/** Whether the file may be executed. */
export function isExecutable(path: string): boolean {
  return (statSync(`${root}${path}`).mode & 0o111) === 0o111;
}

/** All files of the repository that are text. */
export const allFiles: readonly TextFile[] = pathsBelow('')
  .map(textFile)
  .filter(({ text }) => !text.includes('\0'));

/** The TypeScript sources of the product. What is below `kernel` is AssemblyScript: alike to look at, another language. */
export const sources: readonly TextFile[] = allFiles.filter(
  ({ path }) => path.startsWith('src/') && path.endsWith('.ts') && !path.includes('/kernel/'),
);

/** Whether it is one implementation of the contract beside its folder, found there by its loader. */
export function isPlugIn(path: string): boolean {
  return /^src\/(parse\/(datasets|formats)|store\/backends|report\/renderers|redact\/patterns)\/[^/]+\.ts$/.test(path);
}
