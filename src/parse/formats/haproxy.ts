import { defineFormat } from '../format.ts';
import { haproxyEntry } from '../pieces/haproxy.ts';

export default defineFormat({
  name: 'haproxy',
  title: 'HAProxy log without the head of syslog',
  source: 'https://docs.haproxy.org/3.0/configuration.html#8.2',
  rank: 55,
  dataset: 'haproxy',
  pattern: haproxyEntry,
  samples: [
    {
      kind: 'good',
      line: '203.0.113.5:39759 [22/Nov/2026:13:36:00.633] shop app/node1 0/0/0/3/3 404 739 - - --NN 0/0/0/0/0 0/0 "POST /login HTTP/2.0"',
      fields: {
        timestamp: '2026-11-22T13:36:00.633Z',
        'source.ip': '203.0.113.5',
        'http.response.status_code': 404,
        'url.path': '/login',
        'http.version': '2.0',
      },
    },
    {
      kind: 'malformed',
      line: '203.0.113.5:39759 [22/Nov/2026:13:36:00.633] shop/1: SSL handshake failure (error:0A0000C1:SSL routines::no shared cipher)',
      fields: { 'source.ip': '203.0.113.5', 'service.name': 'shop/1', 'event.outcome': 'failure' },
    },
    {
      kind: 'hostile',
      line: '203.0.113.5:39759 [22/Nov/2026:13:36:00.633] shop app/node1 0/0/0/3/3 200 7 - - ---- 0/0/0/0/0 0/0 {x} "GET /?192.0.2.1:1 [22/Nov/2026:13:36:01.633] a b/c 1 500 HTTP/1.1"',
      fields: { 'source.ip': '203.0.113.5', 'http.response.status_code': 200, 'http.request.method': 'GET' },
    },
  ],
});
