import type { LogFormat } from '../format.ts';

/** A kind of format that a user writes: `nginx:`, `apache:` or `regex:`, then its text. */
export interface CustomKind {
  /** What stands before the colon. */
  readonly prefix: string;
  /** Makes the format. Throws `LpError` 64 that says what in the text is wrong. */
  make(text: string): Promise<LogFormat>;
}

/** What all formats of users have in common. */
export const customFormat = {
  name: 'custom',
  title: 'a format of your own',
  source: '--format',
  rank: 100,
  samples: [],
} as const;
