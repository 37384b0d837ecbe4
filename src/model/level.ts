/** What a program says of its own line, most urgent first. Source: RFC 5424 §6.2.1, table 2. */
export const levels = ['emergency', 'alert', 'critical', 'error', 'warning', 'notice', 'info', 'debug'] as const;

/** A name of the RFC 5424 ladder. */
export type Level = (typeof levels)[number];

/** The numerical severity code of RFC 5424: 0 is the most urgent. */
export function levelCode(level: Level): number {
  return levels.indexOf(level);
}

/** Tells whether `level` is as urgent as `floor`, or more. */
export function isAtLeastLevel(level: Level, floor: Level): boolean {
  return levelCode(level) <= levelCode(floor);
}

/** What programs write for each level, besides its own name. */
const aliases: Readonly<Record<string, Level>> = {
  emerg: 'emergency',
  panic: 'emergency',
  crit: 'critical',
  fatal: 'critical',
  err: 'error',
  severe: 'error',
  warn: 'warning',
  information: 'info',
  informational: 'info',
  verbose: 'debug',
  trace: 'debug',
  silly: 'debug',
};

/** The level that a program's own word for it means, in any case (`WARN` → `warning`), or undefined. */
export function levelFromWord(word: string): Level | undefined {
  const lower = word.toLowerCase();
  if (isLevel(lower)) return lower;
  return Object.hasOwn(aliases, lower) ? aliases[lower] : undefined;
}

/** Tells whether `word` is a name of the ladder. */
export function isLevel(word: unknown): word is Level {
  return levels.some((level) => level === word);
}

/** All words that `levelFromWord` understands, lower case. */
export function levelWords(): readonly (readonly [word: string, level: Level])[] {
  return [...levels.map((level) => [level, level] as const), ...Object.entries(aliases)];
}
