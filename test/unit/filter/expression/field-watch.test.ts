import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { FieldWatch } from '../../../../src/filter/expression/field-watch.ts';
import { isKnownField, knownFields } from '../../../../src/filter/expression/known-fields.ts';
import { fieldNames } from '../../../../src/parse/fields.ts';
import { failedLogin } from '../../../support/records.ts';
import { root } from '../../../support/repository.ts';

/** What is said of names after so many records, one of which has a field of its own. */
function saidOf(names: readonly string[], records: number): readonly string[] {
  const said: string[] = [];
  const watch = new FieldWatch(names, (text) => said.push(text));
  for (let index = 0; index < records; index++) watch.take({ ...failedLogin(index), ...(index === 1 && { own: { field: 1 } }) });
  watch.end();
  watch.end();
  return said;
}

describe('a field that an expression asks about', () => {
  it('is told of once when no record has it, with what may have been meant', () => {
    assert.deepEqual(saidOf(['unknown.field', 'http.response.status'], 3), [
      '--where: none of 3 records has a field "unknown.field"',
      '--where: none of 3 records has a field "http.response.status"; did you mean http.response.status_code?',
    ]);
    assert.deepEqual(saidOf(['user.nmae'], 1), ['--where: the record has no field "user.nmae"; did you mean user.name?']);
  });

  it('is not told of when it is described, when a record has it, or when there was no record', () => {
    assert.deepEqual(saidOf(['url.path', 'http.response', 'own.field', 'own'], 3), []);
    assert.deepEqual(saidOf(['unknown.field'], 0), []);
  });

  it('is told of while a log that has no end is followed', () => {
    const said: string[] = [];
    const watch = new FieldWatch(['unknown.field'], (text) => said.push(text));
    for (let index = 0; index < 5_000; index++) watch.take(failedLogin(index));
    assert.deepEqual(said, ['--where: none of 1000 records has a field "unknown.field"']);
  });
});

describe('the fields that records have', () => {
  it('are all that formats can read', () => {
    assert.deepEqual(
      fieldNames.filter((name) => !isKnownField(name)),
      [],
    );
  });

  it('are all that the manual describes, and no others', () => {
    const manual = readFileSync(`${root}/man/lp-record.5`, 'utf8').replaceAll('\\-', '-');
    const section = manual.slice(manual.indexOf('.SS record'), manual.indexOf('.SS finding'));
    const headings = section.split('\n').filter((line) => /^\.BR .*\((?:text|number|flag|list|time)s?\)/.test(line));
    const described = headings.flatMap((line) => line.replace(/\([a-z]+\)/g, '').match(/\b[a-z_]+(?:\.[a-z_]+)*\b/g) ?? []);
    assert.ok(described.length > 40);
    assert.deepEqual(
      described.filter((name) => !isKnownField(name)),
      [],
    );
    const undescribed = knownFields.filter((name) => !section.includes(name) && name !== 'schema' && name !== 'type');
    assert.deepEqual(undescribed, []);
  });
});
