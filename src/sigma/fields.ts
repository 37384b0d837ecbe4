import type { LogRecord } from '../model/envelope.ts';
import { auditValue, commandLineOf } from './audit.ts';
import { type Place, unusable } from './node.ts';
import { attacksOf } from './request/judged.ts';
import { type Logsource, wireNameOf } from './taxonomy.ts';
import { timeMsOf } from './time-part.ts';

/** A field of a record that rules look at. */
export interface Field {
  /** Its dotted ECS name. */
  readonly name: string;
  readonly path: readonly string[];
  /** True when no part of the path is a name that every object has, such as `constructor`. */
  readonly isOrdinary: boolean;
  /** Its place in the cache of a `Subject`. */
  readonly slot: number;
  /** Whose decoded forms count too: texts that a client wrote in an encoding of its choice, or no text. */
  readonly decoding: 'none' | 'any' | 'percent';
  /** Where its value comes from when the record has none of its own. */
  readonly derived: Derived | undefined;
}

/** A value that is worked out of a record, once, when a rule asks for it. */
type Derived = (record: LogRecord) => unknown;

/** Fields of a record that have no dot in their names. */
const plain = new Set(['message', 'original', 'timestamp', 'tags']);

const encoded = new Set(['url.original', 'url.path', 'url.query', 'http.request.referrer']);

const derivations: Readonly<Record<string, Derived>> = {
  'lp.attack': attacksOf,
  // Counting these tells what goes on for long from what is over in a moment.
  'lp.five_minutes': (record) => Math.floor(timeMsOf(record) / 300_000),
  // What sudo and cron log of a program is its command line, which starts with its path.
  'process.command_line': commandLineOf,
  'process.executable': (record) => /^\S+/.exec(commandLineOf(record) ?? '')?.[0],
};

/** The keys of audit records that have no name of their own here. */
const auditPrefix = 'auditd.data.';

function derivationOf(name: string): Derived | undefined {
  if (Object.hasOwn(derivations, name)) return derivations[name];
  if (!name.startsWith(auditPrefix)) return undefined;
  const key = name.slice(auditPrefix.length);
  return (record) => auditValue(record, key);
}

/** All fields that the rules of one set name, each with a slot of its own. */
export class FieldIndex {
  readonly #fields = new Map<string, Field>();
  /** The whole entry, where keywords are looked for. */
  readonly entry: Field;

  constructor() {
    this.entry = this.#add('original');
  }

  /** How many different fields there are. */
  get size(): number {
    return this.#fields.size;
  }

  /** The field that rules of a log source call `name`: one of Sigma's, or a dotted ECS name. Throws `LpError` 78 for others. */
  field(name: string, place: Place, logsource: Logsource = {}): Field {
    const wire = wireNameOf(name, logsource);
    if (!wire.includes('.') && !plain.has(wire)) {
      throw unusable(
        place,
        `the field "${name}" is not known; use a Sigma web server field (cs-method, …) or an ECS name (source.ip, …)`,
      );
    }
    return this.#fields.get(wire) ?? this.#add(wire);
  }

  #add(name: string): Field {
    const path = name.split('.');
    const field: Field = {
      name,
      path,
      isOrdinary: path.every((key) => !(key in Object.prototype)),
      slot: this.#fields.size,
      decoding: name === 'original' ? 'percent' : encoded.has(name) ? 'any' : 'none',
      derived: derivationOf(name),
    };
    this.#fields.set(name, field);
    return field;
  }
}
