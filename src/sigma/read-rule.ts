import { type Category, categories } from '../model/envelope.ts';
import type { Severity } from '../model/severity.ts';
import { threatOf } from './attack.ts';
import { compileCondition } from './condition.ts';
import { readCorrelation } from './correlation.ts';
import { compileSelection } from './detection.ts';
import type { FieldIndex } from './fields.ts';
import { type Route, readLogsource } from './logsource.ts';
import {
  allowOnly,
  asItems,
  asMap,
  asText,
  asTexts,
  asTimespan,
  type Entry,
  fault,
  find,
  type MapNode,
  type Node,
} from './node.ts';
import type { Rule, RuleFilter, RuleTests, SingleRule } from './rule.ts';
import type { Logsource } from './taxonomy.ts';
import { anyOf, type Term } from './term.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What the words of all rules of a set have in common. */
export interface RuleWords extends Pick<Vocabulary, 'placeholders' | 'regexes'> {
  readonly fields: FieldIndex;
}

const severityOf: Readonly<Record<string, Severity>> = {
  informational: 'INFO',
  low: 'INFO',
  medium: 'WARNING',
  high: 'ERROR',
  critical: 'CRITICAL',
};

/** How long an entity must be quiet before a rule of single records starts a new finding, unless `lp.timespan` says. */
const defaultTimespanMs = 3_600_000;

/**
 * Reads one document of a rule file. Besides Sigma's own keys there are `lp` (entity, category, title, summary, action,
 * unless, part-of, timespan) and `tests` (match, nomatch); a rule without a level counts as medium. Throws `LpError` 78 for any
 * mistake, which is an `UnusableRule` when it is none but the rule is about other logs.
 */
export function readRule(document: Node, words: RuleWords): Rule | RuleFilter {
  const map = asMap(document, 'a rule');
  const parts = ['detection', 'correlation', 'filter'].filter((key) => find(map, key) !== undefined);
  titleOf(map);
  if (parts.length > 1) throw fault(map, `a rule has one of ${parts.join(' and ')}, not both`);
  const [detection, correlation, filter] = [find(map, 'detection'), find(map, 'correlation'), find(map, 'filter')];
  if (filter !== undefined) return readFilter(map, asMap(filter, 'filter'), words);
  if (correlation !== undefined) {
    const vocabulary = vocabularyFor(words, {});
    refuseTimespan(own(map));
    return { ...readHead(map, vocabulary), kind: 'correlation', ...readCorrelation(correlation, vocabulary) };
  }
  if (detection === undefined) throw fault(map, 'a rule needs a "detection", a "correlation" or a "filter"');
  const route = routeOf(map);
  const vocabulary = vocabularyFor(words, route.logsource);
  const head = readHead(map, vocabulary);
  const timespan = find(own(map), 'timespan');
  return {
    ...head,
    kind: 'single',
    route,
    ...readDetection(asMap(detection, 'detection'), vocabulary),
    timespanMs: timespan === undefined ? defaultTimespanMs : asTimespan(timespan, 'lp.timespan'),
  };
}

/** A second length of time beside that of the correlation would be ignored. */
function refuseTimespan({ entries }: MapNode): void {
  const timespan = entries.find(({ key }) => key === 'timespan');
  if (timespan !== undefined)
    throw fault(
      timespan,
      '"lp.timespan" is for rules of single records: a correlation has a "timespan" of its own, which is that',
    );
}

function routeOf(map: MapNode): Route {
  const logsource = find(map, 'logsource');
  if (logsource === undefined) throw fault(map, 'a rule needs a "logsource"');
  return readLogsource(asMap(logsource, 'logsource'));
}

function vocabularyFor({ fields, placeholders, regexes }: RuleWords, logsource: Logsource): Vocabulary {
  return { entry: fields.entry, placeholders, regexes, field: (name, place) => fields.field(name, place, logsource) };
}

function readDetection(
  detection: MapNode,
  vocabulary: Vocabulary,
  others: readonly string[] = [],
): Pick<SingleRule, 'term' | 'selections'> {
  const timeframe = detection.entries.find((entry) => entry.key === 'timeframe');
  if (timeframe !== undefined) throw fault(timeframe, '"timeframe" is not supported: count with a correlation rule instead');
  const condition = find(detection, 'condition');
  if (condition === undefined) throw fault(detection, 'a detection needs a "condition"');
  const selections = new Map<string, Term>();
  for (const { key, value } of detection.entries) {
    if (key === 'condition' || others.includes(key)) continue;
    selections.set(key, { kind: 'named', name: key, part: compileSelection(value, vocabulary) });
  }
  const terms = asItems(condition).map((item) => compileCondition(asText(item, 'condition'), selections, item));
  return { term: anyOf(terms), selections };
}

/** A rule about rules: what does not fulfil its condition is no match. Source: Sigma filters specification 2.1. */
function readFilter(map: MapNode, filter: MapNode, words: RuleWords): RuleFilter {
  const rules = filter.entries.find((entry) => entry.key === 'rules');
  const route = routeOf(map);
  const { term } = readDetection(filter, vocabularyFor(words, route.logsource), ['rules']);
  return { title: titleOf(map), place: { file: map.file, line: map.line }, rules: filteredRules(rules, filter), route, term };
}

function filteredRules(rules: Entry | undefined, filter: MapNode): readonly string[] | undefined {
  if (rules === undefined) throw fault(filter, 'a filter needs "rules": the names or ids of rules, or any');
  const names = asTexts(rules.value, 'rules');
  if (names.length === 0) throw fault(rules, 'a filter needs the names or ids of rules, or any');
  return rules.value.kind === 'scalar' && names[0] === 'any' ? undefined : names;
}

type Head = Omit<SingleRule, 'kind' | 'route' | 'term' | 'selections' | 'timespanMs'>;

function readHead(map: MapNode, vocabulary: Vocabulary): Head {
  const title = titleOf(map);
  const name = text(map, 'name') ?? title;
  const [description, author, license] = [text(map, 'description'), text(map, 'author'), text(map, 'license')];
  const threat = threatOf(list(map, 'tags'));
  return {
    id: text(map, 'id') ?? name,
    name,
    title,
    references: list(map, 'references'),
    falsePositives: list(map, 'falsepositives'),
    severity: readLevel(find(map, 'level')),
    tests: readTests(find(map, 'tests')),
    place: { file: map.file, line: map.line },
    ...(description !== undefined && { description }),
    ...(author !== undefined && { author }),
    ...(license !== undefined && { license }),
    ...(threat !== undefined && { threat }),
    ...readOwn(own(map), vocabulary),
  };
}

function readOwn(
  map: MapNode,
  vocabulary: Vocabulary,
): Pick<Head, 'category' | 'entity' | 'findingTitle' | 'summary' | 'action' | 'unless' | 'partOf'> {
  allowOnly(map, ['entity', 'category', 'title', 'summary', 'action', 'unless', 'part-of', 'timespan'], 'lp');
  const [entity, category] = [find(map, 'entity'), find(map, 'category')];
  const [findingTitle, summary, action] = [text(map, 'title'), text(map, 'summary'), text(map, 'action')];
  return {
    category: category === undefined ? 'other' : readCategory(category),
    ...(entity !== undefined && { entity: vocabulary.field(asText(entity, 'lp.entity'), entity) }),
    ...(findingTitle !== undefined && { findingTitle }),
    ...(summary !== undefined && { summary }),
    ...(action !== undefined && { action }),
    unless: list(map, 'unless'),
    partOf: list(map, 'part-of'),
  };
}

function titleOf(map: MapNode): string {
  const title = text(map, 'title');
  if (title === undefined) throw fault(map, 'a rule needs a "title"');
  return title;
}

function own(map: MapNode): MapNode {
  const node = find(map, 'lp');
  return node === undefined ? { kind: 'map', file: map.file, line: map.line, entries: [] } : asMap(node, 'lp');
}

function readCategory(node: Node): Category {
  const name = asText(node, 'lp.category');
  const category = categories.find((known) => known === name);
  if (category === undefined) throw fault(node, `there is no category "${name}"; there are ${categories.join(', ')}`);
  return category;
}

function readLevel(node: Node | undefined): Severity {
  if (node === undefined) return 'WARNING';
  const level = asText(node, 'level').toLowerCase();
  const severity = Object.hasOwn(severityOf, level) ? severityOf[level] : undefined;
  if (severity === undefined) throw fault(node, `there is no level "${level}"; there are ${Object.keys(severityOf).join(', ')}`);
  return severity;
}

function readTests(node: Node | undefined): RuleTests {
  if (node === undefined) return { match: [], nomatch: [] };
  const map = asMap(node, 'tests');
  allowOnly(map, ['match', 'nomatch'], 'tests');
  return { match: list(map, 'match'), nomatch: list(map, 'nomatch') };
}

function text(map: MapNode, key: string): string | undefined {
  const node = find(map, key);
  return node === undefined ? undefined : asText(node, key).trim();
}

function list(map: MapNode, key: string): readonly string[] {
  const node = find(map, key);
  return node === undefined ? [] : asTexts(node, key);
}
