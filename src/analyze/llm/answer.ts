import { printable } from '../../io/printable.ts';
import { isFields } from '../../model/decode.ts';
import { type Category, categories } from '../../model/envelope.ts';
import { isSeverity } from '../../model/severity.ts';
import type { Case } from '../case/case.ts';
import type { Prompt } from './prompt.ts';
import type { Verdict } from './verdict.ts';

/** Longest texts of an answer, in characters: of more, the start is used. */
const maxSummaryLength = 200;
const maxActionLength = 140;
/** Most answers that are looked at. */
const maxVerdicts = 200;

/** What must not be in an answer: links, markup, code, what a terminal obeys or a spreadsheet reckons. */
const forbidden =
  /[a-z][a-z0-9+.-]{1,12}:\/\/|\b(?:javascript|vbscript|data|mailto|tel|file):\S|(?:^|\s)\/\/\w|www\.|\]\(|[`\\{}|]|^[=+@-]/i;

/** The start of markup, or what looks nearly like a pseudonym. */
const markup = /<(?!(?:secret|(?:ip|user|host|email|mac|phone|account|id)-\d{1,6}(?::[a-z]{1,10})?)>)/;

/** A name that may stand in a sentence: it cannot be mistaken for a link or for markup. */
const harmless = /^(?:[A-Za-z0-9_.:@-]{1,64}|<entity>)$/;

/** The verdicts of an answer that hold, by case. What is missing, twice there, or of a case that was not sent is left out. Never throws. */
export function verdictsIn(content: string, prompt: Prompt): ReadonlyMap<Case, Verdict> {
  const found = new Map<Case, Verdict>();
  const twice = new Set<Case>();
  for (const entry of listIn(content)) {
    const given = isFields(entry) && typeof entry['id'] === 'string' ? prompt.cases.get(entry['id']) : undefined;
    if (given === undefined || !isFields(entry)) continue;
    if (found.has(given)) twice.add(given);
    const verdict = verdictOf(entry, given, prompt);
    if (verdict !== undefined) found.set(given, verdict);
  }
  for (const given of twice) found.delete(given);
  return found;
}

/** The list in an answer, which may stand in a fence or behind some words. */
function listIn(content: string): readonly unknown[] {
  const [start, end] = [content.indexOf('{'), content.lastIndexOf('}')];
  if (start < 0 || end < start) return [];
  try {
    const answer: unknown = JSON.parse(content.slice(start, end + 1));
    const verdicts = isFields(answer) ? answer['verdicts'] : undefined;
    return Array.isArray(verdicts) ? verdicts.slice(0, maxVerdicts) : [];
  } catch {
    return [];
  }
}

function verdictOf(entry: Readonly<Record<string, unknown>>, given: Case, prompt: Prompt): Verdict | undefined {
  const { severity, category, confidence, evidence, injection } = entry;
  if (!isSeverity(severity) || !isCategory(category)) return undefined;
  if (confidence !== 'low' && confidence !== 'medium' && confidence !== 'high') return undefined;
  const asked = { prompt, row: prompt.rows.get(given) ?? '' };
  const isWithheld = (prompt.withheld.get(given) ?? 0) > 0;
  return {
    severity,
    category,
    summary: sentenceOf(entry['summary'], asked, maxSummaryLength),
    action: sentenceOf(entry['action'], asked, maxActionLength),
    evidence: evidenceOf(evidence, given, prompt),
    confidence,
    isInjection: injection === true || isWithheld,
  };
}

function isCategory(word: unknown): word is Category {
  return categories.some((category) => category === word);
}

/** Templates that were sent, and sent with this case. */
function evidenceOf(evidence: unknown, given: Case, prompt: Prompt): readonly string[] {
  if (!Array.isArray(evidence)) return [];
  const ids = evidence.slice(0, 10).map((short) => (typeof short === 'string' ? prompt.templates.get(short) : undefined));
  return [...new Set(ids.filter((id) => id !== undefined))].filter((id) => given.occurrences.has(id)).slice(0, 5);
}

/** What was asked, and what of it was about one case. */
interface Asked {
  readonly prompt: Prompt;
  readonly row: string;
}

/** A sentence that may be shown, with pseudonyms of its case still in it, or undefined. */
function sentenceOf(value: unknown, { prompt: { redactor, nonce }, row }: Asked, maxLength: number): string | undefined {
  if (typeof value !== 'string') return undefined;
  const text = value.trim().slice(0, maxLength);
  const isShowable = text !== '' && printable(text) === text && !forbidden.test(text) && !markup.test(text);
  return isShowable && !text.includes(nonce) && !redactor.hasStranger(text, row) ? text : undefined;
}

/** The sentence with the names behind its pseudonyms; names that an attacker has shaped stay behind them. */
export function named(text: string | undefined, nameOf: (pseudonym: string) => string | undefined): string | undefined {
  return text?.replace(/<(secret|[a-z]+)(?:-\d+)?(?::[a-z]+)?>/g, (mark, kind: string) => {
    const name = nameOf(mark);
    return name !== undefined && harmless.test(name) ? name : kind === 'secret' ? '(removed)' : `(${kind})`;
  });
}
