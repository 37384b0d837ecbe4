import { LinearMemory } from '../../io/linear-memory.ts';
import type { Image, PooledConstant } from './program.ts';
import { putWords, type WordRow } from './words.ts';

/** Where an image lies in the kernel's memory: behind what the kernel keeps for itself. */
export const imageAt = 1024 * 1024;

/** An image as the kernel reads it, made for this one place in its memory, so that to load it is to copy it. */
export interface KernelImage {
  readonly bytes: Uint8Array;
  /** Where its parts lie. */
  readonly places: Readonly<Record<Part, number>>;
  readonly fallback: number;
  readonly truth: PooledConstant;
}

type Part = 'code' | 'pool' | 'tables' | 'keys' | 'datasets' | 'levels' | 'classes' | 'targets';

/** Lays an image out. */
export function kernelImage(image: Image): KernelImage {
  const memory = new LinearMemory(new WebAssembly.Memory({ initial: imageAt >> 16 }), imageAt);
  const places = {
    code: memory.putInts(image.code),
    pool: memory.put(image.pool),
    tables: memory.putInts(image.tables.map((table) => putWords(memory, meaningRows(memory, table)))),
    keys: memory.putInts(image.keys.map((keys) => putWords(memory, stepRows(keys)))),
    datasets: putWords(memory, stepRows(image.datasets)),
    levels: memory.putInts(image.levels.flatMap(constantRow)),
    classes: memory.put(image.classes),
    targets: memory.putInts(image.targets),
  };
  const bytes = memory.bytes.slice(imageAt, memory.take(0));
  return { bytes, places, fallback: image.fallback, truth: image.truth };
}

function constantRow({ slot, at, length }: PooledConstant): number[] {
  return [slot, at, length];
}

/** For each word the place of its constants, and their number. */
function meaningRows(memory: LinearMemory, table: ReadonlyMap<string, readonly PooledConstant[]>): WordRow[] {
  return [...table].map(([word, constants]) => [word, memory.putInts(constants.flatMap(constantRow)), constants.length]);
}

/** For each word the step that it leads to, and its number. */
function stepRows(steps: ReadonlyMap<string, number>): WordRow[] {
  return [...steps].map(([word, start], index) => [word, start, index]);
}

/** Slots that the kernel knows by name, in the order of `setUp`. */
export const sharedSlots = [
  'message',
  'process.name',
  'log.syslog.priority',
  'log.level',
  'url.domain',
  'url.path',
  'url.query',
] as const;
