import { defineDataset } from '../dataset.ts';
import { haproxyConnect, haproxyEntry, haproxyState } from '../pieces/haproxy.ts';

export default defineDataset({
  name: 'haproxy',
  source: 'https://docs.haproxy.org/3.0/configuration.html#8.2',
  programs: ['haproxy'],
  messages: [haproxyEntry, haproxyConnect, haproxyState],
  samples: [
    {
      kind: 'good',
      line: 'Nov 22 13:36:02 lb1 haproxy[28029]: 203.0.113.5:39759 [22/Nov/2026:13:36:00.633] shop~ app/node1 10/0/1/48/99 200 8328 - - ---- 8/8/1/1/0 0/0 {shop.example||} {} "GET /cart?id=7 HTTP/1.1"',
      fields: {
        timestamp: '2026-11-22T13:36:00.633Z',
        'log.dataset': 'haproxy.http',
        'host.name': 'lb1',
        'process.pid': 28029,
        'source.ip': '203.0.113.5',
        'source.port': 39759,
        'service.name': 'app/node1',
        'http.request.method': 'GET',
        'http.response.status_code': 200,
        'url.path': '/cart',
        'url.query': 'id=7',
        'http.version': '1.1',
      },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:02 lb1 haproxy[28029]: 2001:db8::5:39759 [22/Nov/2026:13:36:00.633] db pool/<NOSRV> -1/-1/0 212 SC 1/1/0/0/0 0/0',
      fields: {
        'log.dataset': 'haproxy',
        'source.ip': '2001:db8::5',
        'source.port': 39759,
        'http.response.status_code': undefined,
      },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:02 lb1 haproxy[28029]: Connect from 203.0.113.5:40780 to 192.0.2.20:5000 (main/HTTP)',
      fields: { 'source.ip': '203.0.113.5', 'source.port': 40780, 'destination.ip': '192.0.2.20', 'destination.port': 5000 },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:02 lb1 haproxy[28029]: Server app/node1 is DOWN, reason: Layer4 timeout, check duration: 2001ms.',
      fields: { 'service.name': 'app/node1', 'event.action': 'server_down', 'log.level': 'alert' },
    },
    {
      kind: 'malformed',
      line: 'Nov 22 13:36:02 lb1 haproxy[28029]: 203.0.113.5:39759 [22/Nov/2026:13:36:00.633] shop shop/<NOSRV> -1/-1/-1/-1/6001 408 212 - - cR-- 100/89/0/0/0 0/0 "<BADREQ>"',
      fields: { 'http.response.status_code': 408, 'http.request.method': undefined, 'url.path': undefined },
    },
    {
      kind: 'malformed',
      line: 'Nov 22 13:36:02 lb1 haproxy[28029]: 203.0.113.5:39759 [22/Nov/2026:13:36:00.633] shop app/node1 0/0/0/0/+1 200 +83 - - ---- 1/1/0/0/0 0/0 "GET /a/path/that/is/cut',
      fields: { 'http.request.method': 'GET', 'url.path': '/a/path/that/is/cut', 'http.response.body.bytes': 83 },
    },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:02 lb1 haproxy[28029]: 203.0.113.5:39759 [22/Nov/2026:13:36:00.633] shop app/node1 0/0/0/0/1 403 83 - - PR-- 1/1/0/0/0 0/0 {a} 192.0.2.1:80 [#22GET /x} "GET /admin HTTP/1.1"',
      fields: { 'source.ip': '203.0.113.5', 'http.response.status_code': 403, 'url.path': '/admin' },
    },
  ],
});
