import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Values } from '../../../src/cli/options.ts';
import { openDatabaseReader } from '../../../src/database/read.ts';
import { openDatabaseWriter } from '../../../src/database/write.ts';
import type { Finding } from '../../../src/model/envelope.ts';
import command from '../../../src/triage/command.ts';
import { testContext } from '../../support/context.ts';
import { finding } from '../../support/findings.ts';
import { nobody, noNobody } from '../../support/nobody.ts';
import { run } from '../../support/process.ts';

const directory = mkdtempSync(join(tmpdir(), 'lp-triage-'));
after(() => rmSync(directory, { recursive: true }));

const db = join(directory, 'lp.db');
const now = '2026-11-22T12:00:00.000Z';
const at = new Date(now);
const found = [
  finding(1),
  finding(2),
  finding(3, { rule: { id: 'note-id', name: 'lp.note' } }),
  finding(4, { entity: { type: 'user', value: 'deploy' } }),
  finding(5),
];

async function store(...findings: readonly Finding[]): Promise<void> {
  const writer = await openDatabaseWriter(db, 1_000, at);
  writer.save(
    findings.map((one) => ({ finding: one, json: JSON.stringify(one) })),
    at,
  );
  writer.close(at);
}

before(() => store(...found));

type Given = Partial<Values<typeof command.options>>;

async function triage(operands: readonly string[], given: Given = {}): Promise<{ lines: readonly string[]; said: string }> {
  const context = { ...testContext([], now), environment: { SUDO_USER: 'anna', USER: 'root' } };
  const values = { db, json: false, 'lock-timeout': 1_000, ...given };
  assert.equal(await command.run({ ...none, ...values }, operands, context), 0);
  return { lines: context.lines(), said: context.messages() };
}

const none = { rule: undefined, entity: undefined, for: undefined, reason: undefined, by: undefined };

/** The ids of what a report would list, and what it would count as set aside. */
async function reported() {
  const reader = await openDatabaseReader(db, 1_000);
  try {
    const setAside = { isWanted: false, hasSuppressions: reader.hasSuppressions(at), now: at };
    const ids = reader.findings({ setAside }, undefined).map(({ id }) => Number(id.slice(-2)));
    return { ids: ids.sort(), hidden: reader.hidden({}, at) };
  } finally {
    reader.close();
  }
}

const id = (number: number): string => finding(number).id;

test('what is acknowledged is still reported, and says so', async () => {
  assert.match((await triage(['ack', id(5)])).said, /ack: 1 finding\n/);
  const reader = await openDatabaseReader(db, 1_000);
  const [first] = reader.findings({}, undefined).filter((one) => one.id === id(5));
  reader.close();
  assert.equal(first?.['status'], 'acknowledged');
  assert.deepEqual((await reported()).ids, [1, 2, 3, 4, 5]);
  assert.match((await triage(['acknowledge', id(5)])).said, /ack: 1 finding\n/);
});

test('what is resolved is not reported until it grows', async () => {
  await triage(['resolve', id(1)], { reason: 'new password' });
  assert.deepEqual(await reported(), { ids: [2, 3, 4, 5], hidden: { resolved: 1, false_positive: 0, suppressed: 0 } });
  await store(finding(1));
  assert.deepEqual((await reported()).ids, [2, 3, 4, 5]);
  await store(finding(1, { count: 11 }));
  assert.deepEqual((await reported()).ids, [1, 2, 3, 4, 5]);
});

test('a false positive stays one when it grows, and is exported with who said so and why', async () => {
  await triage(['false-positive'], { rule: 'lp.note', reason: 'our backup' });
  await store({ ...(found[2] ?? finding(3)), count: 99 });
  assert.deepEqual(await reported(), { ids: [1, 2, 4, 5], hidden: { resolved: 0, false_positive: 1, suppressed: 0 } });
  const { lines } = await triage(['export']);
  assert.equal(lines.length, 1);
  const exported = JSON.parse(lines[0] ?? '');
  assert.deepEqual([exported.type, exported.count], ['finding', 99]);
  assert.deepEqual(exported.triage, { status: 'false_positive', reason: 'our backup', by: 'anna', at: now });
  await triage(['reopen', id(3)]);
  assert.deepEqual((await reported()).ids, [1, 2, 3, 4, 5]);
});

test('what is suppressed is stored and counted, and comes back when the time is over', async () => {
  const { said } = await triage(['suppress'], { entity: 'deploy', for: 3_600_000, reason: 'our robot', by: 'carl' });
  assert.match(said, /1 finding kept out of reports until 2026-11-22T13:00/);
  assert.deepEqual(await reported(), { ids: [1, 2, 3, 5], hidden: { resolved: 0, false_positive: 0, suppressed: 1 } });
  await store(finding(6, { entity: { type: 'user', value: 'deploy' } }));
  assert.deepEqual(await reported(), { ids: [1, 2, 3, 5], hidden: { resolved: 0, false_positive: 0, suppressed: 2 } });
  const reader = await openDatabaseReader(db, 1_000);
  assert.equal(reader.hasSuppressions(new Date('2026-11-22T13:00:00.001Z')), false);
  reader.close();
  assert.match((await triage(['list'])).lines[0] ?? '', /^suppressed deploy until 2026-11-22T13:00Z: our robot \(carl, /);
  assert.match((await triage(['unsuppress'], { entity: 'deploy' })).said, /1 suppression ended/);
  assert.deepEqual((await reported()).ids, [1, 2, 3, 4, 5, 6]);
});

test('a suppression of a rule and an entity is about both', async () => {
  await triage(['suppress'], { rule: 'lp.ssh_bruteforce', entity: '203.0.0.2', reason: 'x' });
  assert.deepEqual((await reported()).ids, [1, 3, 4, 5, 6]);
  await triage(['unsuppress'], { rule: 'lp.ssh_bruteforce', entity: '203.0.0.2' });
});

test('the list has what was done, the last first, for people and as JSON', async () => {
  await triage(['note', id(2)], { reason: 'asked \u001b[31mcarl' });
  assert.match((await triage(['list'])).lines[0] ?? '', /note by anna: SSH password guessing \(asked \\x1b\[31mcarl\)$/);
  const { lines } = await triage(['list'], { json: true });
  const [first] = lines.map((line) => JSON.parse(line));
  assert.deepEqual([first.kind, first.action, first.text], ['action', 'note', 'asked \u001b[31mcarl']);
});

const refused: readonly (readonly [title: string, operands: readonly string[], given: Given, message: RegExp])[] = [
  ['an action that there is not', ['close', '1'], {}, /"close" is not one of ack, /],
  ['an action that is misspelt', ['supress', '1'], {}, /; did you mean suppress\?/],
  ['a name that every object has', ['constructor', '1'], {}, /"constructor" is not one of ack, /],
  ['an action on nothing', ['ack'], {}, /say which findings/],
  ['an id that there is not', ['ack', 'nobody'], {}, /there is no finding "nobody"/],
  ['the start of more than one id', ['ack', 'finding'], {}, /more than one id/],
  ['a rule that found nothing', ['resolve'], { rule: 'lp.none' }, /there is no such finding/],
  ['a suppression without a reason', ['suppress'], { rule: 'lp.note' }, /say why/],
  ['a note of nothing', ['note'], { rule: 'lp.note' }, /say what, with --reason/],
  ['a time for what needs none', ['ack', '1'], { for: 1 }, /--for is for suppress/],
  ['the end of no suppression', ['unsuppress'], { rule: 'lp.none' }, /no such suppression/],
];
for (const [title, operands, given, message] of refused) {
  test(`refuses ${title}`, async () => {
    await assert.rejects(triage(operands, given), { name: 'LpError', status: 64, message });
  });
}

for (const [title, path] of [
  ['a database that there is not', join(directory, 'none.db')],
  ['a database in a folder that there is not', join(directory, 'none', 'lp.db')],
] as const) {
  test(`refuses ${title}, and says what makes it`, async () => {
    const message = /^there is no database .* \(lp-store makes it; /;
    await assert.rejects(triage(['list'], { db: path }), { name: 'LpError', status: 66, message });
  });
}

test('says that a database may not be read, and not that there is none', { skip: noNobody }, async () => {
  const folder = join(directory, 'private');
  chmodSync(directory, 0o755);
  mkdirSync(folder);
  writeFileSync(join(folder, 'lp.db'), '');
  chmodSync(folder, 0);
  for (const [stage, operands] of [
    ['triage', ['list']],
    ['store', ['--check']],
  ] as const) {
    const { status, errors } = await run(stage, [...operands, '--db', join(folder, 'lp.db')], '', nobody);
    assert.equal(status, 77, errors);
    assert.match(errors, /: cannot read the database .*lp\.db: EACCES/);
  }
});
