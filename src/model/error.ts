import type { ExitStatus } from './exit-status.ts';

/** An error that a person can act on: its message says what, where and what to do; its status ends the command. */
export class LpError extends Error {
  readonly status: ExitStatus;
  /** Lines that show more, such as the place of a mistake. */
  readonly details: readonly string[];

  constructor(message: string, status: ExitStatus, options: ErrorOptions & { readonly details?: readonly string[] } = {}) {
    super(message, options);
    this.name = 'LpError';
    this.status = status;
    this.details = options.details ?? [];
  }
}

/** The text of whatever was thrown, for a message to people. Never throws. */
export function reasonOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** The system's error name (`ENOENT`, `EPIPE`, …) of whatever was thrown, or undefined. */
export function systemCodeOf(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error) || !('code' in thrown)) return undefined;
  return typeof thrown.code === 'string' ? thrown.code : undefined;
}
