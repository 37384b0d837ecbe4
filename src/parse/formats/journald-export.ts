import { defineFormat, type Reading } from '../format.ts';
import { oneOf, pattern, skip } from '../pattern.ts';
import { readJournal } from '../pieces/journal.ts';

/*
 * Fields are lines of `NAME=text`, and a blank line ends an entry. A text with a line feed in it has its name on a line of its
 * own, then its length in eight bytes (little endian) and the text, so that no one can write fields into it.
 */

const field = /^([A-Z_][A-Z0-9_]{0,63})(?:=|$)/;
const nextField = /\n(?=[A-Z_][A-Z0-9_]{0,63}=)/;
const lengthBytes = 8;
const mostFields = 256;

/** Tells of each line whether it is a field, or of a text whose length was told. */
function goesOn(first: string): (line: string) => boolean {
  let leftBytes = 0;
  let isLength = false;
  let isNew = first.startsWith('__CURSOR=');
  return (line) => {
    if (isLength) {
      // Of unknown length: one line, because what follows may be another log's.
      leftBytes = (lengthAt(line, 0) ?? 0) + lengthBytes;
      isLength = false;
    }
    if (leftBytes > 0) {
      leftBytes = Math.max(0, leftBytes - Buffer.byteLength(line) - 1);
      return true;
    }
    // The time comes behind the place, or begins an entry itself.
    if (line.startsWith('__CURSOR=') || (line.startsWith('__REALTIME_TIMESTAMP=') && !isNew)) return false;
    isNew = false;
    const name = field.exec(line);
    isLength = name !== null && name[0] === line && !line.endsWith('=');
    return name !== null;
  };
}

/** The length of a text; undefined where its bytes were no characters, or a line feed among them has torn it. */
function lengthAt(text: string, at: number): number | undefined {
  let length = 0;
  for (let index = 0; index < lengthBytes; index++) {
    const byte = text.charCodeAt(at + index);
    if (!(byte < 0x80) || byte === 0x0a) return undefined;
    length += byte * 256 ** index;
  }
  return length;
}

/** The fields; of one that is there twice the first counts. Behind a text of unknown length nothing can be told for sure. */
function fieldsOf(text: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (let at = 0; at < text.length && fields.size < mostFields; ) {
    const end = (text.indexOf('\n', at) + 1 || text.length + 1) - 1;
    const line = text.slice(at, end);
    const name = field.exec(line)?.[1];
    at = end + 1;
    if (name === undefined) continue;
    let value = line.slice(name.length + 1);
    if (line.length === name.length) {
      const length = lengthAt(text, at);
      const rest = Buffer.from(text.slice(at + lengthBytes));
      value =
        length === undefined
          ? (text.slice(at + lengthBytes).split(nextField, 1)[0] ?? '')
          : rest.subarray(0, length).toString('utf8');
      at = length === undefined ? text.length : at + lengthBytes + value.length + 1;
    }
    if (!fields.has(name)) fields.set(name, value);
  }
  return fields;
}

function read(text: string): Reading | undefined {
  const fields = fieldsOf(text);
  return fields.has('__REALTIME_TIMESTAMP') || fields.has('__CURSOR') ? readJournal(Object.fromEntries(fields)) : undefined;
}

export default defineFormat({
  name: 'journald_export',
  title: "systemd's journal, as journalctl -o export prints it",
  source: 'https://systemd.io/JOURNAL_EXPORT_FORMATS/#journal-export-format',
  rank: 71,
  holds: 'messages',
  joins: goesOn,
  begins: '_',
  guard: [oneOf(pattern`__CURSOR=${skip('rest')}`, pattern`__REALTIME_TIMESTAMP=${skip('rest')}`)],
  read,
  samples: [
    {
      kind: 'good',
      line: '__CURSOR=s=739ad4\n__REALTIME_TIMESTAMP=1795354560123456\n__MONOTONIC_TIMESTAMP=77\n_BOOT_ID=ab12\n_HOSTNAME=web1\nPRIORITY=6\nSYSLOG_IDENTIFIER=sshd\n_PID=801\nMESSAGE=Failed password for root from 203.0.113.5 port 4022 ssh2',
      fields: {
        timestamp: '2026-11-22T13:36:00.123Z',
        'host.name': 'web1',
        'process.name': 'sshd',
        'process.pid': 801,
        'log.level': 'info',
        'log.dataset': 'sshd',
        'log.lines': 9,
        'source.ip': '203.0.113.5',
        'event.outcome': 'failure',
      },
    },
    {
      kind: 'good',
      line: '__CURSOR=s=739ad5\n__REALTIME_TIMESTAMP=1795354560123456\nMESSAGE\n\u0009\0\0\0\0\0\0\0two\nlines\n_HOSTNAME=web1\nSYSLOG_IDENTIFIER=shopd',
      fields: { 'host.name': 'web1', 'process.name': 'shopd', message: 'two\nlines', 'log.lines': 7 },
    },
    {
      kind: 'malformed',
      line: '__REALTIME_TIMESTAMP=x\nPRIORITY=99\n_PID=-\nMESSAGE=hello',
      fields: { timestamp_quality: 'observed', 'log.level': undefined, 'process.pid': undefined, message: 'hello' },
    },
    {
      kind: 'hostile',
      line: '__CURSOR=s=739ad6\n__REALTIME_TIMESTAMP=1795354560123456\nMESSAGE\n\u0010\0\0\0\0\0\0\0x\n_HOSTNAME=bank\n_HOSTNAME=web1\nSYSLOG_IDENTIFIER=shopd',
      fields: { 'host.name': 'web1', message: 'x\n_HOSTNAME=bank' },
    },
    {
      kind: 'hostile',
      line: '__CURSOR=s=739ad7\n__REALTIME_TIMESTAMP=1795354560123456\nMESSAGE=x\n_HOSTNAME=web1\nMESSAGE\n\ufffd\0\0\0\0\0\0\0z\n_HOSTNAME=bank',
      fields: { 'host.name': 'web1', message: 'x' },
    },
    {
      kind: 'hostile',
      line: '__CURSOR=s=739ad8\n__REALTIME_TIMESTAMP=1795354560123456\nMESSAGE\n\ufffd\0\0\0\0\0\0\0z\n_HOSTNAME=bank\nPRIORITY=3',
      fields: { 'host.name': undefined, 'log.level': undefined, message: 'z', 'log.lines': 6 },
    },
  ],
});
