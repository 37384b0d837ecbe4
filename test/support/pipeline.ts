import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from './repository.ts';

/** The stages of a pipe, in order. */
const stages = ['lp-tail', 'lp-parse', 'lp-filter', 'lp-analyze', 'lp-store'] as const;

/** A whole pipe, as a shell starts it, in a folder with its state and its database. */
export class Pipeline {
  readonly #folder: string;
  readonly #sources: string;
  #shell: ChildProcess | undefined;
  errors = '';

  constructor(folder: string, sources: string) {
    this.#folder = folder;
    this.#sources = sources;
  }

  get database(): string {
    return join(this.#folder, 'lp.db');
  }

  /** Starts all stages; they are running when it is done. */
  async start(options = ''): Promise<void> {
    const script = `lp-tail ${options} --from beginning --interval 1s --mark-every 200ms ${this.#sources} | lp-parse --tz UTC | lp-filter | lp-analyze | lp-store; exit $?`;
    const env = {
      PATH: `${join(root, 'bin')}${delimiter}${process.env['PATH'] ?? ''}`,
      ...{ STATE_DIRECTORY: this.#folder, HOME: this.#folder, TZ: 'UTC', LC_ALL: 'C.UTF-8', NO_COLOR: '1' },
    };
    const shell = spawn('bash', ['-o', 'pipefail', '-c', script], { env, stdio: ['ignore', 'ignore', 'pipe'] });
    shell.stderr.on('data', (text) => {
      this.errors += text;
    });
    this.#shell = shell;
    while (shell.exitCode === null && this.pids().length < stages.length) await sleep(5);
  }

  get isRunning(): boolean {
    return this.#shell?.exitCode === null;
  }

  /** The processes of the stages that run. */
  pids(): readonly number[] {
    const { pid } = this.#shell ?? {};
    if (pid === undefined) return [];
    try {
      return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
    } catch {
      return [];
    }
  }

  /** Waits until all stages have ended; gives the status of the pipe. */
  async ended(): Promise<number | null> {
    const shell = this.#shell;
    if (shell === undefined) return null;
    if (shell.exitCode === null) await once(shell, 'close');
    return shell.exitCode;
  }

  /** Sends a signal to all stages, as systemd does. */
  signal(signal: 'SIGTERM' | 'SIGKILL'): void {
    for (const pid of this.pids()) process.kill(pid, signal);
  }
}
