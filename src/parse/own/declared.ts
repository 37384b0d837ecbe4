import { readFile } from 'node:fs/promises';
import { LpError, reasonOf } from '../../model/error.ts';
import { exitStatus } from '../../model/exit-status.ts';
import { allowOnly, asMap, asNumber, asText, asTexts, fault, find, type Node } from '../../sigma/node.ts';
import { readYaml } from '../../sigma/yaml.ts';
import { customFormatOf } from '../catalog.ts';
import type { LogFormat } from '../format.ts';

const keys = ['name', 'title', 'rank', 'format', 'dataset', 'joins'];

/**
 * The formats that a YAML file declares, each in a document: a name, and under `format` what `--format` takes. Throws
 * `LpError` 66 or 78, which names file, line and what is wrong.
 */
export async function declaredFormats(path: string): Promise<readonly LogFormat[]> {
  const text = await readFile(path, 'utf8').catch((thrown: unknown) => {
    throw new LpError(`${path}: cannot be read: ${reasonOf(thrown)}`, exitStatus.noInput);
  });
  const documents = await readYaml(text, path);
  if (documents.length === 0) throw new LpError(`${path}:1: there is no format in this file`, exitStatus.config);
  return Promise.all(documents.map((document) => declared(document, path)));
}

async function declared(document: Node, path: string): Promise<LogFormat> {
  const map = asMap(document, 'a format');
  allowOnly(map, keys, 'a format');
  const nameNode = find(map, 'name');
  const textNode = find(map, 'format');
  if (nameNode === undefined || textNode === undefined) throw fault(map, 'a format must have "name" and "format"');
  const name = asText(nameNode, 'name');
  if (!/^[a-z][a-z0-9_]*$/.test(name)) throw fault(nameNode, 'name must be a word of small letters, digits and _');
  const [title, rank, dataset, joins] = ['title', 'rank', 'dataset', 'joins'].map((key) => find(map, key));
  const made = await customFormatOf(asText(textNode, 'format')).catch((thrown: unknown) => {
    throw fault(textNode, reasonOf(thrown));
  });
  if (made === undefined) throw fault(textNode, 'format must begin with nginx:, apache: or regex:');
  return {
    ...made,
    name,
    title: title === undefined ? `a format of your own (${path})` : asText(title, 'title'),
    source: path,
    ...(rank !== undefined && { rank: asNumber(rank, 'rank') }),
    ...(dataset !== undefined && { dataset: asText(dataset, 'dataset') }),
    ...(joins !== undefined && { joins: asTexts(joins, 'joins') }),
  };
}
