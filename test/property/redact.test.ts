import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Pseudonyms } from '../../src/redact/pseudonyms.ts';
import { loadPatterns, Redactor, type Strictness } from '../../src/redact/redactor.ts';
import { fc } from '../support/generated.ts';

const patterns = await loadPatterns();

function redactor(strictness: Strictness = 'strict', secrets: readonly string[] = []): Redactor {
  return new Redactor({ patterns, strictness, secrets, pseudonyms: new Pseudonyms() });
}

const letters = (alphabet: string, length: number) =>
  fc.string({ unit: fc.constantFrom(...alphabet), minLength: length, maxLength: length });
const alphanumeric = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const password = fc.string({ unit: fc.constantFrom(...alphanumeric, '!', '$', '%', '-', '_', '.'), minLength: 8, maxLength: 30 });

/** A secret, and a text in which such a secret is written. */
const secrets = fc.oneof(
  letters('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 16).map((end) => ({ secret: `AKIA${end}`, text: `using AKIA${end}` })),
  letters(alphanumeric, 36).map((end) => ({ secret: `ghp_${end}`, text: `remote ghp_${end}` })),
  letters('0123456789abcdef', 64).map((end) => ({ secret: `sk-or-v1-${end}`, text: `key sk-or-v1-${end}` })),
  password.map((secret) => ({ secret, text: `password=${secret}` })),
  password.map((secret) => ({ secret, text: `{"api_key":"${secret}"}` })),
  password.map((secret) => ({ secret, text: `GET /login?user=x&passwd=${secret}&next=/` })),
  password.map((secret) => ({ secret, text: `mysql -u root -p${secret} shop` })),
  letters(alphanumeric, 24).map((secret) => ({ secret: `${secret}0aZ`, text: `Authorization: Bearer ${secret}0aZ` })),
  letters(alphanumeric, 12).map((secret) => ({ secret, text: `postgres://shop:${secret}@db/shop` })),
  fc.tuple(letters('abcdefghij', 9), fc.constantFrom('example.com', 'mail.test')).map(([name, host]) => ({
    secret: `${name}@${host}`,
    text: `to=<${name}@${host}>`,
  })),
  fc.ipV4().map((ip) => ({ secret: ip, text: `from ${ip} port 22` })),
  letters('abcdefghijkmnopq', 10).map((name) => ({
    secret: name,
    text: `Failed password for invalid user ${name} from 192.0.2.1`,
  })),
);
const ordinary = fc.constantFrom(
  'Nov 22 13:36:00 web1 sshd[801]: ',
  'app: error: ',
  '',
  '2026-11-22T13:36:00Z [warn] ',
  '"GET / HTTP/1.1" 200 ',
);
const ends = fc.constantFrom('', ' (tried again)', ', giving up', '\n', ' [preauth]');

/** What the patterns' own samples say must go, with the text around it. */
const samples = patterns.flatMap(({ masks }) =>
  masks.map((sample) => ({
    text: sample.replace(/[‹›]/g, ''),
    parts: [...sample.matchAll(/‹([^›]+)›/g)].map(([, part = '']) => part),
  })),
);

/** Whether a text is in another, and not as part of a word. */
function hasWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (!/\w$/.test(text.slice(0, at)) && !/^\w/.test(text.slice(at + word.length))) return true;
  }
  return false;
}

describe('a redacted text', () => {
  it('holds nothing that any pattern is there to take out, whatever stands before and behind', () => {
    const mixed = fc.tuple(ordinary, fc.array(fc.constantFrom(...samples), { minLength: 1, maxLength: 4 }), ends);
    fc.assert(
      fc.property(mixed, fc.constantFrom(' ', '; ', '\n', ' - '), ([start, chosen, end], between) => {
        const found = redactor().redact(`${start}${chosen.map(({ text }) => text).join(between)}${end}`);
        for (const part of chosen.flatMap(({ parts }) => parts)) assert.ok(!hasWord(found, part), `${found} has ${part}`);
      }),
      { numRuns: 3_000 },
    );
  });

  it('holds no secret that was written into it', () => {
    fc.assert(
      fc.property(ordinary, secrets, ends, (start, { secret, text }, end) => {
        const found = redactor().redact(`${start}${text}${end}`);
        assert.ok(!found.includes(secret), found);
      }),
      { numRuns: 2_000 },
    );
  });

  it('stays as it is when it is redacted again', () => {
    const texts = fc
      .tuple(
        ordinary,
        fc.oneof(
          secrets.map(({ text }) => text),
          fc.string(),
        ),
        ends,
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(texts, fc.constantFrom<Strictness>('strict', 'standard', 'off'), (text, strictness) => {
        const once = redactor(strictness).redact(text);
        assert.equal(redactor(strictness).redact(once), once);
      }),
      { numRuns: 1_000 },
    );
  });

  it('has the names again when it is restored, and no secret', () => {
    const one = redactor();
    const found = one.redact('Failed password for invalid user lenka from 203.0.113.5, then password=hunter2');
    assert.equal(found, 'Failed password for invalid user <user-1> from <ip-1:public>, then password=<secret>');
    assert.equal(one.restore(found), 'Failed password for invalid user lenka from 203.0.113.5, then password=<secret>');
    assert.equal(one.hasStranger('<ip-1:public> and <secret>', found), false);
    assert.equal(one.hasStranger('<ip-2:public>', found), true);
  });
});

describe('a redactor', () => {
  it('gives a name of a field the same pseudonym wherever it stands in a text', () => {
    const one = redactor();
    assert.equal(one.name('user', 'lenka'), '<user-1>');
    assert.equal(one.redact('lenka has left; malenka stays'), '<user-1> has left; malenka stays');
  });

  it('keeps accounts that everybody has, and says where an address is', () => {
    const one = redactor();
    assert.equal(one.name('user', 'root'), 'root');
    assert.equal(one.name('ip', '10.0.0.1'), '<ip-1:private>');
    assert.equal(one.name('ip', '::1'), '<ip-2:loopback>');
    assert.equal(one.name('ip', '2001:db8::1'), '<ip-3:public>');
  });

  it('leaves addresses and hosts to a reader that is no stranger, and no secret', () => {
    const one = redactor('standard');
    assert.equal(one.redact('db.internal 192.0.2.1 password=hunter2'), 'db.internal 192.0.2.1 password=<secret>');
    assert.equal(one.name('ip', '192.0.2.1'), '192.0.2.1');
  });

  it('takes its own key out in any case', () => {
    const key = 'a very odd key';
    assert.equal(redactor('off', [key]).redact(`x${key}y password=z`), 'x<secret>y password=z');
  });
});
