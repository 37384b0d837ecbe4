import type { Done, Suppression, TriageDatabase } from '../database/triage.ts';
import { printable, printableJson } from '../io/printable.ts';

/** Suppressions that hold, then what was done, the last first: for people, or as JSON, one object a line. */
export function* listed(database: TriageDatabase, now: Date, isJson: boolean): Generator<string, void> {
  for (const suppression of database.suppressions(now))
    yield isJson ? json('suppression', suppression) : suppressionLine(suppression);
  for (const done of database.history()) yield isJson ? json('action', done) : doneLine(done);
}

/** The false positives as findings, each with what was said of it. */
export function* exported(database: TriageDatabase): Generator<string, void> {
  for (const { json: text, text: reason, by, at } of database.falsePositives()) {
    const finding: object = JSON.parse(text);
    yield printableJson(JSON.stringify({ ...finding, triage: present({ status: 'false_positive', reason, by, at }) }));
  }
}

function json(kind: string, fields: object): string {
  return printableJson(JSON.stringify({ kind, ...present(fields) }));
}

/** Without what is not known. */
function present(fields: object): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));
}

function suppressionLine({ finding, rule, entity, reason, by, at, until }: Suppression): string {
  const what = [finding, rule, entity].filter((part) => part !== '').join(', ');
  const end = until === '' ? 'for good' : `until ${until.slice(0, 16)}Z`;
  return printable(`suppressed ${what} ${end}: ${reason} (${by}, ${at.slice(0, 16)}Z)`);
}

function doneLine({ id, title, action, text, by, at }: Done): string {
  return printable(`${at.slice(0, 16)}Z ${id} ${action} by ${by}: ${title}${text === '' ? '' : ` (${text})`}`);
}
