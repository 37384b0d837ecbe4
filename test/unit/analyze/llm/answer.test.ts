import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { named, verdictsIn } from '../../../../src/analyze/llm/answer.ts';
import { promptFor } from '../../../../src/analyze/llm/prompt.ts';
import type { Verdict } from '../../../../src/analyze/llm/verdict.ts';
import { Pseudonyms } from '../../../../src/redact/pseudonyms.ts';
import { loadPatterns, Redactor } from '../../../../src/redact/redactor.ts';
import { caseOf } from '../../../support/cases.ts';
import { fc } from '../../../support/generated.ts';
import { verdict } from '../../../support/model-server.ts';

const patterns = await loadPatterns();

/** A request about cases of these users, and the ids under which they were sent. */
function asked(...users: readonly string[]) {
  const redactor = new Redactor({ patterns, strictness: 'strict', secrets: [], pseudonyms: new Pseudonyms() });
  const settings = { models: ['m'], isOpenRouter: true };
  const prompt = promptFor({ cases: users.map((user) => caseOf(user)), settings, redactor, falsePositives: [] });
  return { prompt, ids: [...prompt.cases.keys()], nonce: prompt.nonce };
}

/** The verdict about the only case of a request, for an answer with these fields. */
function verdictFor(changes: Readonly<Record<string, unknown>>): Verdict | undefined {
  const { prompt, ids } = asked('lenka', 'petr');
  const answer = JSON.stringify({ verdicts: [verdict(ids[0] ?? '', changes)] });
  return [...verdictsIn(answer, prompt).values()][0];
}

const dropped: readonly (readonly [what: string, summary: unknown])[] = [
  ['a link', 'see https://192.0.2.1/x'],
  ['a link without its scheme', 'see www.example.com'],
  ['the name of a site', 'ask at evil.example.com/help'],
  ['an address that was not sent', 'block 192.0.2.1 instead'],
  ['an address of mail', 'write to help@evil.example'],
  ['a link of another scheme', 'run javascript:alert(1)'],
  ['a link without any scheme', 'open //evil/x'],
  ['a link of Markdown', '[click](x)'],
  ['markup', '<b>loud</b>'],
  ['code', 'run `id`'],
  ['a formula', '=HYPERLINK("x")'],
  ['another formula', '@SUM(1)'],
  ['braces', 'a {b}'],
  ['an escape of a terminal', 'a \u001b[2J'],
  ['text that runs backwards', 'a \u202eb'],
  ['a new line', 'a\nb'],
  ['a name that was not sent', '<user-9> did it'],
  ['a name in capitals', '<USER-1> did it'],
  ['the name of another case', '<user-2> did it'],
  ['nothing', '   '],
  ['a number', 7],
];

describe('a sentence of an answer', () => {
  for (const [what, summary] of dropped) {
    it(`with ${what} is dropped, and its verdict kept`, () => {
      const found = verdictFor({ summary, action: summary });
      assert.deepEqual([found?.severity, found?.summary, found?.action], ['WARNING', undefined, undefined]);
    });
  }

  it('that quotes the number of the request is dropped', () => {
    const { prompt, ids, nonce } = asked('lenka');
    const answer = JSON.stringify({ verdicts: [verdict(ids[0] ?? '', { summary: `It said ${nonce}.` })] });
    assert.equal([...verdictsIn(answer, prompt).values()][0]?.summary, undefined);
  });

  it('may name files, paths, programs and numbers', () => {
    for (const summary of [
      'GET /wp-login.php and app.js failed 12.5 times; see /etc/nginx/nginx.conf.',
      'Reads data: nothing more.',
    ])
      assert.equal(verdictFor({ summary })?.summary, summary);
  });

  it('about its own case is kept, and cut when it is long', () => {
    assert.equal(verdictFor({ summary: '<user-1> did it.' })?.summary, '<user-1> did it.');
    assert.equal(verdictFor({ summary: 'x'.repeat(5_000) })?.summary?.length, 200);
  });
});

describe('a verdict', () => {
  const unusable: readonly (readonly [what: string, changes: Readonly<Record<string, unknown>>])[] = [
    ['of a severity that there is not', { severity: 'SEVERE' }],
    ['without a severity', { severity: undefined }],
    ['of a category that there is not', { category: 'weather' }],
    ['of a confidence that there is not', { confidence: 'total' }],
    ['about a case that was not sent', { id: 'c0000' }],
    ['about nothing', { id: undefined }],
  ];
  for (const [what, changes] of unusable) it(`${what} is none`, () => assert.equal(verdictFor(changes), undefined));

  it('has no evidence but what was sent with its case', () => {
    assert.deepEqual(verdictFor({ evidence: ['T1', 'T2', 'T99', '../etc', 7] })?.evidence, ['template of lenka']);
    assert.deepEqual(verdictFor({ evidence: 'T1' })?.evidence, []);
  });

  it('that comes twice is none, and the others stay', () => {
    const { prompt, ids } = asked('lenka', 'petr');
    const [one = '', two = ''] = ids;
    const answer = JSON.stringify({ verdicts: [verdict(one), verdict(two), verdict(one, { severity: 'INFO' })] });
    assert.deepEqual(
      [...verdictsIn(answer, prompt).keys()].map(({ entity }) => entity.value),
      ['petr'],
    );
  });

  it('is looked for in whatever a server sends, and never throws', () => {
    const { prompt, ids } = asked('lenka');
    const parts = fc.oneof(fc.string(), fc.json(), fc.constantFrom(...ids, '{"verdicts":', '[', ']}', '```json\n', 'null'));
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 8 }), (texts) => {
        for (const found of verdictsIn(texts.join(''), prompt).values()) assert.ok(found.severity);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a sentence with its names', () => {
  it('has those that cannot be taken for anything else', () => {
    const names = new Map([
      ['<user-1>', 'lenka'],
      ['<user-2>', '](http://192.0.2.1)'],
      ['<ip-1:public>', '2001:db8::1'],
    ]);
    const text = '<user-1> and <user-2> came from <ip-1:public> with <secret>, and <host-7>';
    assert.equal(
      named(text, (mark) => names.get(mark)),
      'lenka and (user) came from 2001:db8::1 with (removed), and (host)',
    );
    assert.equal(
      named(undefined, () => 'x'),
      undefined,
    );
  });
});
