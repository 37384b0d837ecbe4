import { cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { root } from './repository.ts';
import type { Place } from './transcript.ts';

/** What documentation calls the clone; as long as the sandbox's own name, because reports are wrapped by length. */
const cloneInText = '/home/anna/lp';

/** What it calls the machine, where a log names none. */
const hostInText = 'web1';

/** A directory that looks like a fresh clone to the documentation, where commands may leave files. */
export interface Sandbox extends Place {
  /** The same for commands that are run in a directory below it. */
  below(path: string): Place;
  remove(): Promise<void>;
}

/** Makes a sandbox with a copy of the examples, and with logs where a server has them (`var/log`). */
export async function makeSandbox(): Promise<Sandbox> {
  const directory = await mkdtemp('/tmp/lp');
  await cp(join(root, 'examples'), join(directory, 'examples'), { recursive: true });
  await symlink(join(root, 'bin'), join(directory, 'bin'));
  for (const [from, to] of Object.entries(serverLogs)) {
    await mkdir(dirname(join(directory, to)), { recursive: true });
    await cp(join(directory, 'examples', from), join(directory, to));
  }
  const environment = { DB_PATH: join(directory, 'lp.db') };
  const shown = (output: string): string => named(output.replaceAll(directory, cloneInText));
  return {
    directory,
    environment,
    shown,
    below: (path) => ({ directory: join(directory, path), environment, shown }),
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}

/** Which samples stand for which logs of a server. */
const serverLogs: Readonly<Record<string, string>> = {
  'ssh-brute-force/auth.log': 'var/log/auth.log',
  'archived-web-logs/shop.example-frontend.access.log.1': 'var/log/nginx/access.log',
  'archived-web-logs/shop.example-frontend.access.log.2.gz': 'var/log/nginx/access.log.2.gz',
  'archived-web-logs/shop.example-frontend.error.log.1': 'var/log/nginx/error.log',
};

/** A report's first line starts with the name of this machine when the logs name none. */
function named(output: string): string {
  const own = `${hostname()}: `;
  return output
    .split('\n')
    .map((line) => (line.startsWith(own) ? `${hostInText}: ${line.slice(own.length)}` : line))
    .join('\n');
}
