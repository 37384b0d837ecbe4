/*
 * How many findings a second lp-store takes, new ones and then the same ones grown. Prints, never judges.
 * Run: npx tsx test/bench/store.ts [FINDINGS]
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { finding } from '../support/findings.ts';

const total = Number(process.argv[2] ?? 100_000);
const command = fileURLToPath(new URL('../../bin/lp-store', import.meta.url));
const directory = mkdtempSync(join(tmpdir(), 'lp-bench-'));
const database = join(directory, 'lp.db');

function* ndjson(count: number): Generator<string> {
  for (let start = 0; start < total; start += 50) {
    const lines = Array.from({ length: Math.min(50, total - start) }, (_, at) => JSON.stringify(finding(start + at, { count })));
    yield `${lines.join('\n')}\n`;
  }
}

async function measure(title: string, count: number): Promise<void> {
  const lines = [...ndjson(count)];
  const started = performance.now();
  const child = spawn(command, ['--db', database], { stdio: ['pipe', 'inherit', 'inherit'] });
  await Promise.all([pipeline(Readable.from(lines), child.stdin), once(child, 'exit')]);
  const seconds = (performance.now() - started) / 1_000;
  const mib = lines.reduce((sum, line) => sum + line.length, 0) / 2 ** 20;
  console.log(`${title}: ${Math.round(total / seconds)} findings/s (${total} in ${seconds.toFixed(2)} s, ${mib.toFixed(0)} MiB)`);
}

try {
  await measure('new', 10);
  await measure('grown', 11);
  console.log(`database: ${(statSync(database).size / 2 ** 20).toFixed(0)} MiB`);
} finally {
  rmSync(directory, { recursive: true });
}
