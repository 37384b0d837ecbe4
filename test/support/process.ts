import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

/** What a command said and ended with. */
export interface Ended {
  readonly status: number | null;
  readonly output: string;
  readonly errors: string;
}

const loader = import.meta.resolve('tsx');
const runner = fileURLToPath(new URL('./run.ts', import.meta.url));

/** Starts a command of the sources as a process of its own. */
export function start(stage: string, operands: readonly string[], options: SpawnOptions = {}): ChildProcess {
  const env = { PATH: process.env['PATH'], TZ: 'UTC', NO_COLOR: '1', ...options.env };
  return spawn(process.execPath, ['--import', loader, runner, stage, ...operands], { ...options, env });
}

/** Waits until the process has ended and all that it said is read. */
export async function ended(child: ChildProcess): Promise<Ended> {
  const status = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  const output = child.stdout === null ? '' : text(child.stdout);
  const errors = child.stderr === null ? '' : text(child.stderr);
  return { status: await status, output: await output, errors: await errors };
}

/** Runs a command with this input to its end. */
export async function run(stage: string, operands: readonly string[], input = '', options: SpawnOptions = {}): Promise<Ended> {
  const child = start(stage, operands, options);
  child.stdin?.on('error', () => {});
  child.stdin?.end(input);
  return ended(child);
}
