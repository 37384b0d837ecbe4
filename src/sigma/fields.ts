import type { LogRecord } from '../model/envelope.ts';
import { fault, type Place } from './node.ts';
import { attacksOf } from './request/judged.ts';
import { WordIndex } from './word-index.ts';

/** A field of a record that rules look at. */
export interface Field {
  /** Its dotted ECS name. */
  readonly name: string;
  readonly path: readonly string[];
  /** True when no part of the path is a name that every object has, such as `constructor`. */
  readonly isOrdinary: boolean;
  /** Its place in the cache of a `Subject`. */
  readonly slot: number;
  /** Whether a client wrote it in an encoding of its choice, so that its decoded forms count too. */
  readonly isEncoded: boolean;
  /** Words that rules look for anywhere in it. */
  readonly words: WordIndex;
  /** Makes its value, where no record has it. */
  readonly make?: (record: LogRecord) => unknown;
}

/**
 * What Sigma calls the fields of its log sources, and what they are here. `cs-uri-query` is path and query, against the
 * taxonomy's own words, because that is what the public rules put there.
 * Source: Sigma taxonomy, "Web server" and "Process creation".
 */
const names: Readonly<Record<string, string>> = {
  'c-ip': 'source.ip',
  'c-uri': 'url.original',
  'c-uri-query': 'url.original',
  'c-uri-path': 'url.path',
  'c-useragent': 'user_agent.original',
  'cs-host': 'url.domain',
  'cs-method': 'http.request.method',
  'cs-referer': 'http.request.referrer',
  'cs-uri': 'url.original',
  'cs-uri-query': 'url.original',
  'cs-uri-stem': 'url.path',
  'cs-user-agent': 'user_agent.original',
  'cs-username': 'user.name',
  'cs-version': 'http.version',
  'sc-bytes': 'http.response.body.bytes',
  'sc-status': 'http.response.status_code',
  CommandLine: 'process.command_line',
  CurrentDirectory: 'process.working_directory',
  Image: 'process.executable',
  ParentCommandLine: 'process.parent.command_line',
  ParentImage: 'process.parent.executable',
  ProcessId: 'process.pid',
  User: 'user.name',
};

/** Fields of a record that have no dot in their names. */
const plain = new Set(['message', 'original', 'timestamp', 'tags']);

const encoded = new Set(['url.original', 'url.path', 'url.query', 'http.request.referrer']);

/** Fields that are worked out of a record, once, when a rule asks for them. */
const made: Readonly<Record<string, (record: LogRecord) => unknown>> = { 'lp.attack': attacksOf };

/** All fields that the rules of one set name, each with a slot of its own. */
export class FieldIndex {
  readonly #fields = new Map<string, Field>();

  /** How many different fields there are. */
  get size(): number {
    return this.#fields.size;
  }

  /** The field that a rule calls `name`: one of Sigma's, or a dotted ECS name as it is. Throws `LpError` 78 for others. */
  field(name: string, place: Place): Field {
    const wire = Object.hasOwn(names, name) ? (names[name] ?? name) : name;
    if (!wire.includes('.') && !plain.has(wire)) {
      throw fault(
        place,
        `the field "${name}" is not known; use a Sigma web server field (cs-method, …) or an ECS name (source.ip, …)`,
      );
    }
    let field = this.#fields.get(wire);
    if (field === undefined) {
      const path = wire.split('.');
      const make = Object.hasOwn(made, wire) ? made[wire] : undefined;
      field = {
        name: wire,
        path,
        isOrdinary: path.every((key) => !(key in Object.prototype)),
        slot: this.#fields.size,
        isEncoded: encoded.has(wire),
        words: new WordIndex(),
        ...(make !== undefined && { make }),
      };
      this.#fields.set(wire, field);
    }
    return field;
  }
}
