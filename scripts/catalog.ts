/*
 * Compiles all formats and datasets of a built `dist` and lays the result beside them:  tsx scripts/catalog.ts FOLDER
 */
import { writeFileSync } from 'node:fs';
import { loadCatalog } from '../src/parse/catalog.ts';
import { compileCatalog } from '../src/parse/compile-catalog.ts';
import { storedFiles } from '../src/parse/compiled-file.ts';

const [folder = 'dist'] = process.argv.slice(2);
const files = await storedFiles(compileCatalog(await loadCatalog()));
for (const [name, content] of files) writeFileSync(`${folder}/parse/${name}`, content);
