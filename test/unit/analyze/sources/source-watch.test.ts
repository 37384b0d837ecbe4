import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { SourceWatch } from '../../../../src/analyze/sources/source-watch.ts';
import { type Finding, type Mark, type Position, type Summary, schema } from '../../../../src/model/envelope.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const log = '/var/log/shop.log';

/** A watch with a clock that a test moves, and what it has told. */
class Watched {
  nowMs = Date.UTC(2026, 10, 22);
  readonly told: Finding[] = [];
  #watch: SourceWatch;
  #seq = 0;

  constructor() {
    this.#watch = this.#newWatch();
  }

  /** Goes on as after `kill -9`: with what was kept at the last mark. */
  restart(): void {
    const kept = structuredClone([...this.#watch.all()]);
    this.#watch = this.#newWatch();
    for (const [key, value] of kept) this.#watch.restore(key, value);
  }

  /** Counts of lp-parse, and a mark behind them. */
  count(counts: Readonly<Record<string, number>>, source = log): void {
    const time = new Date(this.nowMs).toISOString();
    const summary: Summary = { schema, type: 'summary', stage: 'parse', log: { source }, start: time, end: time, counts };
    this.#watch.takeSummary(summary);
    this.mark();
  }

  mark(behind?: number, isFinal = false): void {
    const positions: Position[] = behind === undefined ? [] : [{ source: log, offset: 1, behind }];
    const final = isFinal ? { final: true } : {};
    const mark: Mark = { schema, type: 'mark', mark: { seq: ++this.#seq, stream: 's', ...final, positions } };
    this.#watch.takeMark(mark);
    [...this.#watch.changes()];
  }

  unread(original: string): void {
    const timestamp = new Date(this.nowMs).toISOString();
    this.#watch.takeUnread({ schema, type: 'record', timestamp, log: { source: log, offset: 7, format: 'text' }, original });
  }

  /** Writes a line an hour for so many hours. */
  talk(hours: number): void {
    for (let hour = 0; hour < hours; hour++) {
      this.nowMs += hourMs;
      this.count({ lines: 1 });
    }
  }

  /** Reads on for so many hours in which nothing is written. */
  wait(hours: number): void {
    for (let minute = 0; minute < hours * 60; minute += 5) {
      this.nowMs += 5 * minuteMs;
      this.mark();
    }
  }

  get names(): readonly string[] {
    return this.told.map(({ rule }) => rule.name);
  }

  #newWatch(): SourceWatch {
    return new SourceWatch({ now: () => new Date(this.nowMs), emit: (finding) => this.told.push(finding) });
  }
}

describe('a log that is not understood', () => {
  test('is told of from 200 lines on, with a line of it, and again with the same id when it grows', () => {
    const watched = new Watched();
    watched.unread('%% shop %%');
    watched.count({ lines: 150, unknown: 100 });
    assert.deepEqual(watched.names, []);
    watched.count({ lines: 50, unknown: 30, dead: 10 });
    watched.count({ lines: 10, unknown: 10 });
    assert.deepEqual(watched.names, ['lp.source_not_understood', 'lp.source_not_understood']);
    const [first, last] = watched.told;
    assert.deepEqual([first?.count, last?.count, last?.severity], [140, 150, 'WARNING']);
    assert.equal(first?.id, last?.id);
    assert.equal(first?.evidence[0]?.original, '%% shop %%');
    assert.deepEqual(last?.entity, { type: 'source', value: log });
  });

  test('comes to the same whether it was interrupted or not', () => {
    const told = [false, true].map((isInterrupted) => {
      const watched = new Watched();
      watched.count({ lines: 150, unknown: 100 });
      if (isInterrupted) watched.restart();
      watched.count({ lines: 150, unknown: 100 });
      return watched.told;
    });
    assert.equal(told[0]?.length, 1);
    assert.deepEqual(told[0], told[1]);
  });

  test('has another finding on another day', () => {
    const watched = new Watched();
    watched.count({ lines: 300, unknown: 300 });
    watched.nowMs += 24 * hourMs;
    watched.count({ lines: 300, unknown: 300 });
    assert.equal(new Set(watched.told.map(({ id }) => id)).size, 2);
  });

  test('is none when most of it is understood', () => {
    const watched = new Watched();
    watched.count({ lines: 1_000, unknown: 400 });
    assert.deepEqual(watched.names, []);
  });
});

describe('a silent log', () => {
  test('is told of once, after thrice its longest pause, and again when it was heard of between', () => {
    const watched = new Watched();
    watched.talk(30);
    watched.wait(2);
    watched.talk(1);
    watched.wait(8);
    assert.deepEqual(watched.names, []);
    watched.wait(2);
    assert.deepEqual(watched.names, ['lp.source_silent']);
    watched.talk(1);
    for (let day = 0; day < 8; day++) watched.talk(24);
    watched.wait(100);
    assert.equal(watched.told.length, 2);
    assert.notEqual(watched.told[0]?.id, watched.told[1]?.id);
  });

  test('is not one that seldom wrote', () => {
    const watched = new Watched();
    watched.talk(10);
    watched.wait(1_000);
    assert.deepEqual(watched.names, []);
  });

  test('is not one of which nothing was read because lp did not run', () => {
    const watched = new Watched();
    watched.talk(30);
    watched.nowMs += 1_000 * hourMs;
    watched.restart();
    watched.mark();
    watched.wait(5);
    watched.mark();
    assert.deepEqual(watched.names, []);
    watched.mark(undefined, true);
    assert.deepEqual(watched.names, ['lp.source_silent']);
  });

  test('is not one of a machine that slept, or whose clock was set forward', () => {
    const watched = new Watched();
    watched.talk(30);
    watched.nowMs += 1_000 * hourMs;
    watched.wait(5);
    assert.deepEqual(watched.names, []);
    watched.wait(2);
    assert.deepEqual(watched.names, ['lp.source_silent']);
  });

  test('is not one that rests at night, on its first weekend', () => {
    const watched = new Watched();
    const office = (days: number): void => {
      for (let day = 0; day < days; day++) {
        watched.talk(10);
        watched.wait(14);
      }
    };
    office(5);
    watched.wait(48);
    office(5);
    watched.wait(48);
    office(1);
    assert.deepEqual(watched.names, []);
  });
});

describe('a log that is read too slowly', () => {
  test('is told of when more than 1 MiB has waited at every mark for ten minutes', () => {
    const watched = new Watched();
    for (let minute = 0; minute <= 11; minute++) {
      watched.mark(5 * 1024 * 1024);
      watched.nowMs += minuteMs;
    }
    assert.deepEqual(watched.names, ['lp.source_lags', 'lp.source_lags']);
    assert.deepEqual(
      watched.told.map(({ count }) => count),
      [10, 11],
    );
    assert.match(watched.told[0]?.summary ?? '', /5 MiB of it/);
  });

  test('is none when it was caught up with between', () => {
    const watched = new Watched();
    for (let minute = 0; minute <= 18; minute++) {
      watched.mark(minute === 9 ? 0 : 5 * 1024 * 1024);
      watched.nowMs += minuteMs;
    }
    assert.deepEqual(watched.names, []);
  });
});
