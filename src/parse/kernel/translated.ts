/*
 * Stands for what the build makes of the programs of the formats that are most read: scripts/translate.ts. A program that
 * was not translated is executed step by step.
 */

/** Reads what a stretch of a program reads: gives the place behind it, or -1. */
export function translated(_program: i32, _at: i32, _limit: i32): i32 {
  return -1;
}
