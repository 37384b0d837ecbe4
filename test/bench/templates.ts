/*
 * What templates cost: records per second in one process, on lines of sshd and on lines that are all different. Prints, never
 * judges.
 *
 *     npx tsx test/bench/templates.ts [LINES] [ROUNDS]
 */
import { TemplateMiner } from '../../src/analyze/template/miner.ts';
import { authLines } from '../support/log-lines.ts';
import { record } from '../support/records.ts';

const lines = Number(process.argv[2] ?? 200_000);
const rounds = Number(process.argv[3] ?? 5);

const texts: Readonly<Record<string, readonly string[]>> = {
  'lines of sshd and the like': [...authLines(lines)].map((line) => line.replace(/^.*?\]: /, '')),
  'lines of words that never come again': Array.from({ length: lines / 10 }, (_, number) =>
    [...String(number)].map((digit) => `word${'abcdefghij'[Number(digit)]} `).join(''),
  ),
};

for (const [name, messages] of Object.entries(texts)) {
  const records = messages.map((message) => record({ message, original: message }));
  const rates = Array.from({ length: rounds }, () => {
    const miner = new TemplateMiner();
    const start = process.cpuUsage().user;
    for (const entry of records) miner.templateOf(entry);
    return records.length / ((process.cpuUsage().user - start) / 1e6);
  });
  const median = rates.sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0;
  console.log(`${name}: ${Math.round(median / 1_000)} k records/s`);
}
