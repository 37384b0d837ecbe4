/*
 * What redaction leaves of ordinary lines: the share of their words that are still there, and of lines that have all of them.
 * Words are letters only, three or more, and of a case with a `template` those that all its entries share; what is left of these
 * is neither secret nor a name. Prints, never judges.
 *
 *     npx tsx test/bench/redaction.ts LOG|CASES.jsonl...
 */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { at } from '../../src/model/decode.ts';
import { Pseudonyms } from '../../src/redact/pseudonyms.ts';
import { loadPatterns, Redactor } from '../../src/redact/redactor.ts';

const patterns = await loadPatterns();

/** An entry, and the words of it that must stay. */
interface Sample {
  readonly group: string;
  readonly text: string;
  readonly words: readonly string[];
}

interface Kept {
  words: number;
  kept: number;
  lines: number;
  whole: number;
  readonly lost: Map<string, number>;
}

function wordsOf(text: string): readonly string[] {
  return text.match(/(?<![\w<])[A-Za-z]{3,}(?![\w>])/g) ?? [];
}

function samplesIn(path: string): readonly Sample[] {
  const lines = readFileSync(path, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => {
    const value: unknown = path.endsWith('.jsonl') ? JSON.parse(line) : undefined;
    const [text, template, group] = [at(value, ['content']), at(value, ['template']), at(value, ['service'])];
    if (typeof text !== 'string' || typeof template !== 'string')
      return { group: basename(path), text: line, words: wordsOf(line) };
    return { group: String(group), text, words: wordsOf(template) };
  });
}

function count(word: string, words: readonly string[]): number {
  return words.reduce((sum, other) => sum + (other === word ? 1 : 0), 0);
}

function note(kept: Kept, { text, words }: Sample): void {
  const redactor = new Redactor({ patterns, strictness: 'strict', secrets: [], pseudonyms: new Pseudonyms() });
  const left = wordsOf(redactor.redact(text));
  let isWhole = true;
  for (const word of words) {
    kept.words++;
    if (count(word, left) >= count(word, words)) kept.kept++;
    else {
      isWhole = false;
      kept.lost.set(word, (kept.lost.get(word) ?? 0) + 1);
    }
  }
  kept.lines++;
  if (isWhole) kept.whole++;
}

const groups = new Map<string, Kept>();
const all: Kept = { words: 0, kept: 0, lines: 0, whole: 0, lost: new Map() };
for (const sample of process.argv.slice(2).flatMap(samplesIn)) {
  const group = groups.get(sample.group) ?? { words: 0, kept: 0, lines: 0, whole: 0, lost: new Map() };
  groups.set(sample.group, group);
  note(group, sample);
  note(all, sample);
}
console.log('log               lines   words kept   lines whole   lost most often');
for (const [name, { words, kept, lines, whole, lost }] of [...groups, ['all', all] as const]) {
  const most = [...lost].sort(([, a], [, b]) => b - a).slice(0, 5);
  const percent = (part: number, of: number): string => `${((100 * part) / Math.max(1, of)).toFixed(2)} %`;
  const shown = most.map(([word, times]) => `${word} (${times})`).join(', ');
  console.log(
    `${name.padEnd(14)} ${String(lines).padStart(8)}   ${percent(kept, words).padStart(10)}   ${percent(whole, lines).padStart(11)}   ${shown}`,
  );
}
