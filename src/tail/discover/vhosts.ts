import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expand } from '../glob.ts';

/** The names by which sites are asked for. */
export interface SiteNames {
  /** Sites that have a configuration of their own, in order. */
  readonly sites: readonly string[];
  /** The names of a site, or of that whose log lies there. */
  get(siteOrLog: string): readonly string[] | undefined;
}

/** More of a file than this is no configuration of a site. */
const maxBytes = 256 * 1024;

const comment = /^\s*#.*$/gm;
/** Source: ngx_http_core_module, server_name; Apache's core, ServerName and ServerAlias. */
const nameLines = /(?:^|[{;])\s*(?:server_name\s+([^;]+);|Server(?:Name|Alias)\s+(.+)$)/gim;
/** Source: ngx_http_log_module; Apache's mod_log_config and core. */
const logLines = /(?:^|[{;])\s*(?:access_log|error_log|CustomLog|ErrorLog)\s+"?([^\s;"]+)/gim;

/**
 * Reads who is served from the configuration of web servers, at paths as `panels.ts` has them, below a folder that stands for
 * `/`. A file that cannot be read says nothing.
 */
export function namesOfSites(paths: readonly string[], root: string): SiteNames {
  const names = new Map<string, Set<string>>();
  const sites = new Set<string>();
  const add = (key: string, found: readonly string[]): void => {
    const known = names.get(key) ?? new Set();
    for (const name of found) known.add(name);
    names.set(key, known);
  };
  for (const path of paths) {
    const [before = '', after = ''] = path.split('<site>');
    for (const file of expand(join(root, path.replaceAll(/<\w+>/g, '*')))) {
      const text = textOf(file);
      const found = [...text.matchAll(nameLines)].flatMap(([, nginx, apache]) => namesIn(nginx ?? apache ?? ''));
      const site = path.includes('<site>') ? siteIn(file, before, after) : undefined;
      if (site !== undefined) sites.add(site);
      if (site !== undefined) add(site, found);
      for (const [, log = ''] of text.matchAll(logLines)) add(join(root, log), found);
    }
  }
  return { sites: [...sites].sort(), get: (key) => (names.has(key) ? [...(names.get(key) ?? [])] : undefined) };
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8').slice(0, maxBytes).replaceAll(comment, '');
  } catch {
    return '';
  }
}

/** What stands for all names, or for none, is none. */
function namesIn(text: string): readonly string[] {
  return text
    .trim()
    .split(/\s+/)
    .filter((name) => /^[\w*][\w.*-]*$/.test(name) && name !== '_');
}

/** The site in a path: the name between what stands before and behind it. */
function siteIn(file: string, before: string, after: string): string | undefined {
  const end = file.length - after.length;
  const start = before.endsWith('/') ? file.lastIndexOf('/', end - 1) + 1 : 0;
  return file.endsWith(after) && end > start ? file.slice(start, end) : undefined;
}
