import type { Case } from '../../src/analyze/case/case.ts';

/** A case about a user, with one kind of entry. */
export function caseOf(user: string): Case {
  const template = { id: `template of ${user}`, text: 'session opened for <*>' };
  return {
    key: user,
    entity: { type: 'user', value: user },
    occurrences: new Map([[template.id, { template, count: 3 }]]),
    uncounted: 0,
    samples: [],
    users: new Set(),
    hosts: new Set(),
    ips: new Set(),
    findings: new Map(),
    count: 3,
    ...{ firstMs: 0, lastMs: 0, touchedMs: 0, openedMs: 0 },
  };
}
