import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Engine } from '../../../src/analyze/engine.ts';
import { maxLineBytes } from '../../../src/io/ndjson.ts';
import type { Finding, LogRecord } from '../../../src/model/envelope.ts';
import { failedLogin, rulesFrom } from '../../support/records.ts';

const rule = `
title: Failure
name: failure
logsource: {product: linux, service: sshd}
detection: {s: {event.outcome: failure}, condition: s}
lp: {entity: source.ip, timespan: 1h, summary: "{users} at {hosts}"}
`;

/** An entry whose texts are as long as they may be, of characters that JSON writes with six bytes. */
function huge(number: number, last = ''): LogRecord {
  const text = `${'\u0001'.repeat(128 * 1024 - 8)}${String.fromCharCode(97 + number)}${last}`;
  const name = `${String.fromCharCode(97 + number)}${text}`;
  const login = failedLogin(number, '203.0.113.5', name);
  return { ...login, host: { name }, message: `${name} `, original: name };
}

async function lastOf(records: readonly LogRecord[]): Promise<Finding | undefined> {
  const findings: Finding[] = [];
  const engine = new Engine(await rulesFrom(rule), { now: () => new Date(0), emit: (finding) => findings.push(finding) });
  for (const entry of records) engine.take(entry);
  engine.emitGrown();
  return findings.at(-1);
}

test('a finding of the longest entries is far smaller than what the next stage reads', async () => {
  const finding = await lastOf([...Array(20).keys()].map((number) => huge(number)));
  assert.equal(finding?.evidence.length, 10);
  for (const { original, message } of finding?.evidence ?? []) {
    for (const text of [original, message ?? '']) {
      assert.equal(text.at(-1), '…');
      assert.ok(Buffer.byteLength(text) <= 2048);
    }
  }
  assert.ok(finding?.related?.user?.every((user) => Buffer.byteLength(user) <= 256));
  assert.ok(Buffer.byteLength(JSON.stringify(finding)) < maxLineBytes / 4);
});

test('entries that differ behind the cut have ids of their own', async () => {
  const [one, other, again] = await Promise.all([lastOf([huge(0, 'x')]), lastOf([huge(0, 'y')]), lastOf([huge(0, 'x')])]);
  assert.notEqual(one?.id, other?.id);
  assert.equal(one?.id, again?.id);
});
