import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer as createProxy, type Server } from 'node:http';
import { createServer as createTls } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Finding } from '../../src/model/envelope.ts';
import { makeState, testKey } from '../support/analysis.ts';
import { answering, type ModelServer, startModel } from '../support/model-server.ts';
import { run } from '../support/process.ts';
import { failedLogin } from '../support/records.ts';

const input = [0, 1, 2, 3, 4, 5].map((second) => `${JSON.stringify(failedLogin(second))}\n`).join('');

/** Makes a certificate for a name, and says whether that could be done. */
function makeCertificate(folder: string): boolean {
  const subject = ['-subj', '/CN=model.example', '-addext', 'subjectAltName=DNS:model.example,IP:::ffff:127.0.0.1'];
  const files = ['-keyout', join(folder, 'key.pem'), '-out', join(folder, 'cert.pem')];
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  try {
    execFileSync('openssl', ['req', '-x509', ...kind, ...subject, ...files], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const state = await makeState();
const hasCertificate = makeCertificate(state.path);
const certificate = join(state.path, 'cert.pem');

describe('behind a proxy', { skip: !hasCertificate && 'there is no openssl to make a certificate with' }, () => {
  let model: ModelServer;
  let secure: Server;
  let proxy: Server;
  /** What the proxy could read. */
  let seen: string[] = [];

  before(async () => {
    model = await startModel(answering());
    secure = createTls({ key: readFileSync(join(state.path, 'key.pem')), cert: readFileSync(certificate) });
    secure.on('request', (request, response) => model.handle(request, response));
    proxy = createProxy((request, response) => {
      seen.push(`${request.method} ${request.url} ${JSON.stringify(request.headers)}`);
      response.writeHead(502).end();
    });
    proxy.on('connect', (request, socket) => {
      seen.push(`CONNECT ${request.url} ${JSON.stringify(request.headers)}`);
      const there = connect(portOf(secure), '127.0.0.1', () => socket.write('HTTP/1.1 200 OK\r\n\r\n'));
      socket.on('data', (bytes: Buffer) => seen.push(bytes.toString('latin1')));
      for (const end of [socket, there]) end.on('error', () => {});
      socket.pipe(there).pipe(socket);
    });
    await Promise.all([secure, proxy].map((server) => new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))));
  });
  beforeEach(() => {
    seen = [];
  });
  after(async () => {
    for (const server of [secure, proxy]) server.close().closeAllConnections();
    await model.close();
    await state.remove();
  });

  /** The last finding of a run against this server, and its messages. */
  async function analyzed(baseUrl: string, environment: Readonly<Record<string, string>>) {
    const env = { OPENROUTER_API_KEY: testKey, HTTPS_PROXY: `http://127.0.0.1:${portOf(proxy)}`, ...environment };
    const options = ['--base-url', baseUrl, '--llm-deadline', '2s', '--state', join(state.path, String(Math.random()))];
    const { output, errors } = await run('analyze', options, input, { env });
    const lines = output.split('\n').filter(Boolean);
    const last: Finding = JSON.parse(lines.at(-1) ?? '{}');
    return { last: last.analyzer['degraded'] ?? last.analyzer.engine, errors };
  }

  it('the model is asked through it, and it reads neither the key nor what is asked', async () => {
    const { last } = await analyzed('https://model.example/api/v1', { NODE_EXTRA_CA_CERTS: certificate });
    assert.equal(last, 'llm');
    assert.match(seen[0] ?? '', /^CONNECT model\.example:443 /);
    assert.doesNotMatch(seen.join('\n'), /authorization|sk-or-v1|messages/i);
    assert.equal(model.asked.at(-1)?.authorization, `Bearer ${testKey}`);
  });

  it('the model is asked directly where NO_PROXY says so', async () => {
    const there = `https://[::ffff:127.0.0.1]:${portOf(secure)}/api/v1`;
    const { last } = await analyzed(there, { NODE_EXTRA_CA_CERTS: certificate, NO_PROXY: '*' });
    assert.deepEqual([last, seen], ['llm', []]);
  });

  it('a server on this machine is asked directly', async () => {
    const { last } = await analyzed(model.baseUrl, { HTTP_PROXY: `http://127.0.0.1:${portOf(proxy)}` });
    assert.deepEqual([last, seen], ['llm', []]);
  });

  it('a server whose certificate nobody vouches for is told nothing', async () => {
    const before = model.asked.length;
    const { last, errors } = await analyzed('https://model.example/api/v1', {});
    assert.ok(last === 'unreachable' || last === 'timeout', String(last));
    assert.equal(model.asked.length, before);
    assert.ok(!errors.includes(testKey));
  });

  it('an address of a proxy that is none ends the command, which does not quote it', async () => {
    const env = { OPENROUTER_API_KEY: testKey, HTTPS_PROXY: 'not a url with a password' };
    const { status, errors } = await run('analyze', ['--state', state.path, '--check'], '', { env });
    assert.equal(status, 78);
    assert.match(errors, /HTTPS_PROXY or HTTP_PROXY is no URL/);
    assert.ok(!errors.includes('password'));
  });
});

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
