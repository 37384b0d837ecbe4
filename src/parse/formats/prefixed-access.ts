import { defineFormat } from '../format.ts';
import { oneOf, oneWord, pattern, skip, text, upTo } from '../pattern.ts';
import { accessEntry } from '../pieces/access.ts';
import { largeLevels } from '../pieces/level-words.ts';

/** The container, as `docker compose logs` shows it; level and logger, as Python does. */
const prefix = oneOf(
  pattern`${upTo(' |:[', 'process.name')}${skip('blanks')}| `,
  pattern`${oneWord(largeLevels, 'first')}:${text('log.logger')}:`,
);

export default defineFormat({
  name: 'prefixed_access',
  title: 'access log with the name of a container or a logger before it',
  source: 'https://docs.docker.com/reference/cli/docker/compose/logs/; Python: logging.BASIC_FORMAT',
  rank: 47,
  dataset: 'web.access',
  pattern: pattern`${prefix}${accessEntry}`,
  samples: [
    {
      kind: 'good',
      line: 'nginx-1  | 203.0.113.5 - - [22/Nov/2026:13:36:00 +0000] "GET /a?b HTTP/1.1" 200 612 "-" "curl/8"',
      fields: {
        'process.name': 'nginx-1',
        'source.ip': '203.0.113.5',
        'url.path': '/a',
        'http.response.status_code': 200,
        'user_agent.original': 'curl/8',
      },
    },
    {
      kind: 'good',
      line: 'INFO:werkzeug:203.0.113.5 - - [22/Nov/2026 13:36:00] "POST /login HTTP/1.1" 401 -',
      fields: { 'log.level': 'info', 'log.logger': 'werkzeug', 'source.ip': '203.0.113.5', 'http.response.status_code': 401 },
    },
    {
      kind: 'malformed',
      line: 'web-1 | 203.0.113.5 - - [22/Nov/2026:13:36:00 +0000] "" 400 0',
      fields: { 'process.name': 'web-1', 'source.ip': '203.0.113.5', 'http.request.method': undefined },
    },
    {
      kind: 'hostile',
      line: 'web-1 | 203.0.113.5 - a | 192.0.2.1 - - [22/Nov/2026:13:36:00 +0000] "GET / HTTP/1.1" 401 0 "-" "-"',
      fields: { 'source.ip': '203.0.113.5', 'http.response.status_code': 401 },
    },
  ],
});
