/**
 * What a scan program is made of. All formats and datasets are compiled into one image: steps of four numbers (operation
 * and three arguments), a pool of bytes for literals and constants, and word tables. A scanner executes it over bytes.
 */
export const operation = {
  /** The line is read. */
  match: 0,
  /** literal(at, length): these bytes of the pool stand here. */
  literal: 1,
  /** first(slot, at, length): text up to the first place where the literal stands. */
  first: 2,
  /** last(slot, at, length): text up to the last such place. */
  last: 3,
  /** word(slot): one or more bytes that are not spaces. */
  word: 4,
  /** quote(slot): text up to a quote that is not escaped. */
  quote: 5,
  /** rest(slot): all the rest. */
  rest: 6,
  /** number(slot): digits, or a dash. */
  number: 7,
  /** stamp(shape): a moment. */
  stamp: 8,
  /** address(slot, slot for a name or -1): what was just read into the first slot is an IP address, or a name. */
  address: 9,
  /** url(): splits `url.original`. */
  url: 10,
  /** lookup(table, isOpen): what was just read is a word of a table. */
  lookup: 11,
  /** priority(): splits `log.syslog.priority`. */
  priority: 12,
  /** set(slot, at, length): the slot takes JSON from the pool. */
  set: 13,
  /** choice(step): when what follows fails, go on there from here. */
  choice: 14,
  /** commit(step): forget the last choice, go there. */
  commit: 15,
  /** unlessByte(byte, step): where another byte stands, go there. */
  unlessByte: 16,
  /** fail(): as if something had not matched. */
  fail: 17,
  /** failTwice(): forget the last choice, then fail. */
  failTwice: 18,
  /** enter(): go on inside what was just read. */
  enter: 19,
  /** leave(): go on behind it. */
  leave: 20,
  /** dataset(): call the dataset of `process.name`, if there is one. */
  dataset: 21,
  /** give(): back to the caller. */
  give: 22,
  /** end(): nothing is left. */
  end: 23,
  /** structured(slot): structured data of RFC 5424. */
  structured: 24,
  /** blanks(): as many blanks as there are. */
  blanks: 25,
  /** stops(slot, at, length): one or more bytes, up to one of these. */
  stops: 26,
  /** pairs(table, parting): the next known pair of a run: its value is read at the step of its key. */
  pairs: 27,
  /** endPair(): back to the run, behind the value. */
  endPair: 28,
  /** goTo(step). */
  goTo: 29,
  /** fallback(): call what is tried on messages that no dataset knows, if there is such. */
  fallback: 30,
  /** recall(slot): the address of earlier lines with the same value. */
  recall: 31,
  /** call(step): go to what several places share, and come back. */
  call: 32,
  /** dispatch(classes, steps): goes to one of several steps, by the class of the byte that stands here, or of the end. */
  dispatch: 33,
  /** attempt(step, step, grams): goes to the first step; when what follows fails, or grams are missing, to the other. */
  attempt: 34,
  /** firstPast(slot, at, length): as `first`, and over the literal. */
  firstPast: 35,
  /** lastPast(slot, at, length): as `last`, and over the literal. */
  lastPast: 36,
  /** wordPast(slot): a word, and over the space behind it. */
  wordPast: 37,
  /** ifEnd(step): where nothing is left, go there. */
  ifEnd: 38,
  /** ifLiteral(at, length, step): where the literal stands, go behind it and there. */
  ifLiteral: 39,
  /** translated(program, step): what stands up to the step, as the kernel's build has translated it; the kernel alone has it. */
  translated: 40,
} as const;

/** Numbers a step takes. */
export const stepSize = 4;

/** A constant that a word stands for: the slot and where its JSON lies in the pool. */
export interface PooledConstant {
  readonly slot: number;
  readonly at: number;
  readonly length: number;
}

/** All formats and datasets, compiled. */
export interface Image {
  readonly code: Int32Array;
  readonly pool: Uint8Array;
  /** The JSON of each level's name, by its RFC 5424 code. */
  readonly levels: readonly PooledConstant[];
  readonly tables: readonly ReadonlyMap<string, readonly PooledConstant[]>[];
  /** For each run of pairs, the first step of each key. */
  readonly keys: readonly ReadonlyMap<string, number>[];
  /** The classes of bytes of each dispatch, 257 for each, and the steps of each class. */
  readonly classes: Uint8Array;
  readonly targets: Int32Array;
  /** First step of each format, in the order given. */
  readonly entries: readonly number[];
  /** For each format the place in the pool of the grams that its lines need, or -1. */
  readonly grams: readonly number[];
  /** First step of the dataset of each program name. */
  readonly datasets: ReadonlyMap<string, number>;
  /** First step of what reads the messages that no dataset knows; -1 when there is none. */
  readonly fallback: number;
  /** JSON `true`. */
  readonly truth: PooledConstant;
  /** First step of the program that reads a message alone. */
  readonly message: number;
}
