import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Engine } from '../../../src/analyze/engine.ts';
import { hasShape, shapeHash, shapeOf } from '../../../src/analyze/evidence.ts';
import type { Finding } from '../../../src/model/envelope.ts';
import { fc } from '../../support/generated.ts';
import { request, rulesFrom } from '../../support/records.ts';

describe('the shape of an entry', () => {
  it('is compared with entries as it is made of them', () => {
    const entry = fc.oneof(fc.stringMatching(/^[a#0-2 ]{0,8}$/), fc.stringMatching(/^[a0]{500,530}$/));
    fc.assert(
      fc.property(entry, entry, (one, other) => {
        assert.equal(hasShape(one, shapeOf(other)), shapeOf(one) === shapeOf(other));
        assert.ok(hasShape(one, shapeOf(one)));
        assert.equal(shapeHash(one), shapeHash(shapeOf(one)));
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('the entry of a request', () => {
  const rule = `
title: Probe
name: probe
level: medium
logsource: {category: webserver}
detection: {s: {url.path: /.env}, condition: s}
`;
  const cases = [
    ['a message that does not tell what was asked for', 'request completed', { path: '/.env' }],
    ['a message that does', 'GET /.env was refused', undefined],
    ['no message', undefined, undefined],
  ] as const;
  for (const [title, message, url] of cases) {
    it(`${url === undefined ? 'repeats nothing' : 'names what was asked for'} beside ${title}`, async () => {
      const findings: Finding[] = [];
      const engine = new Engine(await rulesFrom(rule), { now: () => new Date(0), emit: (finding) => findings.push(finding) });
      engine.take({ ...request('/.env'), ...(message !== undefined && { message }) });
      engine.emitGrown();
      assert.deepEqual(findings[0]?.evidence[0]?.url, url);
    });
  }

  for (const [where, head] of [
    ['as an object', ''],
    ['as an object in a container', '2026-11-22T13:36:00.000000000Z stdout F '],
  ] as const) {
    it(`is what an access log would say, when it is logged ${where}`, async () => {
      const findings: Finding[] = [];
      const engine = new Engine(await rulesFrom(rule), { now: () => new Date(0), emit: (finding) => findings.push(finding) });
      engine.take({ ...request('/.env'), original: `${head}{"RequestPath":"/.env","DownstreamStatus":200}` });
      engine.emitGrown();
      assert.match(findings[0]?.evidence[0]?.message ?? '', /^198\.51\.100\.7 "GET \/\.env" 200 /);
    });
  }
});
