import { defineFormat } from '../format.ts';
import { ip, number, optional, pattern, set, skip, url, withinUpTo, word } from '../pattern.ts';
import { moment } from '../pieces/moments.ts';

/** Gin writes a dash between day and hour: `[GIN] 2026/11/22 - 13:36:00`. */
const time = [optional(pattern`[GIN] `), moment];

export default defineFormat({
  name: 'gin',
  title: 'access log of Gin, as Gotify, Ollama and other Go servers write it',
  source: 'https://github.com/gin-gonic/gin/blob/master/logger.go (defaultLogFormatter)',
  rank: 64,
  pattern: pattern`${time}${skip('blanks')}|${skip('blanks')}${number('http.response.status_code')} |${skip('blanks')}${skip('first')} |${skip('blanks')}${ip('source')} |${skip('blanks')}${word('http.request.method')} ${skip('blanks')}"${withinUpTo('"', [url('rest')])}"${set({ 'log.dataset': 'web.access' })}`,
  samples: [
    {
      kind: 'good',
      line: '2026-11-22T13:36:00Z | 401 |     279.715µs |    203.0.113.5 | POST     "/client?token=x"',
      fields: {
        timestamp: '2026-11-22T13:36:00.000Z',
        'http.response.status_code': 401,
        'source.ip': '203.0.113.5',
        'http.request.method': 'POST',
        'url.path': '/client',
        'log.dataset': 'web.access',
      },
    },
    {
      kind: 'malformed',
      line: '2026-11-22T13:36:01Z | 200 | 1ms | 2001:db8::5 | GET "/"',
      fields: { 'source.ip': '2001:db8::5' },
    },
    {
      kind: 'hostile',
      line: '2026-11-22T13:36:02Z | 404 | 1ms | 203.0.113.5 | GET "/ | 200 | 1ms | 192.0.2.1 | GET"',
      fields: { 'source.ip': '203.0.113.5', 'http.response.status_code': 404 },
    },
  ],
});
