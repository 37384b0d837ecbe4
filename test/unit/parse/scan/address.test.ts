import assert from 'node:assert/strict';
import { isIP } from 'node:net';
import { test } from 'node:test';
import { isHostName, isIp, unmapped } from '../../../../src/parse/scan/address.ts';
import { fc } from '../../../support/generated.ts';

/** The text in the midst of others, so that a look beyond its ends shows. */
function ask<T>(check: (bytes: Uint8Array, from: number, to: number) => T, text: string, around = '1'): T {
  const bytes = Buffer.from(`${around}${text}${around}`);
  return check(bytes, Buffer.byteLength(around), bytes.length - Buffer.byteLength(around));
}

const addresses = [
  '0.0.0.0',
  '192.0.2.1',
  '255.255.255.255',
  '::',
  '::1',
  '1::',
  '2001:db8::7',
  '2001:DB8::A',
  '2001:db8:0:0:0:0:0:7',
  '1:2:3:4:5:6:7::',
  '::2:3:4:5:6:7:8',
  '1:2:3:4:5:6:7:8',
  '1::8',
  '::ffff:192.0.2.1',
  '64:ff9b::192.0.2.33',
  '1:2:3:4:5:6:192.0.2.1',
  '::192.0.2.1',
  'fe80::1%eth0',
];
for (const text of addresses) {
  test(`${text} is an address`, () => {
    for (const around of ['1', ':', '.', 'f', ' ', '%']) assert.equal(ask(isIp, text, around), true, around);
  });
}

const others = [
  '',
  '1',
  '1.2.3',
  '1.2.3.4.5',
  '256.1.1.1',
  '1.2.3.999',
  '1.2.3.',
  '.1.2.3',
  '1..2.3',
  '1.2.3.04',
  '192.030.0.6',
  '0x7f.0.0.1',
  '1.2.3.4:80',
  '1.2.3.4/24',
  '-1.2.3.4',
  ':',
  ':::',
  ':1',
  '1:',
  '1:2:3:4:5:6:7',
  '1:2:3:4:5:6:7:8:9',
  '1:2:3:4:5:6:7:8::',
  '1::2::3',
  '1:::2',
  '12345::',
  'g::1',
  '::1.2.3',
  '::256.1.1.1',
  '1:2:3:4:5:6:7:192.0.2.1',
  '::1.2.3.4:5',
  '192.0.2.1::',
  '[::1]',
  'fe80::1%',
  '%eth0',
  'localhost',
  '::١',
];
for (const text of others) {
  test(`${JSON.stringify(text)} is no address`, () => assert.equal(ask(isIp, text, ' '), false));
}

const tokens = fc.constantFrom(
  '0',
  '1',
  '9',
  '25',
  '255',
  '256',
  'f',
  'ffff',
  'abcd',
  '12345',
  ':',
  '::',
  '.',
  'g',
  ' ',
  '1.2.3.4',
  '04',
);

test('an address is what the system takes for one', () => {
  const texts = fc.oneof(
    fc.array(tokens, { maxLength: 18 }).map((parts) => parts.join('')),
    fc.ipV4(),
    fc.ipV6(),
    fc.string({ maxLength: 20 }),
  );
  fc.assert(
    fc.property(texts, (text) => {
      assert.equal(ask(isIp, text), isIP(text) > 0, text);
    }),
    { numRuns: 5_000 },
  );
});

test('an address mapped into IPv6 is taken out of it', () => {
  for (const [text, address] of [
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::FFFF:192.0.2.1', '192.0.2.1'],
    ['::fffe:192.0.2.1', '::fffe:192.0.2.1'],
    ['::ffff:1:2', '::ffff:1:2'],
    ['::1', '::1'],
    ['192.0.2.1', '192.0.2.1'],
  ] as const) {
    const bytes = Buffer.from(text);
    assert.equal(bytes.toString('utf8', unmapped(bytes, 0, bytes.length)), address);
  }
});

test('a host name is made of letters, digits, dots, dashes and underscores', () => {
  for (const text of ['a', 'gate.example.net', 'xn--bcher-kva.example', 'my_host', '1.2.3', 'A-1'])
    assert.equal(ask(isHostName, text), true);
  for (const text of ['', 'a b', 'a:80', 'a/b', 'b\u00fccher.example', 'a\0', 'x'.repeat(254)])
    assert.equal(ask(isHostName, text), false);
});
