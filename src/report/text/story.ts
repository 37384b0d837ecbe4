import { joined, type PrintableText, printable } from '../../io/printable.ts';
import type { Digest } from '../digest.ts';
import type { Look } from '../renderer.ts';
import { storyOf } from '../story.ts';
import { bodyOf, counted } from '../words.ts';
import { fitted } from './layout.ts';

/** What happened around the entity that was asked for, in the order of time; no lines when none was. */
export function storyLines(digest: Digest, look: Look): readonly PrintableText[] {
  const { style, columns, clock } = look;
  if (digest.entity === undefined || digest.findings.length === 0) return [];
  const { scenes, omitted } = storyOf(digest.findings);
  const isOneDay = scenes.every(({ entry }) =>
    clock.isOneDay(new Date(entry.timestamp), new Date(scenes[0]?.entry.timestamp ?? 0)),
  );
  const lines = scenes.map(({ entry, begins }) => {
    const time = printable(clock.entry(new Date(entry.timestamp), isOneDay).padStart(isOneDay ? 8 : 15));
    const said = fitted(bodyOf(entry), columns - time.length - 2);
    const title = begins.map((finding) => style.bold(fitted(`-- ${finding.title}`, columns)));
    return [...title, joined([style.dim(time), printable('  '), said], '')];
  });
  const more = omitted > 0 ? [printable(`and ${counted(omitted, 'more entry', 'more entries')} between`)] : [];
  return [style.bold(fitted(`In order, ${digest.entity}:`, columns)), ...lines.flat(), ...more];
}
