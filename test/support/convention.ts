import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TextFile } from './repository.ts';

/** One place where a convention is broken. */
export interface Complaint {
  readonly path: string;
  /** 0 when it is about the file as a whole. */
  readonly line: number;
  readonly what: string;
}

/** A rule of the house: looks at files alone, so that it can be shown to fail. */
export interface Convention {
  /** A true sentence. */
  readonly name: string;
  /** What it is good for, and what to do. */
  readonly reason: string;
  check(files: readonly TextFile[]): readonly Complaint[];
  /** By what they show: texts by their paths that break it. */
  readonly violations: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Tests that `files` keep a convention, and that each of its violations is found. */
export function testConvention(convention: Convention, files: readonly TextFile[]): void {
  const { name, reason } = convention;
  test(name, () => {
    const complaints = convention.check(files).map(({ path, line, what }) => `${path}${line > 0 ? `:${line}` : ''}: ${what}`);
    assert.ok(complaints.length === 0, `${name}. ${reason}\n  ${complaints.join('\n  ')}\n`);
  });
  for (const [title, texts] of Object.entries(convention.violations)) {
    test(`${name}: fails on a deliberate violation (${title})`, () => {
      const broken = Object.entries(texts).map(([path, text]) => ({ path, text }));
      assert.notDeepEqual(convention.check(broken), [], 'the violation is not found');
    });
  }
}
