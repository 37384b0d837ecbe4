import { asText, type Entry, fault, find, type MapNode, type Node } from './node.ts';

/**
 * The rules that the documents of one file stand for, by the way of older rules: what `action: global` says holds for all
 * documents after it, `action: repeat` is the document before it with changes, and `action: reset` ends both. Documents of
 * newer rules come out as they are. Throws `LpError` 78 for an action of another name.
 * Source: Sigma specification 1.0, "Rule Collections".
 */
export function wholeDocuments(documents: readonly Node[]): readonly Node[] {
  const whole: Node[] = [];
  let general: MapNode | undefined;
  let previous: MapNode | undefined;
  for (const document of documents) {
    const action = document.kind === 'map' ? find(document, 'action') : undefined;
    if (document.kind !== 'map' || (action === undefined && general === undefined)) {
      whole.push(document);
      if (document.kind === 'map') previous = document;
      continue;
    }
    const rest = without(document, 'action');
    switch (action === undefined ? undefined : asText(action, 'action')) {
      case 'global':
        general = general === undefined ? rest : merged(general, rest);
        continue;
      case 'reset':
        general = undefined;
        previous = undefined;
        if (rest.entries.length === 0) continue;
        previous = rest;
        break;
      case 'repeat':
        if (previous === undefined) throw fault(document, 'there is no document before that "action: repeat" could repeat');
        previous = merged(previous, rest);
        break;
      case undefined:
        previous = general === undefined ? rest : merged(general, rest);
        break;
      default:
        throw fault(action ?? document, 'an action is global, repeat or reset');
    }
    whole.push(previous);
  }
  return whole;
}

function without(map: MapNode, key: string): MapNode {
  return { ...map, entries: map.entries.filter((entry) => entry.key !== key) };
}

/** One map with the keys of both: maps are merged, all else is what `changes` say. */
function merged(base: MapNode, changes: MapNode): MapNode {
  const keys = [...new Set([...base.entries, ...changes.entries].map(({ key }) => key))];
  const entries = keys.flatMap((key): readonly Entry[] => {
    const [before, after] = [base, changes].map((map) => map.entries.find((entry) => entry.key === key));
    if (before?.value.kind === 'map' && after?.value.kind === 'map')
      return [{ ...after, value: merged(before.value, after.value) }];
    return after ? [after] : before ? [before] : [];
  });
  return { ...changes, entries };
}
