/*
 * Reads the YAML of the built-in rules and lays what it says beside a built `dist`:  tsx scripts/rules.ts FOLDER
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { prepare } from '../src/sigma/prepared-rules.ts';

const [folder = 'dist'] = process.argv.slice(2);
const rules = join(folder, 'rules');
const names = readdirSync(rules, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yaml'));
const files = new Map(names.map((name) => [name, readFileSync(join(rules, name), 'utf8')]));
writeFileSync(join(folder, 'rules.json'), await prepare(files));
