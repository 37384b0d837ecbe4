import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TemplateMiner } from '../../../../src/analyze/template/miner.ts';
import type { LogRecord } from '../../../../src/model/envelope.ts';
import { record, request } from '../../../support/records.ts';

function said(message: string, user?: string): LogRecord {
  return record({ message, original: message, ...(user !== undefined && { user: { name: user } }) });
}

/** Messages of one kind, and the text of the template that they must share. */
const kinds: readonly { readonly what: string; readonly messages: readonly LogRecord[]; readonly text: string }[] = [
  {
    what: 'addresses, ports and numbers',
    messages: [said('Connection from 192.0.2.1 port 4022'), said('Connection from 198.51.100.7 port 22')],
    text: 'Connection from <*> port <*>',
  },
  {
    what: 'the user that the record names',
    messages: [said('session opened for user ann', 'ann'), said('session opened for user bob', 'bob')],
    text: 'session opened for user <*>',
  },
  {
    what: 'a user called user',
    messages: [said('Invalid user user from 192.0.2.1', 'user'), said('Invalid user ann from 192.0.2.1', 'ann')],
    text: 'Invalid user <*> from <*>',
  },
  {
    what: 'paths and files',
    messages: [said('cannot open /srv/www/a/index'), said('cannot open /var/lib/mysql'), said('cannot open settings.conf')],
    text: 'cannot open <*>',
  },
  {
    what: 'hosts and mail addresses',
    messages: [
      said('relay mx.one.example refused'),
      said('relay mail.two.example refused'),
      said('relay ann@shop.example refused'),
    ],
    text: 'relay <*> refused',
  },
  {
    what: 'values behind equals signs',
    messages: [said('lookup failed; name=ann kind=local'), said('lookup failed; name=bob kind=remote')],
    text: 'lookup failed; name=<*> kind=<*>',
  },
  {
    what: 'sizes with and without a second unit',
    messages: [said('sent 512 bytes to peer'), said('sent 2048 bytes (2 KB) to peer')],
    text: 'sent <*> to peer',
  },
  {
    what: 'lists of different length',
    messages: [said('state: 1,2,3 done'), said('state: 1,2,3,4,5 done')],
    text: 'state: <*> done',
  },
  {
    what: 'names in a sentence of many words',
    messages: ['eth_in', 'wlan_b', 'tun-x'].map((name) => said(`the network interface ${name} has been taken out of service`)),
    text: 'the network interface <*> has been taken out of service',
  },
  {
    what: 'headers that a reader left',
    messages: [
      said('[worker-3] com.shop.cart.Checkout: payment refused'),
      said('ERROR com.shop.web.Cart: payment refused'),
      said('2026-11-22T13:36:00 payment refused'),
      said('payment refused'),
    ],
    text: 'payment refused',
  },
];

/** Messages that are two stories. */
const different: readonly (readonly [string, string])[] = [
  ['service nginx started', 'service nginx stopped'],
  ['session opened for ann', 'session closed for ann'],
  ['disk is online', 'disk is offline now'],
  ['isOpen=true', 'isOpen=false'],
];

describe('a template', () => {
  for (const { what, messages, text } of kinds) {
    it(`does not tell ${what} apart`, () => {
      const miner = new TemplateMiner();
      const templates = messages.map((message) => miner.templateOf(message));
      assert.deepEqual(
        [...new Set(templates.map(({ id }) => id))].length,
        1,
        templates.map((template) => template.text).join('\n'),
      );
      assert.equal(templates.at(-1)?.text, text);
    });
  }

  for (const [one, other] of different) {
    it(`tells "${one}" from "${other}"`, () => {
      const miner = new TemplateMiner();
      assert.notEqual(miner.templateOf(said(one)).id, miner.templateOf(said(other)).id);
    });
  }

  it('of a request is its method and its status', () => {
    const miner = new TemplateMiner();
    const found = miner.templateOf({ ...request('/a?b=1', 404) });
    assert.equal(found.text, 'GET <*> 404');
    assert.equal(miner.templateOf(request('/other', 404)).id, found.id);
    assert.notEqual(miner.templateOf(request('/other', 500)).id, found.id);
  });

  it('has the same id whenever the same log is read', () => {
    const ids = (): readonly string[] => {
      const miner = new TemplateMiner();
      return kinds.flatMap(({ messages }) => messages.map((message) => miner.templateOf(message).id));
    };
    assert.deepEqual(ids(), ids());
  });

  it('keeps its id when it widens', () => {
    const miner = new TemplateMiner();
    const [first, second] = ['eth_in', 'wlan_b'].map(
      (name) => miner.templateOf(said(`a b c d e f g h interface ${name} is up`)).id,
    );
    assert.equal(first, second);
  });

  it('is made of any text, the empty one too', () => {
    const miner = new TemplateMiner();
    for (const text of [
      '',
      ' ',
      '***',
      '- - -',
      '[',
      '[[[[',
      '"',
      '\u0000',
      '\ud800',
      '::::',
      'a=',
      '=',
      '"a',
      '😀 '.repeat(50),
    ]) {
      assert.match(miner.templateOf(said(text)).id, /^[\w-]{12}$/);
    }
  });
});

describe('the miner', () => {
  it('keeps a bounded number of templates however many kinds of line there are', () => {
    const miner = new TemplateMiner();
    const letters = (number: number): string => [...String(number)].map((digit) => 'abcdefghij'[Number(digit)]).join('');
    const ids = new Set<string>();
    for (let number = 0; number < 20_000; number++)
      ids.add(miner.templateOf(said(`${letters(number)} says ${letters(number * 7)}`)).id);
    // Of one length and with first words beyond all bounds, they share the place for the rest.
    assert.ok(ids.size < 5_000, `${ids.size} templates`);
  });

  it('takes no more time for a long word, deep brackets or many parts than for words', () => {
    const miner = new TemplateMiner();
    const time = (text: string): number => {
      const start = process.cpuUsage().user;
      for (let round = 0; round < 200; round++) miner.templateOf(said(`${text}${round}`));
      return process.cpuUsage(undefined).user - start;
    };
    time('warm up ');
    const plain = time('some words of a language '.repeat(80));
    for (const text of ['x'.repeat(60_000), '['.repeat(60_000), '1 '.repeat(30_000), 'a.'.repeat(30_000), '"'.repeat(60_000)]) {
      // Thirty times as long; what is not linear takes nine hundred times as much.
      assert.ok(time(text) < 100 * plain + 500_000, text.slice(0, 10));
    }
  });
});
