/*
 * Writes the manual page of each command:  npm run man
 *
 * With --check it only tells which pages are missing or out of date, and fails.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { wholeManualPage } from '../src/cli/manual.ts';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const isChecking = process.argv.includes('--check');

for (const name of readdirSync('bin')) {
  const { default: command } = await import(`../src/${name.slice('lp-'.length)}/command.ts`);
  const path = `man/${name}.1`;
  const page = await wholeManualPage(command);
  if (!isChecking) {
    writeFileSync(path, page);
  } else if (page !== contentOf(path)) {
    process.stderr.write(`${path} is out of date: npm run man\n`);
    process.exitCode = 1;
  }
}

function contentOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
