import { readFile } from 'node:fs/promises';
import { LpError, reasonOf } from '../model/error.ts';
import { exitStatus } from '../model/exit-status.ts';
import { loadRegexEngine } from '../sigma/regex.ts';
import type { Exclusion } from './exclude.ts';

/**
 * The test for the expressions of files in the manner of logcheck: one a line, found anywhere in the raw entry; blank lines
 * and those that begin with `#` say nothing. They run in time linear in the entry. Throws `LpError` 66 for a file that cannot
 * be read, and 78 for an expression that cannot be used, with file and line. Source: logcheck(8), "Ignore files"; egrep(1).
 */
export async function exclusionsIn(files: readonly string[]): Promise<Exclusion> {
  if (files.length === 0) return () => false;
  const engine = await loadRegexEngine();
  const tests: Exclusion[] = [];
  for (const file of files) {
    const text = await readFile(file, 'utf8').catch((thrown: unknown) => {
      throw new LpError(`cannot read ${file}: ${reasonOf(thrown)}`, exitStatus.noInput);
    });
    for (const [index, line] of text.split('\n').entries()) {
      const expression = line.trimEnd();
      if (expression === '' || expression.startsWith('#')) continue;
      const fault = (what: string): Error => new LpError(`${file}:${index + 1}: ${what}`, exitStatus.config);
      tests.push(engine.compile(expression, { flags: new Set(), fault }));
    }
  }
  return (original) => tests.some((isExcluded) => isExcluded(original));
}
