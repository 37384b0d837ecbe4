import {
  appendFileSync,
  copyFileSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { BatchWriter } from '../../src/io/sink.ts';
import { decodeLine } from '../../src/model/decode.ts';
import type { Position } from '../../src/model/envelope.ts';
import { Follower } from '../../src/tail/follower.ts';
import { LineWriter } from '../../src/tail/line-writer.ts';
import { Marker, newStream } from '../../src/tail/marks.ts';
import { Names } from '../../src/tail/names.ts';
import type { Start } from '../../src/tail/plan.ts';

/** A folder of logs, and a follower of them whose looks and turns a test makes itself. */
export class Logs {
  readonly folder = mkdtempSync(join(tmpdir(), 'lp-tail-'));
  readonly warnings: string[] = [];
  #written: Buffer[] = [];
  #positions = new Map<string, readonly Position[]>();
  #follower: Follower | undefined;
  #marker: Marker | undefined;
  #touchedMs = Date.UTC(2026, 10, 22);
  /** The follower's clock. */
  nowMs = 0;

  path(name: string): string {
    return join(this.folder, name);
  }

  append(name: string, text: string): void {
    appendFileSync(this.path(name), text);
    this.#touch(name);
  }

  /** Gives a file the next second: a disk's clock may tick so seldom that a test is over within one tick. */
  #touch(name: string): void {
    this.#touchedMs += 1_000;
    utimesSync(this.path(name), new Date(this.#touchedMs), new Date(this.#touchedMs));
  }

  move(from: string, to: string): void {
    renameSync(this.path(from), this.path(to));
  }

  /** Sets the clock by which files are stamped on, or back. */
  stepClock(stepMs: number): void {
    this.#touchedMs += stepMs;
  }

  /** As `copytruncate` of logrotate does. */
  copyAndTruncate(from: string, to: string): void {
    this.copy(from, to);
    this.truncate(from);
  }

  copy(from: string, to: string): void {
    copyFileSync(this.path(from), this.path(to));
    this.#touch(to);
  }

  truncate(name: string): void {
    truncateSync(this.path(name));
    this.#touch(name);
  }

  /** As gzip does: the archive has the file's time, and takes its place. */
  pack(name: string, at = statSync(this.path(name)).mtime): void {
    writeFileSync(this.path(`${name}.gz`), gzipSync(readFileSync(this.path(name))));
    utimesSync(this.path(`${name}.gz`), at, at);
    unlinkSync(this.path(name));
  }

  /** Starts a follower, with what the marks of the one before have said. */
  async start(names: readonly string[] = ['a.log'], start: Start = 'beginning'): Promise<void> {
    this.stop();
    const writer = new BatchWriter({ write: async (bytes) => void this.#written.push(Buffer.from(bytes)) });
    const keep = async ({ mark }: { mark: { positions: readonly Position[] } }): Promise<void> => {
      for (const { source } of mark.positions) {
        this.#positions.set(
          source,
          mark.positions.filter((position) => position.source === source),
        );
      }
    };
    this.#marker = new Marker(writer, newStream(), keep);
    this.#follower = new Follower({
      names: new Names(names.map((name) => this.path(name))),
      known: this.#positions,
      start,
      writer,
      lines: new LineWriter(writer),
      marker: this.#marker,
      warn: (message) => this.warnings.push(message),
      clock: () => this.nowMs,
    });
    await this.#follower.scan(true);
  }

  /** Ends the follower as `kill -9` does: what was read since the last mark is forgotten. */
  stop(): void {
    this.#follower?.close();
    this.#follower = undefined;
  }

  /** Looks at all logs and reads what is new; gives the lines. */
  async read(): Promise<readonly string[]> {
    await this.#follower?.scan();
    this.#follower?.sweep();
    do await this.#follower?.turn();
    while (this.#follower?.isReady);
    return this.take();
  }

  /** Looks at all logs and reads one turn of what is new. */
  async turnOnce(): Promise<readonly string[]> {
    this.#follower?.sweep();
    await this.#follower?.turn();
    return this.take();
  }

  /** Gives out half lines, as at the end of a run. */
  async finish(): Promise<readonly string[]> {
    this.#follower?.finish(() => true);
    await this.#follower?.turn();
    return this.take();
  }

  async mark(): Promise<void> {
    await this.#marker?.mark();
  }

  /** What the marks have said of a log. */
  positions(name: string): readonly Position[] {
    return this.#positions.get(this.path(name)) ?? [];
  }

  /** What was written since the last call: the lines' text, with `~` before one that is context. */
  async take(): Promise<readonly string[]> {
    // A write is under way for a moment.
    await new Promise((resolve) => setImmediate(resolve));
    const lines = Buffer.concat(this.#written).toString('utf8').split('\n').filter(Boolean);
    this.#written = [];
    return lines.flatMap((line) => {
      const decoded = decodeLine(line);
      if (!decoded.ok || decoded.envelope.type !== 'line') return [];
      return [`${decoded.envelope.context === true ? '~' : ''}${decoded.envelope.original}`];
    });
  }

  remove(): void {
    this.stop();
    rmSync(this.folder, { recursive: true });
  }
}
