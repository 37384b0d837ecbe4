/*
 * Nothing is lost: a pipe over logs that are written to and rotated, whose stages are killed at any moment, leaves the
 * database that an undisturbed one leaves. CRASHES=60 kills as often as that; LINES is how many lines each log gets.
 */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from '../../src/database/open.ts';
import { readMarks } from '../../src/database/positions.ts';
import { Pipeline } from '../support/pipeline.ts';
import { RotatingLogs } from '../support/rotating-logs.ts';

const crashes = Number(process.env['CRASHES'] ?? 2);
/** Most time that passes before a stage is killed, in ms. */
const longestLifeMs = 1_500;
/** Lines a second, in all logs; nobody needs to wait for the undisturbed run. */
const rate = Number(process.env['RATE'] ?? 5_000);
const undisturbedRate = 4 * rate;
const perTurn = 50;
const linesToRotate = 700;
/** How many lines each log gets at least. */
const fewestLines = 4_000;

const directory = mkdtempSync(join(tmpdir(), 'lp-crash-'));
after(() => rmSync(directory, { recursive: true }));
const folder = join(directory, 'log');

/** Writes the logs at a rate until all is done. */
async function writeUntil(logs: RotatingLogs, linesPerSecond: number, isDone: () => boolean): Promise<void> {
  let nextMs = performance.now();
  while (!isDone()) {
    logs.write(perTurn);
    nextMs += (perTurn * 3 * 1_000) / linesPerSecond;
    await sleep(Math.max(0, nextMs - performance.now()));
  }
}

/** Reads what is left, as the last run does, and gives the findings. */
async function finished(pipeline: Pipeline): Promise<readonly unknown[]> {
  pipeline.signal('SIGTERM');
  await pipeline.ended();
  await pipeline.start('--once');
  assert.equal(await pipeline.ended(), 0, pipeline.errors);
  const connection = await connect(pipeline.database, { isReadOnly: true, lockTimeoutMs: 1_000 });
  try {
    const columns =
      "id, rule_name, entity_value, count, first_seen, last_seen, severity, json_extract(json, '$.evidence') AS evidence";
    return connection.prepare(`SELECT ${columns} FROM findings ORDER BY rule_name, entity_value, first_seen, id`).all();
  } finally {
    connection.close();
  }
}

/** How far the marks in the database have come; 0 when there are none. */
async function seqIn(pipeline: Pipeline): Promise<number> {
  const marks = await readMarks(pipeline.database, 1_000).catch(() => undefined);
  return marks?.streams[0]?.seq ?? 0;
}

async function hasMoved(pipeline: Pipeline, from: number): Promise<void> {
  while ((await seqIn(pipeline)) <= from) {
    assert.ok(pipeline.isRunning, `the pipe has ended: ${pipeline.errors}`);
    await sleep(20);
  }
}

/** Starts a pipe and waits until its first mark is stored: what is rotated before that was never seen. */
async function begun(pipeline: Pipeline, logs: RotatingLogs): Promise<void> {
  logs.write(perTurn);
  await pipeline.start();
  await hasMoved(pipeline, 0);
}

function newPipeline(name: string): Pipeline {
  const state = join(directory, name);
  mkdirSync(state);
  return new Pipeline(state, `'${folder}/*.log' ${folder}/app.log ${folder}/auth.log`);
}

/** Kills a stage of a pipe, and starts the pipe again, so many times. */
async function killAndRestart(pipeline: Pipeline): Promise<void> {
  for (let kills = 0; kills < crashes; kills++) {
    // One in four is killed while it starts; the others have stored something of their own.
    if (kills % 4 !== 1) await hasMoved(pipeline, await seqIn(pipeline));
    await sleep(Math.random() * longestLifeMs);
    const pids = pipeline.pids();
    const pid = pids[Math.floor(Math.random() * pids.length)];
    assert.ok(pid !== undefined, pipeline.errors);
    process.kill(pid, 'SIGKILL');
    await pipeline.ended();
    await pipeline.start();
  }
}

test(`${crashes} times kill -9 changes nothing in what is found`, async () => {
  const killed = newPipeline('killed');
  let logs = new RotatingLogs(folder, linesToRotate);
  await begun(killed, logs);
  let isOver = false;
  const killing = killAndRestart(killed).finally(() => {
    isOver = true;
  });
  await writeUntil(logs, rate, () => isOver && logs.written >= fewestLines);
  await killing;
  const found = await finished(killed);

  const { written } = logs;
  const undisturbed = newPipeline('undisturbed');
  logs = new RotatingLogs(folder, linesToRotate);
  await begun(undisturbed, logs);
  await writeUntil(logs, undisturbedRate, () => logs.written >= written);
  const expected = await finished(undisturbed);
  assert.ok(expected.length > 20, `${expected.length} findings`);
  assert.deepEqual(found, expected);
});
