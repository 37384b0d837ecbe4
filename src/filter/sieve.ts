import { textFields } from '../model/decode.ts';
import { type LogRecord, schema } from '../model/envelope.ts';
import { isAtLeastLevel, levels } from '../model/level.ts';
import { briefPath, decidingPaths, maxBriefBytes } from '../sigma/deciding.ts';
import type { PlainNeed, RuleNeed } from '../sigma/plain-needs.ts';
import { automataOf, textStart } from './field-automata.ts';
import { type LineFinder, lineFinder, recordStart, slackBytes } from './line-finder.ts';
import type { Criteria } from './selection.ts';
import { textTable } from './text-table.ts';
import { inJson } from './word-search.ts';

/*
 * Hot path: tells from the bytes of records that no rule, level or keyword asks for them. What is asked of each field is laid
 * out here as ./kernel/sieve.ts wants it, where the numbers of flags and classes stand again. Measured, processor time, with the
 * start: 1,000,000 requests of which rules need 4 % in 2.0 s, and 9.5 s when each is decoded and asked.
 */

/** What is asked of one field, or of the fields below it. */
interface Node {
  readonly children: Map<string, Node>;
  readonly parts: Set<string>;
  readonly values: Set<string>;
  readonly ranges: (readonly [low: number, high: number])[];
  flags: number;
}

const isAsked = 1;
const hasValues = 2;
const isSubject = 4;
const isEvent = 8;
const isEntry = 16;
const isHttp = 1 << 15;
/** The first of the bits that say that a record has what each record has. */
const firstRequired = 32;

/** What makes a record one, see ../model/decode.ts; and what decides by its value how others are read. */
const required = [['timestamp'], ['log', 'source'], ['log', 'offset'], ['log', 'format'], ['original']] as const;
const deciding = [['log'], ['log', 'dataset']] as const;

/** Finds the lines that must be read; undefined when rules ask for what bytes do not tell, or the kernel cannot run. */
export function sieveFor(criteria: Criteria): Promise<LineFinder | undefined> {
  return lineFinder((kernel, memory) => {
    const needs = criteria.rules?.plainNeeds();
    const root = needs && askedBy(needs, criteria);
    const nodes = root === undefined ? [] : allBelow(root);
    const texts = automataOf(nodes.map(({ parts }) => [...parts]));
    if (needs === undefined || root === undefined || texts === undefined) return undefined;
    const numberOf = new Map(nodes.map((node, number) => [node, number]));
    const keys = nodes.flatMap((node, number) =>
      [...node.children].map(([text, child]) => ({ node: number, text, found: numberOf.get(child) ?? 0 })),
    );
    const values = nodes.flatMap(({ values: all }, number) => [...all].map((text) => ({ node: number, text, found: mustRead })));
    const dataset = numberOf.get(nodeAt(root, ['log', 'dataset'])) ?? 0;
    for (const text of requestDatasets.filter((name) => !nodes[dataset]?.values.has(name) && isEntryUnasked(name, needs)))
      values.push({ node: dataset, text, found: isRequest });
    const rows = nodes.flatMap((node, number) => [
      texts.starts[number] ?? 0,
      node.flags | (node.values.size > 0 || number === dataset ? hasValues : 0),
      memory.putInts(node.ranges.flat()),
      node.ranges.length,
    ]);
    kernel.setSieve(
      memory.putInts([
        textTable(memory, keys, false),
        textTable(memory, values, true),
        memory.putInts(rows),
        memory.put(texts.classes),
        memory.put(new Uint8Array(texts.next.buffer)),
        texts.classBits,
        memory.put(Buffer.concat([Buffer.from(recordStart), Buffer.alloc(slackBytes)])),
        recordStart.length,
        memory.putInts(nodes.map(() => 0)),
        maxBriefBytes,
      ]),
    );
    return kernel.sift;
  });
}

/** What is found by a value: that the line must be read, or that nobody asks for the entry, if the record is of a request alone. */
const mustRead = 0;
const isRequest = 1;

/** As lp-parse calls the logs that are requests and nothing else. */
const requestDatasets = ['nginx.access', 'apache.access', 'web.access'];

/** Tells whether no rule looks at the entries of requests in logs of this name. */
function isEntryUnasked(dataset: string, needs: readonly RuleNeed[]): boolean {
  const record: LogRecord = {
    schema,
    type: 'record',
    timestamp: '',
    log: { source: '-', offset: 0, format: '-', dataset },
    http: { request: {}, response: {} },
    original: '',
  };
  return !needs.some(({ need, leadsTo }) => need.path[0] === 'original' && leadsTo(record));
}

/** All that is asked, by field. */
function askedBy(needs: readonly RuleNeed[], { keywords, minLevel }: Criteria): Node {
  const root = newNode();
  for (const { need } of needs) ask(root, need);
  for (const level of levels) if (isAtLeastLevel(level, minLevel)) nodeAt(root, ['log', 'level']).values.add(level);
  for (const path of worded) for (const word of keywords) nodeAt(root, path).parts.add(word);
  for (const name of ['message', 'url', 'user_agent', 'http']) nodeAt(root, [name]).flags |= isSubject;
  nodeAt(root, ['original']).flags |= isEntry;
  for (const path of [['event'], ['process', 'command_line']]) nodeAt(root, path).flags |= isEvent;
  for (const name of ['request', 'response']) nodeAt(root, ['http', name]).flags |= isHttp;
  for (const [index, path] of [...required, ...deciding].entries()) nodeAt(root, path).flags |= firstRequired << index;
  for (const [kind, paths] of kinds.entries()) for (const path of paths) nodeAt(root, path).flags |= kind << kindShift;
  for (const path of decidingPaths) nodeAt(root, path).flags |= isSigned;
  nodeAt(root, briefPath).flags |= isBrief;
  nodeAt(root, ['message']).flags |= isMessage;
  // The path stands in the address, too: where the same is looked for in both, it need not be looked at twice.
  const [address, path] = [nodeAt(root, ['url', 'original']), nodeAt(root, ['url', 'path'])];
  for (const part of path.parts) address.parts.add(part);
  for (const part of address.parts) path.parts.add(part);
  return root;
}

/** By kind, the values that make the host refuse a record when they are of another one; see ../model/decode.ts. */
const kinds: readonly (readonly (readonly string[])[])[] = [
  [],
  [
    ...[['log', 'source'], ['log', 'format'], ['original'], ['message'], ['http', 'version']],
    ...['method', 'referrer'].map((name) => ['http', 'request', name]),
    ...Object.entries(textFields).flatMap(([name, parts]) => parts.map((part) => [name, part])),
  ],
  [['timestamp']],
  [...Object.keys(textFields).map((name) => [name]), ['http'], ['http', 'request'], ['http', 'response']],
  [
    ['log', 'offset'],
    ['http', 'response', 'status_code'],
  ],
  [['event', 'category']],
];
const kindShift = 12;
/** What decides by its value or by being there; and what does so only if it is short. */
const isSigned = 1 << 17;
const isBrief = 1 << 18;
const isMessage = 1 << 19;

/** Where keywords are looked for; see ./keywords.ts. In the entry only when there is nothing else, which makes it one to be read. */
const worded = [['message'], ['url', 'original'], ['url', 'path'], ['user_agent', 'original'], ['http', 'request', 'referrer']];

function newNode(): Node {
  return { children: new Map(), parts: new Set(), values: new Set(), ranges: [], flags: 0 };
}

function nodeAt(root: Node, path: readonly string[]): Node {
  let node = root;
  for (const key of path) {
    const child = node.children.get(key) ?? newNode();
    node.children.set(key, child);
    node = child;
  }
  return node;
}

function ask(root: Node, need: PlainNeed): void {
  const node = nodeAt(root, need.path);
  switch (need.kind) {
    case 'value':
      node.values.add(inJson(need.text));
      break;
    case 'part':
      node.parts.add(need.text);
      break;
    case 'start':
      node.parts.add(textStart + need.text);
      break;
    case 'range':
      node.ranges.push([bounded(Math.floor(need.low)), bounded(Math.ceil(need.high))]);
      break;
    case 'present':
      node.flags |= isAsked;
      break;
    default:
      need satisfies never;
  }
}

/** Numbers of more digits are read anyway. */
function bounded(number: number): number {
  return Math.max(-1, Math.min(number, 0x7fff_ffff));
}

function allBelow(root: Node): readonly Node[] {
  return [root, ...[...root.children.values()].flatMap(allBelow)];
}
