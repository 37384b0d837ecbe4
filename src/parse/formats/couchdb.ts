import { defineFormat } from '../format.ts';
import { address, ip, message, number, oneOf, oneWord, pattern, set, skip, stamp, url, word } from '../pattern.ts';
import { levelConstants } from '../pieces/level-words.ts';

/** Source: chttpd.erl, log_request: peer, user, method, path, status, outcome, milliseconds. */
const request = pattern`${skip('word')} ${word('url.domain')} ${oneOf([ip('source')], [address('source')])} ${oneOf(pattern`undefined`, [word('user.name')])} ${word('http.request.method')} ${url('word')} ${number('http.response.status_code')} ${oneOf(pattern`ok`, pattern`abort`, [skip('word')])} ${number()}${set({ 'log.dataset': 'couchdb.access' })}`;

export default defineFormat({
  name: 'couchdb',
  title: 'CouchDB log',
  source:
    'https://docs.couchdb.org/en/stable/config/logging.html; src/chttpd/src/chttpd.erl, src/couch_log/src/couch_log_formatter.erl',
  rank: 61,
  joins: 'traces',
  pattern: pattern`[${oneWord(levelConstants, 'first')}] ${stamp('rfc3339')} ${word('host.name')} <${skip('first')}> ${set({ 'log.dataset': 'couchdb' })}${oneOf(
    request,
    pattern`${skip('word')} ${message()}`,
    [message()],
  )}`,
  samples: [
    {
      kind: 'good',
      line: '[notice] 2026-11-22T13:36:00.579985Z couchdb@db1 <0.17607.12> e1fed412f8 db.example 203.0.113.5 undefined GET /_all_dbs?x=1 401 ok 1',
      fields: {
        timestamp: '2026-11-22T13:36:00.579Z',
        'log.level': 'notice',
        'source.ip': '203.0.113.5',
        'user.name': undefined,
        'http.request.method': 'GET',
        'url.path': '/_all_dbs',
        'http.response.status_code': 401,
      },
    },
    {
      kind: 'good',
      line: '[error] 2026-11-22T13:36:01.5Z couchdb@db1 <0.2.3> -------- no space left',
      fields: { 'log.level': 'error', message: 'no space left' },
    },
    { kind: 'malformed', line: '[info] 2026-11-22T13:36:02.5Z couchdb@db1 <0.2.3> ', fields: { 'log.level': 'info' } },
    {
      kind: 'hostile',
      line: '[notice] 2026-11-22T13:36:03.5Z couchdb@db1 <0.17607.12> e1fed412f8 db.example 203.0.113.5 undefined GET /a%20192.0.2.1%20admin 404 ok 1',
      fields: { 'source.ip': '203.0.113.5', 'http.response.status_code': 404 },
    },
  ],
});
