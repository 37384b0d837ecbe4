import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { systemCodeOf } from '../model/error.ts';
import type { Node } from './node.ts';
import { readYaml } from './yaml.ts';

/*
 * To read the YAML of the rules that come with the toolkit takes 0.3 s of processor time, in each stage that asks rules. The
 * build reads it once, and leaves what it found in `rules.json` beside them; of a rule that was changed since, the YAML counts.
 */

/** Beside the built rules, and from where the sources run. */
const places = ['../rules.json', '../../dist/rules.json'];

/** What `rules.json` has for each file, by its name below the folder: a hash of its text, and its documents without `file`. */
export type Prepared = Readonly<Record<string, { readonly hash: string; readonly documents: readonly Node[] }>>;

/** The text of `rules.json` for rule files, given as names and texts. Throws as `readYaml` does. */
export async function prepare(files: ReadonlyMap<string, string>): Promise<string> {
  const prepared: Record<string, object> = {};
  for (const [name, text] of files) prepared[name] = { hash: hashOf(text), documents: await readYaml(text, name) };
  return JSON.stringify(prepared, (key, value: unknown) => (key === 'file' ? undefined : value));
}

let loaded: Promise<Prepared> | undefined;

/** The documents of a rule file, as `readYaml` gives them; `builtIn` is the folder of the rules that were prepared. Throws as it does. */
export async function documentsOf(text: string, file: string, builtIn: string): Promise<readonly Node[]> {
  if (!file.startsWith(builtIn)) return readYaml(text, file);
  loaded ??= load();
  return preparedDocuments(await loaded, { name: relative(builtIn, file), text, file }) ?? readYaml(text, file);
}

/** A rule file: its name among the prepared ones, its text and its path. */
interface RuleFile {
  readonly name: string;
  readonly text: string;
  readonly file: string;
}

/** What was prepared for a file; undefined where that was another text. */
export function preparedDocuments(all: Prepared, { name, text, file }: RuleFile): readonly Node[] | undefined {
  const prepared = all[name];
  return prepared?.hash === hashOf(text) ? prepared.documents.map((document) => placed(document, file)) : undefined;
}

/** Nothing, where there was no build. */
async function load(): Promise<Prepared> {
  for (const place of places) {
    try {
      // The build writes it, with this very file.
      return JSON.parse(await readFile(new URL(place, import.meta.url), 'utf8')) as Prepared;
    } catch (thrown) {
      if (systemCodeOf(thrown) !== 'ENOENT') throw thrown;
    }
  }
  return {};
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}

/** The same node, with its file; what is in it was tested with the rule. */
function placed(node: Node, file: string): Node {
  switch (node.kind) {
    case 'map':
      return {
        ...node,
        file,
        entries: node.entries.map((entry) => ({ ...entry, file, value: placed(entry.value, file) })),
      };
    case 'list':
      return { ...node, file, items: node.items.map((item) => placed(item, file)) };
    case 'scalar':
      // YAML's null has no place in JSON.
      return { ...node, file, value: node.value, isProven: true };
    default:
      return node satisfies never;
  }
}
