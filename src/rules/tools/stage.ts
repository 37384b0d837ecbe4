import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { LpError, reasonOf } from '../../model/error.ts';
import { exitStatus } from '../../model/exit-status.ts';

/** Most of what a stage says that is told on, in characters. */
const maxSaid = 500;

/**
 * What a stage writes for an input: the pipe is the only link between stages, so it runs as the command that people use.
 * Throws `LpError` 70 that holds what it said when it fails.
 */
export async function outputOf(stage: 'lp-parse' | 'lp-analyze', operands: readonly string[], input: string): Promise<string> {
  const path = fileURLToPath(new URL(`../../../bin/${stage}`, import.meta.url));
  const child = spawn(path, operands, { stdio: ['pipe', 'pipe', 'pipe'] });
  // A stage that ends early says so by its status.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const status = new Promise<number | undefined>((resolve, reject) => {
    child.once('error', (thrown) => reject(new LpError(`cannot start ${stage}: ${reasonOf(thrown)}`, exitStatus.bug)));
    child.once('close', (code) => resolve(code ?? undefined));
  });
  const [code, output, said] = await Promise.all([status, text(child.stdout), text(child.stderr)]);
  if (code === 0) return output;
  throw new LpError(`${stage} failed: ${said.slice(0, maxSaid).trim()}`, exitStatus.bug);
}
