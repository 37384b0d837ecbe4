/* What the kernel asks of the host, ../scan/kernel.ts. */

/** Reads a stamp: gives the position behind it, or -1; writes its text and quality to `timeAt`. */
export declare function readStamp(shape: i32, at: i32): i32;

/** Makes the glue between two slots and notes its place. */
export declare function makeGlue(slot: i32, next: i32): void;

/** Gives the row in which a record is counted, by what it says from `at` to `end`. */
export declare function rowFor(at: i32, end: i32): i32;
