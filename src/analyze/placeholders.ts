import type { Burst, Told } from './burst.ts';

/** How many names a sentence lists before it says how many more there are. */
const maxNames = 3;

/** Longest name in a sentence: attackers write some of them. */
const maxNameLength = 60;

const values: Readonly<Record<string, (burst: Burst<Told>) => string>> = {
  entity: (burst) => shortened(burst.entity.value),
  count: (burst) => String(burst.count),
  entries: (burst) => (burst.count === 1 ? 'entry' : 'entries'),
  attempts: (burst) => (burst.count === 1 ? '1 attempt' : `${burst.count} attempts`),
  requests: (burst) => (burst.count === 1 ? '1 request' : `${burst.count} requests`),
  times: (burst) => (burst.count === 1 ? 'once' : `${burst.count} times`),
  successes: (burst) => String(burst.successes),
  ips: (burst) => listed(burst.ips),
  users: (burst) => listed(burst.users),
  accepted: (burst) => listed(burst.accepted),
  hosts: (burst) => listed(burst.hosts, 'an unnamed host'),
  paths: (burst) => listed(burst.paths),
  services: (burst) => listed(burst.services, 'an unnamed service'),
  commands: (burst) => listed(burst.commands),
  span: (burst) => spanOf(burst.last.timeMs - burst.first.timeMs),
};

/** Names that a rule's texts may hold in braces. */
export const placeholders: readonly string[] = Object.keys(values);

/** What stands there, or what fills it in. */
type Part = string | ((burst: Burst<Told>) => string);

/** The texts of rules, which are as many as there are rules: a flood makes a finding of one for each address. */
const partsByTemplate = new Map<string, readonly Part[]>();

/**
 * Fills `{entity}`, `{count}` and the other `placeholders` of a rule's text in, once: braces in what is filled in mean
 * nothing. Texts stay as the log has them; what shows them escapes them.
 */
export function fillTemplate(template: string, burst: Burst<Told>): string {
  let parts = partsByTemplate.get(template);
  if (parts === undefined) {
    parts = partsOf(template);
    partsByTemplate.set(template, parts);
  }
  let text = '';
  for (const part of parts) text += typeof part === 'string' ? part : part(burst);
  return text.trim();
}

function partsOf(template: string): readonly Part[] {
  // A placeholder is at each second place.
  return template.split(/\{([a-z]+)\}/).map((text, index) => {
    if (index % 2 === 0) return text;
    return values[text] ?? `{${text}}`;
  });
}

function listed(all: readonly string[], none = 'unknown'): string {
  if (all.length === 0) return none;
  const shown = all.slice(0, maxNames).map(shortened);
  const more = all.length - shown.length;
  if (more > 0) return `${shown.join(', ')} and ${more} more`;
  return shown.length > 1 ? `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}` : shown.join('');
}

function shortened(name: string): string {
  return name.length > maxNameLength ? `${name.slice(0, maxNameLength - 1)}…` : name;
}

function spanOf(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 1) return 'within a second';
  if (seconds < 120) return `within ${seconds} s`;
  if (seconds < 7_200) return `within ${Math.round(seconds / 60)} min`;
  if (seconds < 172_800) return `within ${Math.round(seconds / 3_600)} h`;
  return `within ${Math.round(seconds / 86_400)} days`;
}
