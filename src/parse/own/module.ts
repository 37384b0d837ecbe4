import { extname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { LpError, reasonOf } from '../../model/error.ts';
import { exitStatus } from '../../model/exit-status.ts';
import { customFormat } from '../custom/format.ts';
import { isFieldName } from '../fields.ts';
import type { LogFormat, Reading } from '../format.ts';
import type { Pattern } from '../pattern.ts';
import * as pieces from '../pattern.ts';
import * as moments from '../pieces/moments.ts';
import { compile } from '../scan/compile.ts';
import { isRecord, wrongFormat, wrongValue } from './check.ts';
import { trustedPath } from './trusted.ts';

/** Tells people what is odd, but does not keep lines from being read. */
export type Warn = (message: string) => void;

/**
 * The format that a module of the user's exports: an object as those in ../formats, or a function that makes one out of
 * the pieces of ../pattern.ts, which a file outside of the toolkit could not import. Throws `LpError` 66, 77 or 78.
 */
export async function formatOfModule(path: string, warn: Warn): Promise<LogFormat> {
  const url = pathToFileURL(await trustedPath(path)).href;
  let made: unknown;
  try {
    const module: unknown = await import(url);
    const exported = isRecord(module) ? module['default'] : undefined;
    made = typeof exported === 'function' ? await exported({ ...pieces, ...moments }) : exported;
  } catch (thrown) {
    const advice = extname(path) === '.ts' ? '; to load .ts takes Node 22.18 or later: compile it to .mjs' : '';
    throw new LpError(`${path}: cannot be loaded: ${reasonOf(thrown)}${advice}`, exitStatus.config, { cause: thrown });
  }
  const fault = wrongFormat(made);
  if (fault !== undefined) throw new LpError(`${path}: ${fault}`, exitStatus.config);
  // What `wrongFormat` has looked through is a format, but for what has a default.
  const own = made as Partial<LogFormat> & { readonly name: string };
  const defaults = { ...customFormat, title: `a format of your own (${path})`, source: path };
  // The same, with its defaults.
  const format = { ...defaults, ...own } as LogFormat;
  compilable('pattern' in format ? format.pattern : (format.guard ?? []), path);
  return 'read' in format ? { ...format, read: guarded(format.read.bind(format), path, warn) } : format;
}

function compilable(pattern: Pattern, path: string): void {
  try {
    compile([pattern], []);
  } catch (thrown) {
    throw new LpError(`${path}: its pattern cannot be used: ${reasonOf(thrown)}`, exitStatus.config);
  }
}

/** A reader whose mistakes cost a warning and no line: what it fails on is left to the other formats. */
function guarded(read: (line: string) => unknown, path: string, warn: Warn): (line: string) => Reading | undefined {
  const told = new Set<string>();
  const tell = (what: string): void => {
    if (told.has(what) || told.size > 10) return;
    told.add(what);
    warn(`${path}: ${what}`);
  };
  return (line) => {
    try {
      return readingOf(read(line), tell);
    } catch (thrown) {
      tell(`its read function fails: ${reasonOf(thrown)}`);
      return undefined;
    }
  };
}

function readingOf(value: unknown, tell: Warn): Reading | undefined {
  if (value === undefined) return undefined;
  if (!isRecord(value)) {
    tell('its read function must give an object with fields, or undefined');
    return undefined;
  }
  const { fields, timeMs, timeText } = value;
  const given = fields instanceof Map ? [...fields] : Object.entries(isRecord(fields) ? fields : {});
  const known: Map<Parameters<typeof wrongValue>[0], string | number | readonly string[]> = new Map();
  for (const [name, content] of given) {
    if (content === undefined || content === '') continue;
    const fault = isFieldName(name) ? wrongValue(name, content) : `no field is called ${String(name)}`;
    if (fault === undefined && isFieldName(name)) known.set(name, content);
    else tell(`its read function gives a field that cannot be: ${fault}`);
  }
  return {
    fields: known,
    ...(typeof timeMs === 'number' && { timeMs }),
    ...(typeof timeText === 'string' && { timeText }),
  };
}
