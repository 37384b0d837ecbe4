import { canonicalSource } from '../../model/canonical-source.ts';
import { at } from '../../model/decode.ts';
import type { Finding, LogRecord } from '../../model/envelope.ts';
import { clipped } from '../clipped.ts';

/** Longest name of a service, in bytes. */
const maxNameBytes = 256;

/** Which service a record is of: by its name, that of its process, or the log it stands in. */
export function serviceOf(record: LogRecord): Finding['entity'] {
  const name = at(record, ['service', 'name']) ?? record.process?.name;
  if (typeof name === 'string' && name !== '') return { type: 'process', value: clipped(name, maxNameBytes) };
  return { type: 'source', value: canonicalSource(record.log.source) };
}
