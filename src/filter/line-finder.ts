import { LinearMemory } from '../io/linear-memory.ts';
import { maxLineBytes } from '../io/ndjson.ts';
import { loadModule } from '../io/web-assembly.ts';

/* Hot path: the host's side of ./kernel, in whose memory batches of lines lie. */

/** What the module exports; the names are those of ./kernel/index.ts. */
export interface KernelExports {
  readonly memory: WebAssembly.Memory;
  readonly passedOver: WebAssembly.Global<'i32'>;
  readonly readTo: WebAssembly.Global<'i32'>;
  freeAt(): number;
  setWords(at: number): void;
  search: Look;
  setSieve(at: number): void;
  sift: Look;
  learn(from: number, to: number, verdict: number, wordsAt: number): void;
}

/** Looks at the lines from `from` to `to`: gives how many rows it has put at `out`, `most` at most. */
type Look = (from: number, to: number, out: number, most: number) => number;

/** Lines of a batch. */
export interface FoundLines {
  readonly from: number;
  /** Behind their last line feed; behind the end of the batch when that is missing. */
  readonly to: number;
  /** Lines that were passed over before them. */
  readonly passedOver: number;
  /** How many they are when each is a record to be kept for sure; 0 for one line that must be read. */
  readonly kept: number;
}

/** Tells which lines must be read. */
export interface LineFinder {
  /** Where batches must lie. */
  readonly memory: Buffer;
  /** Looks at the batch, whole lines, at the start of `memory`: gives how many lines were passed over. */
  lines(length: number, onFound: (lines: FoundLines) => void): number;
  /**
   * Says of a line of the batch, without its end, that a rule has use for all records in which the same decides and whose
   * message holds these words, of printable ASCII in small letters, in any case.
   */
  keepLike(line: Buffer, words?: readonly string[]): void;
  /** Says of one that no rule has use for these, unless something else is found in them. */
  passLike(line: Buffer): void;
}

/** How records begin as lp-parse writes them; lines that begin in another way must always be read. */
export const recordStart = '{"schema":"lp/1","type":"record"';

/** What may be read behind a batch, or behind a text that the kernel is given. */
export const slackBytes = 64;
/** The longest line, and what is read at a time. */
const batchBytes = maxLineBytes + 256 * 1024;
/** What one call tells: rows of place, place behind, lines passed over before, and lines kept. */
const most = 1024;
const rowInts = 4;
/** Room for the words of `keepLike`; when it is full, no more is learnt of that kind. */
const wordsBytes = 8 * 1024;

/**
 * Makes a finder; `prepare` gives the kernel what it needs, and tells how it is to look. Undefined where the kernel has not
 * been built or the engine has no SIMD, and where `prepare` finds that it cannot help.
 */
export async function lineFinder(
  prepare: (kernel: KernelExports, memory: LinearMemory) => Look | undefined,
): Promise<LineFinder | undefined> {
  const module = await loadModule('filter/kernel.wasm');
  if (module === undefined) return undefined;
  // The module is built from ./kernel together with this file, and tests hold the two to each other.
  const kernel = new WebAssembly.Instance(module, {}).exports as unknown as KernelExports;
  const memory = new LinearMemory(kernel.memory, kernel.freeAt());
  const look = prepare(kernel, memory);
  if (look === undefined) return undefined;
  const outAt = memory.take(4 * rowInts * most);
  const wordsAt = memory.take(wordsBytes);
  const batchAt = memory.take(batchBytes + slackBytes);
  // The memory does not grow from here on: its views stay what they are.
  const out = memory.ints.subarray(outAt >> 2, (outAt >> 2) + rowInts * most);
  const wordsFor = phraseBook(memory.buffer(wordsAt, wordsBytes));
  const learn = ({ buffer, byteOffset, length }: Buffer, verdict: number, words: readonly string[] = []): void => {
    const at = words.length === 0 ? 0 : wordsFor(words);
    // A line that was too long for the memory lies elsewhere.
    if (buffer === memory.bytes.buffer && at !== undefined) kernel.learn(byteOffset, byteOffset + length + 1, verdict, at);
  };
  return {
    memory: memory.buffer(batchAt, batchBytes),
    lines(length, onFound) {
      let passedOver = 0;
      for (let from = batchAt; from < batchAt + length; from = kernel.readTo.value) {
        const found = look(from, batchAt + length, outAt, most);
        for (let index = 0; index < rowInts * found; index += rowInts) {
          const [start = 0, end = 0, before = 0, kept = 0] = out.subarray(index, index + rowInts);
          onFound({ from: start - batchAt, to: end - batchAt, passedOver: passedOver + before, kept });
        }
        passedOver += kernel.passedOver.value;
      }
      return passedOver;
    },
    keepLike: (line, words) => learn(line, 1, words),
    passLike: (line) => learn(line, 2),
  };
}

/** Puts lists of words into memory, each once: gives the place of a list, undefined when there is no more room. */
function phraseBook(room: Buffer): (words: readonly string[]) => number | undefined {
  const known = new Map<string, number>();
  let used = 0;
  return (words) => {
    const bytes = Buffer.concat([
      ...words.flatMap((word) => [Buffer.from([word.length]), Buffer.from(word, 'latin1')]),
      Buffer.from([0]),
    ]);
    const key = bytes.toString('latin1');
    const place = known.get(key);
    if (place !== undefined || used + bytes.length > room.length) return place;
    bytes.copy(room, used);
    known.set(key, room.byteOffset + used);
    used += bytes.length;
    return known.get(key);
  };
}
