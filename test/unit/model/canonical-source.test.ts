import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Engine } from '../../../src/analyze/engine.ts';
import { canonicalSource } from '../../../src/model/canonical-source.ts';
import { failedLogin, request, rulesFrom } from '../../support/records.ts';

const sources: readonly (readonly [source: string, canonical: string, shows: string])[] = [
  ['/var/log/auth.log', '/var/log/auth.log', 'leaves a log that is being written'],
  ['/var/log/auth.log.1', '/var/log/auth.log', 'takes a number off'],
  ['/var/log/auth.log.12.gz', '/var/log/auth.log', 'takes a number off a packed log'],
  ['/var/log/auth.log.gz', '/var/log/auth.log', 'takes the packing off'],
  ['/var/log/auth.log.1.xz', '/var/log/auth.log', 'knows xz'],
  ['/var/log/auth.log.1.bz2', '/var/log/auth.log', 'knows bzip2'],
  ['/var/log/auth.log.1.zst', '/var/log/auth.log', 'knows zstd'],
  ['/var/log/secure-20261122', '/var/log/secure', 'takes a day off'],
  ['/var/log/secure.20261122.gz', '/var/log/secure', 'takes a day behind a dot off'],
  ['/var/log/secure-2026112213.gz', '/var/log/secure', 'takes an hour off'],
  ['/var/log/access.log.2026-11-22', '/var/log/access.log', 'takes a day with dashes off'],
  ['/var/log/access.log-2026-11-22.gz', '/var/log/access.log', 'takes a day with dashes behind a dash off'],
  ['/var/log/hosts/10.0.0.1', '/var/log/hosts/10.0.0.1', 'leaves an address'],
  ['/var/log/php8.2', '/var/log/php8.2', 'leaves a version'],
  ['/var/log/.1', '/var/log/.1', 'leaves a name that would be empty'],
  ['/var/log/auth.log.1.2', '/var/log/auth.log.1.2', 'takes one suffix off at most'],
  ['-', '-', 'leaves standard input'],
  ['', '', 'leaves nothing'],
];

describe('the canonical name of a log', () => {
  for (const [source, canonical, shows] of sources) {
    it(shows, () => assert.equal(canonicalSource(source), canonical));
  }
});

const rules = `
title: Failure
name: failure
level: medium
logsource: {product: linux, service: sshd}
detection: {s: {event.outcome: failure}, condition: s}
---
title: Error
name: error
logsource: {category: webserver}
detection: {s: {sc-status: 500}, condition: s}
---
title: Errors
name: errors
level: high
correlation: {type: event_count, rules: error, group-by: log.source, timespan: 1h, condition: {gte: 2}}
`;

/** Which findings come of logs under these suffixes, each read by an engine of its own. */
async function findingsOf(suffixes: readonly string[]): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const suffix of suffixes) {
    const engine = new Engine(await rulesFrom(rules), {
      now: () => new Date(0),
      emit: ({ rule, entity, id }) => found.add(`${rule.name} ${entity.value} ${id}`),
    });
    for (const entry of [failedLogin(0), request('/a', 500), request('/b', 500)]) {
      engine.take({ ...entry, log: { ...entry.log, source: `${entry.log.source}${suffix}` } });
    }
  }
  return found;
}

describe('the findings of a log', () => {
  it('keep their ids when it is rotated and packed', async () => {
    const all = await findingsOf(['', '.1', '.2.gz', '-20261122']);
    assert.deepEqual(
      [...all].map((text) => text.replace(/ \S+$/, '')),
      ['failure 203.0.113.5', 'errors access.log'],
    );
  });

  it('have other ids in another log', async () => {
    assert.equal((await findingsOf(['', '.old'])).size, 4);
  });
});
