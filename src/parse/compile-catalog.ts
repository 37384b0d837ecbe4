import type { Catalog } from './catalog.ts';
import { type Compiled, type CompiledFormat, codeOf, isRule } from './compiled.ts';
import { generalRank, type LogFormat } from './format.ts';
import { compile } from './scan/compile.ts';
import { type ByteSet, firstBytesOf, setOf } from './scan/first-bytes.ts';
import { type KernelImage, kernelImage } from './scan/kernel-image.ts';
import { needsOf } from './scan/needs.ts';

/** Compiles a catalog. Throws `TypeError` for a pattern that cannot be read in one go. */
export function compileCatalog({ formats, datasets, own = [] }: Catalog): Compiled {
  const patterns = formats.map((format) => ('pattern' in format ? format.pattern : (format.guard ?? [])));
  const image = compile(patterns, datasets);
  const firstOwn = formats.findIndex((format) => own.includes(format));
  const yields = (format: LogFormat, index: number): boolean => firstOwn >= 0 && index > firstOwn && !own.includes(format);
  const compiled = formats.map((format, index) => ({
    ...compiledFormat(format, image.entries[index] ?? -1),
    needs: needsOf(patterns[index] ?? [], firstBytesFor(format), image.grams[index] ?? -1),
    isSticky: format.rank > generalRank && !yields(format, index),
  }));
  const forScanner = { image, ...codeOf(formats) };
  let forKernel: KernelImage | undefined;
  return {
    formats: compiled,
    kernelImage: () => {
      forKernel ??= kernelImage(image);
      return forKernel;
    },
    forScanner: async () => forScanner,
  };
}

function firstBytesFor(format: LogFormat): ByteSet {
  return 'pattern' in format ? firstBytesOf(format.pattern) : setOf(format.begins);
}

function compiledFormat(format: LogFormat, start: number): Omit<CompiledFormat, 'isSticky' | 'needs'> {
  const { name, title, rank, joins, by, continues, holds, dataset } = format;
  const firstBytes = firstBytesFor(format);
  const program = 'pattern' in format ? start : -1;
  const isForKernel = program >= 0 && holds !== 'lines' && by === undefined;
  const guard = 'read' in format && format.guard === undefined ? -1 : isForKernel ? -1 : start;
  const given = {
    ...(joins !== undefined && { joins: isRule(joins) ? ('rule' as const) : joins }),
    ...(by !== undefined && { by }),
    ...(continues !== undefined && { continues }),
    ...(holds !== undefined && { holds }),
    ...(dataset !== undefined && { dataset }),
    ...('read' in format && format.shapes !== undefined && { shapes: format.shapes }),
  };
  return { name, title, rank, program, entry: isForKernel ? program : -1, guard, firstBytes, ...given };
}
