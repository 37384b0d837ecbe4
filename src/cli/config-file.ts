import { LpError } from '../model/error.ts';
import { exitStatus } from '../model/exit-status.ts';

/** One line of a configuration file. */
export interface Setting {
  /** `parse` for what stands under `[parse]` or `[lp-parse]`; empty above the first section. */
  readonly section: string;
  readonly name: string;
  readonly value: string;
  /** `FILE:LINE`. */
  readonly place: string;
}

/**
 * Reads the text of a configuration file: `NAME=VALUE` as in `.env` files (`export`, quotes, `# comments`), and INI sections.
 * Throws `LpError` 78 with file and line for a line that is neither. Nothing is expanded; a value stays on its line.
 */
export function parseConfigFile(text: string, path: string): readonly Setting[] {
  const settings: Setting[] = [];
  let section = '';
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
  for (const [index, raw] of lines.entries()) {
    const line = raw.trim();
    const place = `${path}:${index + 1}`;
    if (line === '' || line.startsWith('#') || line.startsWith(';')) continue;
    const opened = /^\[\s*(?:lp-)?([^\]]*?)\s*\](?:\s*[#;].*)?$/.exec(line);
    if (opened !== null) {
      section = opened[1]?.toLowerCase() ?? '';
      continue;
    }
    const [, name, written] = /^(?:export\s+)?([A-Za-z_][\w.-]*)\s*=\s*(.*)$/.exec(line) ?? [];
    if (name === undefined || written === undefined) {
      throw new LpError(`${place}: expected NAME=VALUE, [section] or # comment`, exitStatus.config);
    }
    settings.push({ section, name, value: unquoted(written, place), place });
  }
  return settings;
}

function unquoted(written: string, place: string): string {
  const quote = written.charAt(0);
  if (quote !== '"' && quote !== "'") return written.replace(/(?:^|\s)#.*$/, '').trimEnd();
  const quoted = quote === '"' ? /^"((?:[^"\\]|\\.)*)"\s*(?:#.*)?$/ : /^'([^']*)'\s*(?:#.*)?$/;
  const inside = quoted.exec(written)?.[1];
  if (inside === undefined) {
    throw new LpError(`${place}: a quoted value must end with its ${quote} on the same line`, exitStatus.config);
  }
  return quote === "'" ? inside : inside.replace(/\\(.)/g, (_, character: string) => escapes[character] ?? character);
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };
