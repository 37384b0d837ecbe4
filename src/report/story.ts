import type { Evidence, Finding } from '../model/envelope.ts';

/** One entry of a story, and the findings that begin with it. */
export interface Scene {
  readonly entry: Evidence;
  readonly begins: readonly Finding[];
}

/** More than this nobody reads. */
const maxScenes = 60;

/** The entries that findings show, each once and in the order of time; those left out are in the middle. */
export function storyOf(findings: readonly Finding[]): { readonly scenes: readonly Scene[]; readonly omitted: number } {
  const scenes = new Map<string, { readonly entry: Evidence; readonly begins: Finding[] }>();
  for (const finding of findings) {
    for (const [index, entry] of finding.evidence.entries()) {
      const key = JSON.stringify([entry.log.source, entry.log.offset, entry.timestamp]);
      const scene = scenes.get(key) ?? { entry, begins: [] };
      if (index === 0) scene.begins.push(finding);
      scenes.set(key, scene);
    }
  }
  const all = [...scenes.values()].sort(
    (one, other) =>
      Date.parse(one.entry.timestamp) - Date.parse(other.entry.timestamp) || one.entry.log.offset - other.entry.log.offset,
  );
  if (all.length <= maxScenes) return { scenes: all, omitted: 0 };
  const half = maxScenes / 2;
  return { scenes: [...all.slice(0, half), ...all.slice(-half)], omitted: all.length - maxScenes };
}
