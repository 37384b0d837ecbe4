import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LpError, reasonOf } from '../model/error.ts';
import { exitStatus } from '../model/exit-status.ts';
import { FieldIndex } from './fields.ts';
import { readRule } from './read-rule.ts';
import type { Rule } from './rule.ts';
import { RuleSet } from './rule-set.ts';
import { readYaml } from './yaml.ts';

/** Where the rules that come with the toolkit are. */
export const builtInRules = fileURLToPath(new URL('../rules/', import.meta.url));

/**
 * Loads all rules of files and directories (`*.yaml`, `*.yml`, at any depth, in the order of their names). Throws
 * `LpError` 78 that names the first mistake and says how many files have more.
 */
export async function loadRules(paths: readonly string[]): Promise<RuleSet> {
  const fields = new FieldIndex();
  const rules: Rule[] = [];
  const faults: LpError[] = [];
  for (const path of paths) {
    const files = await filesOf(path);
    if (files.length === 0) throw new LpError(`there are no rules (*.yaml, *.yml) in ${path}`, exitStatus.config);
    for (const file of files) {
      try {
        rules.push(...(await readFileRules(file, fields)));
      } catch (thrown) {
        if (!(thrown instanceof LpError)) throw thrown;
        faults.push(thrown);
      }
    }
  }
  const [first] = faults;
  if (first === undefined) return new RuleSet(rules, fields);
  throw faults.length === 1
    ? first
    : new LpError(`${first.message} (and ${faults.length - 1} more rule files with mistakes)`, exitStatus.config);
}

async function readFileRules(file: string, fields: FieldIndex): Promise<readonly Rule[]> {
  const text = await readFile(file, 'utf8').catch((thrown: unknown) => {
    throw new LpError(`cannot read the rules in ${file}: ${reasonOf(thrown)}`, exitStatus.config);
  });
  const documents = await readYaml(text, file);
  if (documents.length === 0) throw new LpError(`${file}:1: there is no rule in this file`, exitStatus.config);
  return documents.map((document) => readRule(document, fields));
}

async function filesOf(path: string): Promise<readonly string[]> {
  try {
    if (!(await stat(path)).isDirectory()) return [path];
    const names = await readdir(path, { recursive: true });
    return names
      .filter((name) => /\.ya?ml$/.test(name))
      .sort()
      .map((name) => join(path, name));
  } catch (thrown) {
    throw new LpError(`cannot read the rules in ${path}: ${reasonOf(thrown)}`, exitStatus.config);
  }
}
