import type { Diagnostics } from '../io/diagnostics.ts';
import { LpError } from '../model/error.ts';
import { exitStatus } from '../model/exit-status.ts';
import { isLevel } from '../model/level.ts';
import type { RuleSet } from '../sigma/rule-set.ts';
import { exclusionOf } from './exclude.ts';
import { readKeywords } from './keywords.ts';
import type { Criteria } from './selection.ts';

/** What the command line says of what to keep. */
export interface CriteriaOptions {
  readonly keywords: string | undefined;
  readonly isOnlyKeywords: boolean;
  readonly minLevel: string;
  readonly where: string | undefined;
  readonly excluded: readonly string[];
  readonly excludeFiles: readonly string[];
  readonly since: Date | undefined;
  readonly until: Date | undefined;
  readonly rules: readonly string[];
  readonly expand: readonly string[];
}

/** Reads what the options name: rules, files, expressions. Throws `LpError` for what cannot be used. */
export async function criteriaFor(options: CriteriaOptions, diagnostics: Diagnostics): Promise<Criteria> {
  const { isOnlyKeywords, since, until, minLevel, excluded, excludeFiles, where } = options;
  const isInFiles = excludeFiles.length === 0 ? undefined : await fileExclusion(excludeFiles);
  const isNamed = exclusionOf(excluded);
  return {
    keywords: readKeywords(options.keywords),
    isExcluded: isInFiles === undefined ? isNamed : (original) => isNamed(original) || isInFiles(original),
    isExcluding: excluded.length > 0 || excludeFiles.length > 0,
    minLevel: isLevel(minLevel) ? minLevel : 'warning',
    since,
    until,
    ...(where === undefined ? { where: undefined, watch: undefined } : await expressionFor(where, diagnostics)),
    isOnlyKeywords,
    rules: isOnlyKeywords || where !== undefined ? undefined : await rulesFor(options, diagnostics),
  };
}

async function fileExclusion(files: readonly string[]): Promise<Criteria['isExcluded']> {
  const { exclusionsIn } = await import('./exclude-file.ts');
  return exclusionsIn(files);
}

async function expressionFor(source: string, diagnostics: Diagnostics): Promise<Pick<Criteria, 'where' | 'watch'>> {
  if (source.trim() === '') throw new LpError('--where needs an expression', exitStatus.usage);
  const [{ compileExpression, hasRegex }, { FieldWatch }, { loadRegexEngine }] = await Promise.all([
    import('./expression/expression.ts'),
    import('./expression/field-watch.ts'),
    import('../sigma/regex.ts'),
  ]);
  const { test, fields } = compileExpression(source, hasRegex(source) ? await loadRegexEngine() : undefined);
  const watch = new FieldWatch(fields, (text) => diagnostics.warn(text));
  return { where: test, watch };
}

async function rulesFor({ rules: paths, expand }: CriteriaOptions, diagnostics: Diagnostics): Promise<RuleSet> {
  const [{ builtInRules, loadRules }, { placeholdersFrom, unusableNote }] = await Promise.all([
    import('../sigma/load.ts'),
    import('../sigma/settings.ts'),
  ]);
  const rules = await loadRules([builtInRules, ...paths], { placeholders: placeholdersFrom(expand) });
  const note = unusableNote(rules);
  if (note !== undefined) diagnostics.warn(note);
  return rules;
}
