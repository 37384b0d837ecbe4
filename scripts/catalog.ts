/*
 * Compiles all formats and datasets of a built `dist` and lays the result beside them, and into another folder the source of
 * the kernel that fits it, in which some programs are translated:  tsx scripts/catalog.ts FOLDER FOLDER
 */
import { cpSync, writeFileSync } from 'node:fs';
import { loadCatalog } from '../src/parse/catalog.ts';
import { compileCatalog } from '../src/parse/compile-catalog.ts';
import { storedFiles } from '../src/parse/compiled-file.ts';
import { kernelImage } from '../src/parse/scan/kernel-image.ts';
import { translate } from './translate.ts';

/**
 * Formats whose programs are translated: those of the largest logs, which are read a sixth faster then. Lines of syslog are
 * not, because most of their steps are those of datasets, which would make forty times the kernel.
 */
const translatedFormats: readonly string[] = ['combined', 'vhost_combined', 'common'];

const [folder = 'dist', sourceFolder = 'dist/kernel'] = process.argv.slice(2);
const compiled = compileCatalog(await loadCatalog());
const { image } = await compiled.forScanner();
const starts = compiled.formats.filter(({ name }) => translatedFormats.includes(name)).map(({ program }) => program);
const { code, source } = translate(image, starts);
const files = await storedFiles({ ...compiled, kernelImage: () => kernelImage({ ...image, code }) });
for (const [name, content] of files) writeFileSync(`${folder}/parse/${name}`, content);
for (const stage of ['io', 'parse']) cpSync(`src/${stage}/kernel`, `${sourceFolder}/${stage}/kernel`, { recursive: true });
writeFileSync(`${sourceFolder}/parse/kernel/translated.ts`, source);
