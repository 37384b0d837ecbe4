import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Engine } from '../../src/analyze/engine.ts';
import type { LogRecord } from '../../src/model/envelope.ts';
import { builtInRules, loadRules } from '../../src/sigma/load.ts';
import { fc } from '../support/generated.ts';
import { failedLogin, request } from '../support/records.ts';

const rules = await loadRules([builtInRules]);

/** The address of attacker number so many: no two have the same. */
const addressOf = (number: number): string => `203.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`;

/** A failed login, or a scan, of so many attackers at about the same time, one entry each. */
const kinds: Readonly<Record<string, (number: number) => LogRecord>> = {
  'failed logins': (number) => failedLogin(number / 1_000, addressOf(number)),
  'web scans': (number) => ({
    ...request(`/dir${number}/.env`, 404, addressOf(number)),
    timestamp: new Date(Date.UTC(2026, 10, 22, 13) + number).toISOString(),
  }),
};

function engineWith(entries: number): Engine {
  return new Engine(rules, { now: () => new Date(0), emit: () => {}, limits: { entries, weight: 10_000 * entries } });
}

/** Seconds of processor time for the attackers from one number to another. */
function secondsFor(engine: Engine, entryOf: (number: number) => LogRecord, from: number, to: number): number {
  const entries = Array.from({ length: to - from }, (_, index) => entryOf(from + index));
  const before = process.cpuUsage();
  for (const entry of entries) engine.take(entry);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

describe('a flood of attackers with an address each', () => {
  for (const [kind, entryOf] of Object.entries(kinds)) {
    it(`is kept within its bound, and all of it where there is room: ${kind}`, () => {
      const alone = engineWith(1_000);
      alone.take(entryOf(0));
      const ofOne = [...alone.all()].length;
      fc.assert(
        fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 150 }), (bound, attackers) => {
          const [tight, ample] = [engineWith(bound), engineWith(1_000_000)];
          for (let number = 0; number < attackers; number++) for (const engine of [tight, ample]) engine.take(entryOf(number));
          const [kept, known] = [[...tight.all()].length, [...ample.all()].length];
          // What is known of one attacker is forgotten together, and that of the last one never.
          if (known <= bound) assert.equal(kept, known);
          else assert.ok(kept > bound - ofOne && kept <= Math.max(bound, ofOne), `${kept} of ${known}, bound ${bound}`);
          assert.equal(ample.forgotten, 0);
        }),
        { numRuns: 15 },
      );
    });

    it(`costs no more for each when the table is full than before: ${kind}`, () => {
      const engine = engineWith(3_000);
      secondsFor(engine, entryOf, 0, 1_000);
      const first = secondsFor(engine, entryOf, 1_000, 2_000);
      secondsFor(engine, entryOf, 2_000, 19_000);
      const last = secondsFor(engine, entryOf, 19_000, 20_000);
      // Ten times as many have come: what looked through them all would take ten times as long.
      assert.ok(last < 4 * first + 0.05, `${first} s, then ${last} s`);
    });
  }
});

describe('a group of which there is one match', () => {
  const entry = fc.record({ seconds: fc.nat(2_000), from: fc.nat(9), user: fc.nat(3), isScan: fc.boolean() });
  const entryOf = ({
    seconds,
    from,
    user,
    isScan,
  }: {
    seconds: number;
    from: number;
    user: number;
    isScan: boolean;
  }): LogRecord =>
    isScan ? request(`/${user}/.env`, 404, addressOf(from)) : failedLogin(seconds, addressOf(from), `user${user}`);

  it('gives the same whether all that is known of it is made at once or later', () => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 60 }), fc.array(entry, { maxLength: 120 }), (entries, log) => {
        const results = [false, true].map((isAtOnce) => {
          const findings: unknown[] = [];
          const emit = (finding: unknown): number => findings.push(finding);
          const engine = new Engine(rules, { now: () => new Date(0), emit, limits: { entries, weight: 1_000 * entries } });
          // Who asks for changes is told of each group from its beginning on.
          if (isAtOnce) assert.deepEqual([...engine.all()], []);
          for (const one of log) engine.take(entryOf(one));
          const known = JSON.stringify([...engine.all()]);
          engine.end();
          return { findings, known, forgotten: engine.forgotten };
        });
        assert.deepEqual(results[0], results[1]);
      }),
      { numRuns: 60 },
    );
  });
});
