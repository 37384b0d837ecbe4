import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expand } from '../glob.ts';
import { isState, stateOf } from '../log-file.ts';
import {
  journalInsteadOf,
  journalSigns,
  type LogKind,
  type LogPlace,
  type Panel,
  type PanelName,
  panels,
  systemPlaces,
} from './panels.ts';
import { namesOfSites } from './vhosts.ts';

/** A log that was found. */
export interface FoundLog {
  readonly panel: string;
  readonly source: string;
  readonly kind: LogKind;
  readonly role?: LogPlace['role'];
  readonly site?: string;
  readonly user?: string;
  /** The names by which the site is asked for, as the web server is configured. */
  readonly vhosts: readonly string[];
  /** False for the log of a backend whose requests are all in the log of a frontend too: read it, and they count twice. */
  readonly isCounted: boolean;
  /** Stands for this log and those like it, also such as come later; undefined where there is no pattern for them alone. */
  readonly pattern?: string;
}

/** What was found. */
export interface Discovery {
  /** Names of panels that are there. */
  readonly panels: readonly string[];
  readonly logs: readonly FoundLog[];
  /** Sites that are configured and have no access log. */
  readonly silentSites: readonly string[];
}

/** Looks for logs where a panel puts them, below a folder that stands for `/`. Never throws. */
export function discover(name: PanelName, root: string): Discovery {
  const installed = panels.filter(({ signs }) => signs.some((sign) => isThere(join(root, sign))));
  const others = installed.filter((panel) => panel.name !== 'debian');
  // A panel's own places are better than those of the system that it runs on.
  const auto = others.length > 0 ? [...others, ...installed.filter((panel) => panel.name === 'debian')] : installed;
  const chosen = name === 'auto' ? auto : panels.filter((panel) => panel.name === name);
  const names = namesOfSites(
    chosen.flatMap(({ configurations }) => configurations),
    root,
  );
  const seen = new Set<string>();
  const logs = chosen.flatMap((panel) => logsOf(panel, panel.places, { root, seen }));
  const rest = logsOf({ name: 'system' }, systemPlaces, { root, seen });
  const all = [...logs, ...rest, ...journalOf(root)].map((log) => ({
    ...log,
    vhosts: names.get(log.site ?? '') ?? names.get(log.source) ?? [],
    isCounted: !isDouble(log, logs),
  }));
  const heard = new Set(logs.flatMap(({ kind, site }) => (kind === 'access' ? (site ?? []) : [])));
  const silentSites = names.sites.filter((site) => !heard.has(site));
  return { panels: chosen.map((panel) => panel.name), logs: all, silentSites };
}

type Place = Omit<FoundLog, 'vhosts' | 'isCounted'>;

interface Search {
  readonly root: string;
  /** Files that were found, by device and inode: panels link them. */
  readonly seen: Set<string>;
}

function logsOf(panel: Pick<Panel, 'name' | 'skip'>, places: readonly LogPlace[], { root, seen }: Search): readonly Place[] {
  return places.flatMap(({ path, kind, role }) => {
    const pattern = join(root, path.replaceAll(/<\w+>/g, '*'));
    return expand(pattern).flatMap((source): readonly Place[] => {
      const state = stateOf(source);
      const names = namesIn(path, source.slice(join(root, '/').length - 1));
      if (!isState(state) || names === undefined || panel.skip?.test(source) === true) return [];
      const identity = `${state.dev}:${state.inode}`;
      if (seen.has(identity)) return [];
      seen.add(identity);
      const isAlone = !path.includes('<') && !path.includes('*');
      const kept = panel.skip === undefined && !isAlone ? { pattern } : {};
      return [{ panel: panel.name, source, kind, ...(role !== undefined && { role }), ...names, ...kept }];
    });
  });
}

/** The site and the user in a path, as a place has them; undefined when it does not fit. */
function namesIn(place: string, path: string): Pick<FoundLog, 'site' | 'user'> | undefined {
  const text = place
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '[^/]*')
    .replaceAll(/<(\w+)>/g, '(?<$1>[^/]+)');
  const groups = new RegExp(`^${text}$`).exec(path);
  if (groups === null) return undefined;
  const { site, user } = groups.groups ?? {};
  return { ...(site !== undefined && { site }), ...(user !== undefined && { user }) };
}

/** A request is in the logs of both servers: where there is one of the first, that of the second does not count. */
function isDouble({ kind, role, site, user, panel }: Place, all: readonly Place[]): boolean {
  if (kind !== 'access' || role !== 'backend') return false;
  return all.some(
    (log) => log.kind === 'access' && log.role === 'frontend' && log.panel === panel && log.site === site && log.user === user,
  );
}

function journalOf(root: string): readonly Place[] {
  const isWritten = journalInsteadOf.some((path) => isThere(join(root, path)));
  const isKept = journalSigns.some((path) => isThere(join(root, path)));
  return isKept && !isWritten ? [{ panel: 'system', source: 'journald', kind: 'system' }] : [];
}

function isThere(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false;
  }
}
