import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { basename, delimiter } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

/** One command of a transcript and what it is said to print. */
interface Step {
  readonly command: string;
  /** Both streams as a terminal shows them, then `[STATUS]` when it is not 0. */
  readonly expected: readonly string[];
  /** Where the expected output stands in the file: first line and the line behind the last, from 0. */
  readonly from: number;
  readonly to: number;
}

/** Where a transcript is run. */
export interface Place {
  readonly directory: string;
  /** Variables besides those that every run has. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Rewrites output as the reader of the text should see it, such as a directory's name. */
  shown?(output: string): string;
}

/** Runs the ```console blocks of a file in order; with UPDATE=1 it writes what came out into the file instead of comparing. */
export async function runTranscript(path: string, place: Place): Promise<void> {
  const lines = (await readFile(path, 'utf8')).split('\n');
  const steps = stepsOf(lines);
  assert.ok(steps.length > 0, `${path}: there is no console block with a command`);
  const updated: { readonly step: Step; readonly output: readonly string[] }[] = [];
  for (const step of steps) {
    const output = await outputOf(step.command, place);
    if (isSame(output, step.expected)) continue;
    if (process.env['UPDATE'] === '1') updated.unshift({ step, output });
    else assert.deepEqual(output.map(timeless), step.expected.map(timeless), `${basename(path)}:${step.from}: ${step.command}`);
  }
  for (const { step, output } of updated) lines.splice(step.from, step.to - step.from, ...output);
  if (updated.length > 0) await writeFile(path, lines.join('\n'));
}

/** The commands of the ```console blocks: lines that start with `$ `, and those behind them that start with `> `. */
function stepsOf(lines: readonly string[]): readonly Step[] {
  const steps: Step[] = [];
  let isInside = false;
  let step: { command: string; from: number } | undefined;
  const close = (to: number): void => {
    if (step !== undefined) steps.push({ ...step, to, expected: lines.slice(step.from, to) });
    step = undefined;
  };
  for (const [index, line] of lines.entries()) {
    if (!isInside) {
      isInside = line === '```console';
    } else if (line === '```') {
      close(index);
      isInside = false;
    } else if (line.startsWith('$ ')) {
      close(index);
      step = { command: line.slice(2), from: index + 1 };
    } else if (line.startsWith('> ') && step?.from === index) {
      step = { command: `${step.command}\n${line.slice(2)}`, from: index + 1 };
    }
  }
  return steps;
}

const bin = fileURLToPath(new URL('../../bin', import.meta.url));

/** The environment of every run: nothing of the caller's but where programs are. */
function pinnedEnvironment(home: string): Readonly<Record<string, string>> {
  const PATH = `${bin}${delimiter}${process.env['PATH'] ?? ''}`;
  return { PATH, HOME: home, TZ: 'UTC', LC_ALL: 'C.UTF-8', NO_COLOR: '1' };
}

/** Runs one command through sh; returns the lines of both its streams, and `[STATUS]` when it is not 0. */
export async function outputOf(command: string, place: Place): Promise<readonly string[]> {
  const child = spawn('sh', ['-c', `exec 2>&1\n${command}`], {
    cwd: place.directory,
    env: { ...pinnedEnvironment(place.directory), ...place.environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const status = new Promise<number | null>((resolve, reject) => child.once('close', resolve).once('error', reject));
  const output = await text(child.stdout);
  const shown = place.shown?.(output) ?? output;
  const lines = shown === '' ? [] : shown.replace(/\n$/, '').split('\n');
  const code = await status;
  return code === 0 ? lines : [...lines, `[${code}]`];
}

function isSame(output: readonly string[], expected: readonly string[]): boolean {
  return output.map(timeless).join('\n') === expected.map(timeless).join('\n');
}

/** The time of the run, as a report says it, with the weekday, and as a finding has it: any stands for any. */
function timeless(line: string): string {
  return line
    .replace(/\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d\b/, 'NOW')
    .replace(/"processed_at":"[^"]+"/g, '"processed_at":"NOW"');
}
