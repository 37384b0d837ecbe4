import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LpError, reasonOf } from '../model/error.ts';
import { exitStatus } from '../model/exit-status.ts';
import { wholeDocuments } from './documents.ts';
import { FieldIndex } from './fields.ts';
import { withFilters } from './filters.ts';
import { find, type Node, UnusableRule } from './node.ts';
import { documentsOf } from './prepared-rules.ts';
import { type RuleWords, readRule } from './read-rule.ts';
import { loadRegexEngine, type RegexEngine } from './regex.ts';
import type { Rule, RuleFilter } from './rule.ts';
import { RuleSet } from './rule-set.ts';

/** Where the rules that come with the toolkit are. */
export const builtInRules = fileURLToPath(new URL('../rules/', import.meta.url));

/** How rules are read. */
export interface RuleSettings {
  /** What `%name%` stands for in values with the modifier `expand`. */
  readonly placeholders?: ReadonlyMap<string, readonly string[]>;
}

/** The text of a rule file. */
export interface RuleText {
  readonly file: string;
  readonly text: string;
  /** True when nobody named the file itself: a rule in it about other logs is left out, and is no mistake. */
  readonly isOfDirectory?: boolean;
}

/**
 * Loads all rules of files and directories (`*.yaml`, `*.yml`, at any depth, in the order of their names). Rules of a
 * directory that are about other logs are left out and kept in `unusable`, with the correlations that refer to them; of a
 * file that was named they are mistakes. Throws `LpError` 78 that names the first mistake and says how many files have more.
 */
export async function loadRules(paths: readonly string[], settings: RuleSettings = {}): Promise<RuleSet> {
  const texts: RuleText[] = [];
  for (const path of paths) texts.push(...(await textsOf(path)));
  return rulesOf(texts, settings);
}

/** What is wrong with rules, all of it, and the rules when nothing is. */
export interface Check {
  readonly mistakes: readonly LpError[];
  readonly set: RuleSet | undefined;
}

/** Reads rules as `loadRules` does, and gives all mistakes in them instead of throwing the first. */
export async function checkRules(paths: readonly string[], settings: RuleSettings = {}): Promise<Check> {
  const texts: RuleText[] = [];
  for (const path of paths) texts.push(...(await textsOf(path)));
  const reading = await readingOf(texts, settings);
  if (reading.mistakes.length > 0) return { mistakes: reading.mistakes, set: undefined };
  try {
    return { mistakes: [], set: reading.end() };
  } catch (thrown) {
    if (!(thrown instanceof LpError)) throw thrown;
    return { mistakes: [thrown], set: undefined };
  }
}

/** The rules of texts, as `loadRules` gives them for files. Throws `LpError` 78 as it does. */
export async function rulesOf(texts: readonly RuleText[], settings: RuleSettings = {}): Promise<RuleSet> {
  return (await readingOf(texts, settings)).end();
}

async function readingOf(texts: readonly RuleText[], settings: RuleSettings): Promise<Reading> {
  let regexes: RegexEngine | undefined;
  if (texts.some(({ text }) => /\|re\b/.test(text))) regexes = await loadRegexEngine();
  const reading = new Reading({ fields: new FieldIndex(), placeholders: settings.placeholders ?? new Map(), regexes });
  for (const text of texts) await reading.read(text);
  return reading;
}

/** What has been read so far. */
class Reading {
  readonly #words: RuleWords;
  readonly #rules: Rule[] = [];
  readonly #filters: RuleFilter[] = [];
  readonly #unusable: UnusableRule[] = [];
  readonly mistakes: LpError[] = [];
  /** Names and ids of the rules that were left out. */
  readonly #missing = new Set<string>();
  /** Files that were read as part of a directory. */
  readonly #lenient = new Set<string>();

  constructor(words: RuleWords) {
    this.#words = words;
  }

  async read({ file, text, isOfDirectory = false }: RuleText): Promise<void> {
    if (isOfDirectory) this.#lenient.add(file);
    await this.#attempt(async () => {
      const documents = await documentsOf(text, file, builtInRules);
      if (documents.length === 0) throw new LpError(`${file}:1: there is no rule in this file`, exitStatus.config);
      for (const document of wholeDocuments(documents)) this.#readDocument(document);
    });
  }

  end(): RuleSet {
    const rules = this.#withoutDangling(this.#rules);
    const filters = this.#filters.filter((filter) => filter.rules?.some((name) => this.#missing.has(name)) !== true);
    const [first] = this.mistakes;
    const { fields } = this.#words;
    if (first === undefined) return new RuleSet({ rules: withFilters(rules, filters), fields, unusable: this.#unusable });
    throw this.mistakes.length === 1
      ? first
      : new LpError(`${first.message} (and ${this.mistakes.length - 1} more rule files with mistakes)`, exitStatus.config);
  }

  async #attempt(step: () => Promise<void>): Promise<void> {
    try {
      await step();
    } catch (thrown) {
      if (!(thrown instanceof LpError)) throw thrown;
      this.mistakes.push(thrown);
    }
  }

  #readDocument(document: Node): void {
    try {
      const rule = readRule(document, this.#words);
      if ('kind' in rule) this.#rules.push(rule);
      else this.#filters.push(rule);
    } catch (thrown) {
      if (!(thrown instanceof UnusableRule && this.#lenient.has(document.file))) throw thrown;
      this.#unusable.push(thrown);
      for (const name of namesOf(document)) this.#missing.add(name);
    }
  }

  /** Leaves out the correlations of directories that refer to rules which were left out. */
  #withoutDangling(rules: readonly Rule[]): readonly Rule[] {
    const kept = rules.filter((rule) => {
      if (rule.kind === 'single' || !this.#lenient.has(rule.place.file)) return true;
      const missing = rule.rules.find((name) => this.#missing.has(name));
      if (missing === undefined) return true;
      this.#unusable.push(new UnusableRule(rule.place, `it refers to "${missing}", which cannot be used`));
      this.#missing.add(rule.name).add(rule.id);
      return false;
    });
    return kept.length === rules.length ? rules : this.#withoutDangling(kept);
  }
}

function namesOf(document: Node): readonly string[] {
  if (document.kind !== 'map') return [];
  return ['name', 'id', 'title'].flatMap((key) => {
    const node = find(document, key);
    return node?.kind === 'scalar' && node.value !== undefined ? [String(node.value)] : [];
  });
}

async function textsOf(path: string): Promise<readonly RuleText[]> {
  try {
    if (!(await stat(path)).isDirectory()) return [{ file: path, text: await textOf(path) }];
    const names = await readdir(path, { recursive: true });
    // What is hidden belongs to version control, and not to the rules.
    const files = names.filter((name) => /\.ya?ml$/.test(name) && !/(^|[/\\])\./.test(name)).sort();
    if (files.length === 0) throw new LpError(`there are no rules (*.yaml, *.yml) in ${path}`, exitStatus.config);
    return await Promise.all(
      files.map(async (name) => ({ file: join(path, name), text: await textOf(join(path, name)), isOfDirectory: true })),
    );
  } catch (thrown) {
    if (thrown instanceof LpError) throw thrown;
    throw new LpError(`cannot read the rules in ${path}: ${reasonOf(thrown)}`, exitStatus.config);
  }
}

async function textOf(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((thrown: unknown) => {
    throw new LpError(`cannot read the rules in ${file}: ${reasonOf(thrown)}`, exitStatus.config);
  });
}
