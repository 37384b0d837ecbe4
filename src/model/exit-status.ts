/** Exit statuses of all commands: sysexits(3) where one fits, 128 + signal where a signal ended the run. */
export const exitStatus = {
  ok: 0,
  /** Only with `--fail-on`: findings at or above that severity were seen. */
  findings: 1,
  usage: 64,
  badData: 65,
  noInput: 66,
  unavailable: 69,
  bug: 70,
  cannotCreate: 73,
  ioError: 74,
  temporaryFailure: 75,
  permission: 77,
  config: 78,
  interrupted: 130,
  brokenPipe: 141,
  terminated: 143,
} as const;

/** One of the numbers in `exitStatus`. */
export type ExitStatus = (typeof exitStatus)[keyof typeof exitStatus];
