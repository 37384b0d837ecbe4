/** Where a scan goes on when what was chosen fails, and how things stood there. */
export interface Choice {
  step: number;
  at: number;
  limit: number;
  trail: number;
  entered: number;
  calls: number;
}

/** So many choices, to be filled: a scan makes no objects. */
export function noChoices(count: number): readonly Choice[] {
  return Array.from({ length: count }, () => ({ step: 0, at: 0, limit: 0, trail: 0, entered: 0, calls: 0 }));
}
