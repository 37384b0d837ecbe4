import type { Document, LineCounter, ParsedNode } from 'yaml';
import { fault, type Node, type Place } from './node.ts';

/** Reads YAML text as documents whose nodes know their line. Throws `LpError` 78 for what is not YAML, naming file and line. */
export async function readYaml(text: string, file: string): Promise<readonly Node[]> {
  // Costs 40 ms to load: only runs that need rules pay it.
  const yaml = await import('yaml');
  const lines = new yaml.LineCounter();
  const documents = yaml.parseAllDocuments(text, { lineCounter: lines, prettyErrors: false, version: '1.2' });
  if (!Array.isArray(documents)) return [];
  return documents
    .filter((document) => document.contents !== null || document.errors.length > 0)
    .map((document) => rootOf(document, file, { lines, yaml }));
}

interface Tools {
  readonly lines: LineCounter;
  readonly yaml: typeof import('yaml');
}

function rootOf(document: Document.Parsed, file: string, tools: Tools): Node {
  const mistake = document.errors[0] ?? document.warnings[0];
  if (mistake !== undefined) {
    throw fault({ file, line: tools.lines.linePos(mistake.pos[0]).line }, `not YAML: ${mistake.message}`);
  }
  return convert(document.contents, { file, line: 1 }, tools);
}

function convert(node: ParsedNode | null, parent: Place, tools: Tools): Node {
  if (node === null) return { ...parent, kind: 'scalar', value: undefined };
  const place: Place = { file: parent.file, line: tools.lines.linePos(node.range[0]).line };
  if (tools.yaml.isMap(node)) {
    const entries = node.items.map(({ key, value }) => {
      const name = convert(key, place, tools);
      if (name.kind !== 'scalar') throw fault(name, 'a key must be a text');
      return { file: name.file, line: name.line, key: String(name.value ?? ''), value: convert(value, name, tools) };
    });
    return { ...place, kind: 'map', entries };
  }
  if (tools.yaml.isSeq(node)) return { ...place, kind: 'list', items: node.items.map((item) => convert(item, place, tools)) };
  if (tools.yaml.isScalar(node)) return { ...place, kind: 'scalar', value: scalar(node.value, place) };
  throw fault(place, 'YAML anchors and aliases are not supported in rules: write the value out');
}

function scalar(value: unknown, place: Place): string | number | boolean | undefined {
  if (value === null || value === undefined) return undefined;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  throw fault(place, 'this kind of YAML value is not supported in rules');
}
