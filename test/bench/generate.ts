/*
 * Writes generated log lines to standard output, the same each time:
 *
 *     npx tsx test/bench/generate.ts access|auth [LINES]
 */
import { once } from 'node:events';
import { accessLines, authLines } from '../support/log-lines.ts';

const makers: Readonly<Record<string, typeof accessLines>> = { access: accessLines, auth: authLines };
const [kind = '', count = '1000000'] = process.argv.slice(2);
const maker = makers[kind];
if (maker === undefined) {
  process.stderr.write(`generate: give one of ${Object.keys(makers).join(', ')}, and a number of lines\n`);
  process.exitCode = 64;
} else {
  let batch: string[] = [];
  for (const line of maker(Number(count))) {
    batch.push(line);
    if (batch.length < 5_000) continue;
    if (!process.stdout.write(`${batch.join('\n')}\n`)) await once(process.stdout, 'drain');
    batch = [];
  }
  if (batch.length > 0) process.stdout.write(`${batch.join('\n')}\n`);
}
