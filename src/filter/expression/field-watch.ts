import { suggestion } from '../../cli/suggest.ts';
import { at } from '../../model/decode.ts';
import type { LogRecord } from '../../model/envelope.ts';
import { isKnownField, knownFields } from './known-fields.ts';

/** After how many records without it a field is told of: a log that is followed may have no end. */
const patience = 1_000;

/** Looks whether fields that an expression names, and that no description knows, are in any record. */
export class FieldWatch {
  #unseen: readonly string[];
  readonly #warn: (text: string) => void;
  #records = 0;

  constructor(names: Iterable<string>, warn: (text: string) => void) {
    this.#unseen = [...new Set(names)].filter((name) => !isKnownField(name));
    this.#warn = warn;
  }

  /** Takes any record in; costs nothing where all names are known. */
  take(record: LogRecord): void {
    if (this.#unseen.length === 0) return;
    this.#unseen = this.#unseen.filter((name) => at(record, name.split('.')) === undefined);
    if (++this.#records >= patience) this.end();
  }

  /** Warns, once, of fields that no record had; of none where there was no record. */
  end(): void {
    if (this.#records === 0) return;
    for (const name of this.#unseen) {
      const found = this.#records === 1 ? 'the record has' : `none of ${this.#records} records has`;
      const none = this.#records === 1 ? `${found} no` : `${found} a`;
      this.#warn(`--where: ${none} field "${name}"${suggestion(name, knownFields)}`);
    }
    this.#unseen = [];
  }
}
