import type { LogRecord } from '../../model/envelope.ts';
import { type Template, TemplateTree } from './tree.ts';
import { variable, wordsOf } from './words.ts';

/** Most sets of words whose template is remembered: most entries are like one before. */
const maxRemembered = 4_000;

/** Gives each record the template that it shares with those like it. Memory is bounded; the same records in the same order give the same ids. */
export class TemplateMiner {
  /** What it remembers. */
  readonly tree = new TemplateTree();
  readonly #known = new Map<string, Template>();

  /** The template of a record: of its message, or of its request when it has none. Never throws. */
  templateOf(record: LogRecord): Template {
    const { message, http, original } = record;
    const status = http?.response?.status_code;
    if (message === undefined && status !== undefined) return this.#templateOfRequest(http?.request?.method ?? '-', status);
    const text = message ?? original;
    const found = wordsOf(text, record.user?.name);
    const key = found.words.join(' ');
    const known = this.#known.get(key);
    if (known !== undefined && !known.isForgotten) return this.tree.touch(known);
    return this.#remember(key, this.tree.templateFor(found, key, text));
  }

  /** A request's path and agent say too much to tell a kind by. */
  #templateOfRequest(method: string, status: number): Template {
    const words = [method.slice(0, 20), variable, String(status)];
    const key = words.join(' ');
    const known = this.#known.get(key);
    if (known !== undefined && !known.isForgotten) return this.tree.touch(known);
    return this.#remember(key, this.tree.templateFor({ words, places: [] }, key, ''));
  }

  #remember(key: string, template: Template): Template {
    if (this.#known.size >= maxRemembered) this.#known.clear();
    this.#known.set(key, template);
    return template;
  }
}
