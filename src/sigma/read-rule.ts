import { type Category, categories } from '../model/envelope.ts';
import type { Severity } from '../model/severity.ts';
import { threatOf } from './attack.ts';
import { compileCondition } from './condition.ts';
import { readCorrelation } from './correlation.ts';
import { anyOf, compileSelection } from './detection.ts';
import type { FieldIndex } from './fields.ts';
import { readLogsource } from './logsource.ts';
import { allowOnly, asItems, asMap, asText, asTexts, asTimespan, fault, find, type MapNode, type Node } from './node.ts';
import type { Rule, RuleTests } from './rule.ts';
import type { Predicate } from './subject.ts';

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
 * unless, timespan) and `tests` (match, nomatch); a rule without a level counts as medium. Throws `LpError` 78 for any mistake.
 */
export function readRule(document: Node, fields: FieldIndex): Rule {
  const map = asMap(document, 'a rule');
  const [detection, correlation] = [find(map, 'detection'), find(map, 'correlation')];
  const head = readHead(map, fields);
  if (find(map, 'action') !== undefined) throw fault(map, '"action" documents are not supported: write each rule out');
  if (detection !== undefined && correlation !== undefined) throw fault(map, 'a rule has a detection or a correlation, not both');
  if (correlation !== undefined) return { ...head, kind: 'correlation', ...readCorrelation(correlation, fields) };
  if (detection === undefined) throw fault(map, 'a rule needs a "detection" or a "correlation"');
  const logsource = find(map, 'logsource');
  if (logsource === undefined) throw fault(map, 'a rule needs a "logsource"');
  const timespan = find(own(map), 'timespan');
  return {
    ...head,
    kind: 'single',
    route: readLogsource(asMap(logsource, 'logsource')),
    matches: compileDetection(asMap(detection, 'detection'), fields),
    timespanMs: timespan === undefined ? defaultTimespanMs : asTimespan(timespan, 'lp.timespan'),
  };
}

function compileDetection(detection: MapNode, fields: FieldIndex): Predicate {
  const timeframe = detection.entries.find((entry) => entry.key === 'timeframe');
  if (timeframe !== undefined) throw fault(timeframe, '"timeframe" is not supported: count with a correlation rule instead');
  const condition = find(detection, 'condition');
  if (condition === undefined) throw fault(detection, 'a detection needs a "condition"');
  const selections = new Map<string, Predicate>();
  for (const entry of detection.entries) {
    if (entry.key !== 'condition') selections.set(entry.key, compileSelection(entry.value, fields));
  }
  return anyOf(asItems(condition).map((item) => compileCondition(asText(item, 'condition'), selections, item)));
}

type Head = Omit<Extract<Rule, { kind: 'single' }>, 'kind' | 'route' | 'matches' | 'timespanMs'>;

function readHead(map: MapNode, fields: FieldIndex): Head {
  const title = text(map, 'title');
  if (title === undefined) throw fault(map, 'a rule needs a "title"');
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
    ...readOwn(own(map), fields),
  };
}

function readOwn(
  map: MapNode,
  fields: FieldIndex,
): Pick<Head, 'category' | 'entity' | 'findingTitle' | 'summary' | 'action' | 'unless'> {
  allowOnly(map, ['entity', 'category', 'title', 'summary', 'action', 'unless', 'timespan'], 'lp');
  const [entity, category] = [find(map, 'entity'), find(map, 'category')];
  const [findingTitle, summary, action] = [text(map, 'title'), text(map, 'summary'), text(map, 'action')];
  return {
    category: category === undefined ? 'other' : readCategory(category),
    ...(entity !== undefined && { entity: fields.field(asText(entity, 'lp.entity'), entity) }),
    ...(findingTitle !== undefined && { findingTitle }),
    ...(summary !== undefined && { summary }),
    ...(action !== undefined && { action }),
    unless: list(map, 'unless'),
  };
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
