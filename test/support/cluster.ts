import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Who runs PostgreSQL: it refuses to be run by root. */
interface User {
  readonly uid: number;
  readonly gid: number;
}

/** A PostgreSQL server with data of its own, which a test may kill. */
export interface Cluster {
  readonly place: string;
  readonly user: User;
  /** A folder that the server may write to. */
  readonly folder: string;
  start(): Promise<void>;
  /** Kills all processes of the server at once. */
  kill(): void;
}

const versions = '/usr/lib/postgresql';
const folders = [
  ...(existsSync(versions) ? readdirSync(versions).map((version) => join(versions, version, 'bin')) : []),
  ...(process.env['PATH'] ?? '').split(':'),
];
const programs = folders.find((folder) => ['initdb', 'postgres'].every((name) => existsSync(join(folder, name))));

function userOf(): User | undefined {
  const [uid = 0, gid = 0] = [process.getuid?.(), process.getgid?.()];
  if (uid !== 0) return { uid, gid };
  const [user, group] = ['-u', '-g'].map((which) => spawnSync('id', [which, 'postgres'], { encoding: 'utf8' }));
  return user?.status === 0 && group?.status === 0 ? { uid: Number(user.stdout), gid: Number(group.stdout) } : undefined;
}

const runner = userOf();

/** Why no server can be made here. */
export const noCluster: string | false =
  programs === undefined
    ? 'no initdb and postgres are installed here'
    : runner === undefined && 'PostgreSQL is not run by root, and there is no user postgres';

/** Makes a server that is not yet started; where `noCluster` says nothing. Its folder is for the caller to delete. */
export async function newCluster(): Promise<Cluster> {
  if (programs === undefined || runner === undefined) throw new Error(String(noCluster));
  const folder = mkdtempSync(join(tmpdir(), 'lp-cluster-'));
  chmodSync(folder, 0o777);
  const [data, port] = [join(folder, 'data'), await freePort()];
  const wants = ['-D', data, '-U', 'lp', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync', '--wal-segsize=1'];
  const made = spawnSync(join(programs, 'initdb'), wants, { ...runner, cwd: folder, encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr}`);
  return {
    ...{ place: `postgres://lp@127.0.0.1:${port}/postgres`, user: runner, folder },
    async start() {
      const where = ['-D', data, '-p', `${port}`, '-k', folder, '-c', 'listen_addresses=127.0.0.1'];
      const server = spawn(join(programs, 'postgres'), where, { ...runner, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
      await new Promise<void>((resolve, reject) => {
        let said = '';
        server.stderr.on('data', (words: Buffer) => {
          said += words.toString();
          if (said.includes('ready to accept connections')) resolve();
        });
        server.once('exit', () => reject(new Error(`postgres: ${said}`)));
      });
      server.unref();
    },
    kill() {
      const [main = ''] = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
      const children = spawnSync('ps', ['-o', 'pid=', '--ppid', main], { encoding: 'utf8' }).stdout;
      for (const pid of [main, ...children.split('\n')].map(Number)) if (pid > 1) process.kill(pid, 'SIGKILL');
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}
