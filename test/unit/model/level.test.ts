import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isAtLeastLevel, isLevel, levelCode, levelFromWord, levels, levelWords } from '../../../src/model/level.ts';
import { isAtLeastSeverity, isSeverity, severities, severityRank } from '../../../src/model/severity.ts';

test('levels have the codes of RFC 5424', () => {
  assert.deepEqual(levels.map(levelCode), [0, 1, 2, 3, 4, 5, 6, 7]);
  assert.equal(levelCode('error'), 3);
});

test('a level is at least as urgent as itself and all behind it', () => {
  for (const level of levels)
    for (const floor of levels) assert.equal(isAtLeastLevel(level, floor), levelCode(level) <= levelCode(floor));
});

test('words of programs mean levels, in any case', () => {
  for (const [word, level] of [
    ['WARN', 'warning'],
    ['Err', 'error'],
    ['crit', 'critical'],
    ['FATAL', 'critical'],
    ['informational', 'info'],
    ['TRACE', 'debug'],
    ['emerg', 'emergency'],
    ['Notice', 'notice'],
  ] as const) {
    assert.equal(levelFromWord(word), level);
  }
});

test('other words mean no level, even those that every object has', () => {
  for (const word of ['', 'loud', 'constructor', 'toString', '__proto__', ' error'])
    assert.equal(levelFromWord(word), undefined, word);
});

test('each word of the list means what the list says', () => {
  for (const [word, level] of levelWords()) {
    assert.equal(levelFromWord(word), level);
    assert.ok(isLevel(level));
  }
  assert.equal(isLevel('warn'), false);
});

test('severities rise', () => {
  assert.deepEqual(severities.map(severityRank), [0, 1, 2, 3]);
  assert.equal(isAtLeastSeverity('ERROR', 'WARNING'), true);
  assert.equal(isAtLeastSeverity('WARNING', 'ERROR'), false);
  assert.equal(isSeverity('CRITICAL'), true);
  assert.equal(isSeverity('critical'), false);
});
