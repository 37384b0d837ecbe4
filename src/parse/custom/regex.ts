import { setFlagsFromString } from 'node:v8';
import { LpError, reasonOf } from '../../model/error.ts';
import { exitStatus } from '../../model/exit-status.ts';
import { type FieldName, fieldNames, fieldTypes } from '../fields.ts';
import { defineFormat, type Reading } from '../format.ts';
import { type CustomKind, customFormat } from './format.ts';

/** Group names cannot hold dots, so `source_ip` stands for `source.ip`. */
const fieldsByGroup = new Map(fieldNames.map((name) => [name.replaceAll('.', '_'), name]));

/** A regular expression with named groups: `^(?<source_ip>\S+) (?<timestamp>\S+) (?<message>.*)`. */
const regex: CustomKind = {
  prefix: 'regex',
  async make(source) {
    const expression = linear(source);
    const groups = [...source.matchAll(/\(\?<([^>=!]+)>/g)].map(([, name = '']) => name);
    for (const group of groups) {
      if (group === 'timestamp' || fieldsByGroup.has(group)) continue;
      const known = ['timestamp', ...fieldsByGroup.keys()].join(', ');
      throw new LpError(`the group "${group}" of the format names no field; known are ${known}`, exitStatus.usage);
    }
    return defineFormat({ ...customFormat, read: (line) => readingOf(expression.exec(line)) });
  },
};

export default regex;

/**
 * Lines come from attackers, so only expressions that run in linear time are taken: V8 has an engine for these behind the
 * flag `l`, which refuses what would have to go back (back references, look-around).
 */
function linear(source: string): RegExp {
  setFlagsFromString('--enable-experimental-regexp-engine');
  try {
    return new RegExp(source, 'l');
  } catch (thrown) {
    throw new LpError(
      `the format's regular expression cannot be used: ${reasonOf(thrown)}; it must do without back references and look-around`,
      exitStatus.usage,
    );
  }
}

function readingOf(found: RegExpExecArray | null): Reading | undefined {
  if (found === null) return undefined;
  const fields = new Map<FieldName, string | number>();
  let timeText: string | undefined;
  for (const [group, value] of Object.entries(found.groups ?? {})) {
    if (value === undefined || value === '' || value === '-') continue;
    const field = fieldsByGroup.get(group);
    if (field === undefined) timeText = value;
    else if (fieldTypes[field] !== 'number') fields.set(field, value);
    else if (/^\d{1,15}$/.test(value)) fields.set(field, Number(value));
  }
  return timeText === undefined ? { fields } : { fields, timeText };
}
