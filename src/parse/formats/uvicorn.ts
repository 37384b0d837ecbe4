import { defineFormat } from '../format.ts';
import { end, number, oneOf, oneWord, pattern, skip, within } from '../pattern.ts';
import { addressAndPort, request } from '../pieces/access.ts';
import { largeLevels } from '../pieces/level-words.ts';

export default defineFormat({
  name: 'uvicorn',
  title: 'Uvicorn and Hypercorn access log',
  source: 'https://www.uvicorn.org/settings/#logging; uvicorn/logging.py (AccessFormatter)',
  rank: 55,
  dataset: 'web.access',
  pattern: pattern`${oneWord(largeLevels, 'first')}:${skip('blanks')}${within('first', addressAndPort)} - "${within('quote', [request])}" ${number('http.response.status_code')}${oneOf([end()], pattern` ${skip('rest')}`)}`,
  samples: [
    {
      kind: 'good',
      line: 'INFO:     203.0.113.5:52782 - "POST /login?next=/ HTTP/1.1" 401 Unauthorized',
      fields: {
        'log.level': 'info',
        'source.ip': '203.0.113.5',
        'source.port': 52782,
        'http.request.method': 'POST',
        'url.path': '/login',
        'http.response.status_code': 401,
      },
    },
    {
      kind: 'malformed',
      line: 'INFO:     2001:db8::5:0 - "GET /ws" 403',
      fields: { 'source.ip': '2001:db8::5', 'url.path': '/ws', 'http.response.status_code': 403 },
    },
    {
      kind: 'hostile',
      line: 'INFO:     203.0.113.5:52782 - "GET /x%22%20200%20INFO:%20192.0.2.1:1%20- HTTP/1.1" 404 Not Found',
      fields: { 'source.ip': '203.0.113.5', 'http.response.status_code': 404 },
    },
  ],
});
