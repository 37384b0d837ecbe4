import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** One log: what its lines are, and how it is rotated. */
interface Log {
  readonly name: string;
  readonly line: (index: number, time: Date) => string;
  readonly rotate: (folder: string, round: number) => void;
}

const syslogTime = (time: Date): string => time.toISOString().replace('Z', '+00:00');
const webTime = (time: Date): string => time.toUTCString().replace(/^\w+, (\d+) (\w+) (\d+) (\S+) GMT$/, '$1/$2/$3:$4 +0000');

/** Every second line is one of an attack; each log has attackers of its own. */
const logs: readonly Log[] = [
  {
    name: 'auth.log',
    line: (index, time) => {
      const ip = `203.0.113.${Math.floor(index / 400) % 50}`;
      const what =
        index % 2 === 0
          ? `Failed password for root from ${ip} port ${1024 + (index % 60_000)} ssh2`
          : `Connection closed by ${ip} port 22`;
      return `${syslogTime(time)} web1 sshd[${1000 + (index % 500)}]: ${what}`;
    },
    // As logrotate does with compress and delaycompress: .1 stays plain for a round.
    rotate: (folder, round) => {
      const path = join(folder, 'auth.log');
      for (let number = round; number >= 2; number--) move(`${path}.${number}.gz`, `${path}.${number + 1}.gz`);
      if (existsSync(`${path}.1`)) pack(`${path}.1`, `${path}.2.gz`);
      renameSync(path, `${path}.1`);
    },
  },
  {
    name: 'access.log',
    line: (index, time) => {
      const ip = `198.51.100.${Math.floor(index / 600) % 50}`;
      const request =
        index % 2 === 0 ? `GET /?id=1%27%20UNION%20SELECT%20${index}-- HTTP/1.1" 403` : `GET /page/${index} HTTP/1.1" 200`;
      return `${ip} - - [${webTime(time)}] "${request} 153 "-" "Mozilla/5.0"`;
    },
    // As logrotate does with copytruncate.
    rotate: (folder, round) => {
      const path = join(folder, 'access.log');
      for (let number = round; number >= 1; number--) move(`${path}.${number}`, `${path}.${number + 1}`);
      copyFileSync(path, `${path}.1`);
      truncateSync(path);
    },
  },
  {
    name: 'app.log',
    line: (index, time) =>
      `${syslogTime(time)} web2 app${Math.floor(index / 1_000)}[7]: error: cannot reach backend ${index % 7}: timed out`,
    // As logrotate does with dateext and without create.
    rotate: (folder, round) => {
      const path = join(folder, 'app.log');
      renameSync(path, `${path}-${20260101 + round}`);
    },
  },
];

function move(from: string, to: string): void {
  if (existsSync(from)) renameSync(from, to);
}

function pack(from: string, to: string): void {
  const { mtime } = statSync(from);
  writeFileSync(to, gzipSync(readFileSync(from)));
  utimesSync(to, mtime, mtime);
  unlinkSync(from);
}

const startMs = Date.UTC(2026, 10, 1);

/** Logs that are written to and rotated; the same number of lines gives the same files. */
export class RotatingLogs {
  readonly folder: string;
  readonly #linesToRotate: number;
  #written = 0;
  #round = 0;

  /** Makes the folder, anew if it is there. */
  constructor(folder: string, linesToRotate: number) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder);
    this.folder = folder;
    this.#linesToRotate = linesToRotate;
  }

  /** How many lines were written to each log. */
  get written(): number {
    return this.#written;
  }

  /** Writes lines to each log, half a line at a time, and rotates one of them, in turn, when it is time. */
  write(count: number): void {
    for (let done = 0; done < count; done++) {
      const time = new Date(startMs + this.#written * 20);
      for (const { name, line } of logs) {
        const text = line(this.#written, time);
        const path = join(this.folder, name);
        appendFileSync(path, text.slice(0, 30));
        appendFileSync(path, `${text.slice(30)}\n`);
      }
      this.#written++;
      if (this.#written % this.#linesToRotate === 0) {
        const log = logs[this.#round % logs.length];
        log?.rotate(this.folder, Math.floor(this.#round / logs.length) + 1);
        this.#round++;
      }
    }
  }
}
