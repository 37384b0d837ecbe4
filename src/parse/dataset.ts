import type { NumberField, TextField } from './fields.ts';
import type { Sample } from './format.ts';
import type { Pattern } from './pattern.ts';

/** What one program says in its messages, whatever carries them. Each is a file in `datasets/`, its default export. */
export interface Dataset {
  /** `log.dataset` of its records, unless it is for any program. */
  readonly name: string;
  /** Where its messages are described. */
  readonly source: string;
  /** The names under which it logs (`process.name`); `*` for what is tried on messages that nobody else knows. */
  readonly programs: readonly string[];
  /** The field that messages of one session share: an address in one of them holds for the others. */
  readonly session?: NumberField | TextField;
  /** How its messages are written; the first that matches counts. One that none matches is just a message. */
  readonly messages: readonly Pattern[];
  /** Whole lines, at least one of each kind. */
  readonly samples: readonly Sample[];
}

/** The same dataset, checked as one. */
export function defineDataset(dataset: Dataset): Dataset {
  return dataset;
}
