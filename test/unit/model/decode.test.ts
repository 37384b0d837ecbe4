import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { at, decodeLine, decodeValue, isFields, textFields } from '../../../src/model/decode.ts';
import { fc } from '../../support/generated.ts';

const log = { source: '-', offset: 0, format: 'text' };
const record = { schema: 'lp/1', type: 'record', timestamp: '2026-11-22T13:36:00.000Z', log, original: 'a' };
const finding = {
  schema: 'lp/1',
  type: 'finding',
  id: 'x',
  severity: 'ERROR',
  title: 't',
  summary: 's',
  rule: { id: 'r', name: 'n' },
  category: 'other',
  entity: { type: 'ip', value: '192.0.2.1' },
  count: 1,
  first_seen: '2026-11-22T13:36:00.000Z',
  last_seen: '2026-11-22T13:36:00.000Z',
  risk_score: 1,
  evidence: [{ timestamp: '2026-11-22T13:36:00.000Z', log, original: 'a' }],
  log: { source: '-' },
  analyzer: { engine: 'rules' },
  processed_at: '2026-11-22T13:36:00.000Z',
};
const valid: readonly (Readonly<Record<string, unknown>> & { readonly type: string })[] = [
  record,
  finding,
  { schema: 'lp/1', type: 'line', log, original: '' },
  { schema: 'lp/1', type: 'mark', mark: { seq: 1, positions: [] } },
  { schema: 'lp/1', type: 'summary', stage: 'parse', log, start: '2026-11-22', end: '2026-11-23T00:00:00Z', counts: {} },
  { schema: 'lp/1', type: 'error', stage: 'parse', code: 'E_JSON', message: 'x' },
];

for (const envelope of valid) {
  test(`a ${envelope.type} is itself, with fields that nobody knows`, () => {
    const more = { ...envelope, new_field: [1] };
    assert.deepEqual(decodeLine(JSON.stringify(more)), { ok: true, envelope: more });
  });

  test(`a ${envelope.type} without one of its fields says which`, () => {
    for (const name of Object.keys(envelope).filter((key) => key !== 'schema' && key !== 'type')) {
      if (envelope === valid[0] && name === 'message') continue;
      const { [name]: _, ...rest } = envelope;
      const decoded = decodeValue(rest);
      assert.ok(!decoded.ok && decoded.code === 'E_FIELD', name);
      assert.match(decoded.reason, new RegExp(`^${envelope.type}: "${name}`));
    }
  });
}

describe('a line that is no envelope', () => {
  const rows: readonly (readonly [text: string, code: string, reason: RegExp])[] = [
    ['', 'E_JSON', /^not JSON/],
    ['{', 'E_JSON', /^not JSON/],
    ['null', 'E_SCHEMA', /not a JSON object/],
    ['[]', 'E_SCHEMA', /not a JSON object/],
    ['"lp/1"', 'E_SCHEMA', /not a JSON object/],
    ['{}', 'E_SCHEMA', /"schema" is not "lp\/1"/],
    ['{"schema":"lp/2","type":"line"}', 'E_SCHEMA', /"schema" is not "lp\/1"/],
    ['{"schema":"lp/1"}', 'E_SCHEMA', /"type" is missing/],
    ['{"schema":"lp/1","type":7}', 'E_SCHEMA', /"type" is missing/],
    [JSON.stringify({ ...record, timestamp: 'today' }), 'E_FIELD', /timestamp" is not an RFC 3339 time/],
    [JSON.stringify({ ...record, message: ['a'] }), 'E_FIELD', /record: "message" is not a string/],
    [JSON.stringify({ ...record, url: 'a' }), 'E_FIELD', /"url" is not an object/],
    [JSON.stringify({ ...record, user_agent: { original: 1 } }), 'E_FIELD', /"user_agent\.original" is not a string/],
    [JSON.stringify({ ...record, log: { ...log, dataset: null } }), 'E_FIELD', /"log\.dataset" is not a string/],
    [JSON.stringify({ ...record, event: { category: 'web' } }), 'E_FIELD', /"event\.category" is not a list of strings/],
    [JSON.stringify({ ...record, http: { request: { method: {} } } }), 'E_FIELD', /"http\.request\.method" is not a string/],
    [JSON.stringify({ ...record, http: { request: { referrer: 1 } } }), 'E_FIELD', /"http\.request\.referrer" is not a string/],
    [JSON.stringify({ ...record, http: { request: 'GET' } }), 'E_FIELD', /"http\.request" is not an object/],
    [JSON.stringify({ ...record, event: { category: ['web', 1] } }), 'E_FIELD', /"event\.category" is not a list of strings/],
    [JSON.stringify({ ...record, http: { response: 200 } }), 'E_FIELD', /"http\.response" is not an object/],
    [JSON.stringify({ ...record, http: { response: { status_code: '200' } } }), 'E_FIELD', /status_code" is not a number/],
    [JSON.stringify({ ...record, log: { ...log, offset: '0' } }), 'E_FIELD', /"log\.offset" is not a number/],
    [JSON.stringify({ ...finding, severity: 'FATAL' }), 'E_FIELD', /"severity" is not a severity/],
    [JSON.stringify({ ...finding, evidence: [{}] }), 'E_FIELD', /"evidence" is not a list of entries/],
    [JSON.stringify({ ...finding, evidence: {} }), 'E_FIELD', /"evidence" is not a list of entries/],
  ];
  for (const [text, code, reason] of rows) {
    test(`${text.slice(0, 60)} says why`, () => {
      const decoded = decodeLine(text);
      assert.ok(!decoded.ok);
      assert.equal(decoded.code, code);
      assert.match(decoded.reason, reason);
    });
  }
});

test('each field that stages read as a text is one, in an object', () => {
  for (const [name, parts] of Object.entries({ ...textFields, http: ['version'] })) {
    const isLog = name === 'log';
    for (const part of parts) {
      for (const wrong of [1, null, ['a'], {}]) {
        const decoded = decodeValue({ ...record, [name]: { ...(isLog && log), [part]: wrong } });
        assert.ok(!decoded.ok && decoded.reason === `record: "${name}.${part}" is not a string`, `${name}.${part}`);
      }
      assert.ok(decodeValue({ ...record, [name]: { ...(isLog && log), [part]: 'a' } }).ok, `${name}.${part}`);
    }
    for (const wrong of [1, null, ['a'], 'a']) assert.ok(!decodeValue({ ...record, [name]: wrong }).ok, name);
  }
});

test('a type that nobody knows is kept whole, even one that every object has', () => {
  for (const type of ['of the future', 'constructor', '__proto__', 'toString']) {
    const value = { schema: 'lp/1', type, any: [1] };
    assert.deepEqual(decodeLine(JSON.stringify(value)), { ok: true, envelope: { schema: 'lp/1', type: 'unknown', value } });
  }
});

test('no text and no value makes it throw', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void decodeLine(text)));
  const types = fc.constantFrom('line', 'record', 'finding', 'mark', 'summary', 'error', 'x');
  const names = fc.constantFrom(
    'log',
    'mark',
    'rule',
    'entity',
    'evidence',
    'severity',
    'timestamp',
    'counts',
    'source',
    'positions',
  );
  const envelopes = fc
    .tuple(types, fc.dictionary(names, fc.jsonValue()))
    .map(([type, fields]) => ({ ...fields, schema: 'lp/1', type }));
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), fc.anything(), envelopes), (value) =>
      assert.equal(typeof decodeValue(value).ok, 'boolean'),
    ),
  );
});

test('a path leads into own fields only', () => {
  const value = { a: { b: [1], c: null } };
  assert.deepEqual(at(value, ['a', 'b']), [1]);
  assert.equal(at(value, ['a', 'c']), null);
  for (const path of [['x'], ['a', 'b', '0'], ['a', 'c', 'd'], ['constructor'], ['a', '__proto__']])
    assert.equal(at(value, path), undefined);
  assert.deepEqual(at(value, []), value);
});

test('an object is neither a list nor null', () => {
  for (const value of [null, [], 'a', 1, undefined]) assert.equal(isFields(value), false);
  assert.equal(isFields({}), true);
});
