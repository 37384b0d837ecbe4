/**
 * The fields that a format can read out of a line, in the order in which they stand in a record; fields of one object
 * stand together. Names are those of the Elastic Common Schema where it has one. `timestamp`, `log.source`, `log.offset`,
 * `log.format` and `original` are written by the record writer itself.
 */
export const fieldTypes = {
  'log.dataset': 'text',
  'log.level': 'text',
  'log.syslog.priority': 'number',
  'log.syslog.procid': 'text',
  'log.syslog.msgid': 'text',
  'log.syslog.structured_data': 'text',
  'log.lines': 'number',
  'log.truncated': 'flag',
  'log.encoding': 'text',
  'log.logger': 'text',
  'log.iostream': 'text',
  'host.name': 'text',
  'process.name': 'text',
  'process.pid': 'number',
  'process.thread.id': 'number',
  'process.executable': 'text',
  'process.command_line': 'text',
  'process.working_directory': 'text',
  'event.category': 'list',
  'event.action': 'text',
  'event.outcome': 'text',
  'event.reason': 'text',
  'event.code': 'text',
  'rule.id': 'text',
  'rule.name': 'text',
  'service.name': 'text',
  'transaction.id': 'text',
  'package.name': 'text',
  'package.version': 'text',
  'user.name': 'text',
  'user.id': 'text',
  'user.effective.name': 'text',
  'group.name': 'text',
  'source.ip': 'text',
  'source.port': 'number',
  'source.domain': 'text',
  'source.derived': 'flag',
  'destination.ip': 'text',
  'destination.port': 'number',
  'destination.domain': 'text',
  'network.transport': 'text',
  'dns.question.name': 'text',
  'dns.question.type': 'text',
  'url.original': 'text',
  'url.path': 'text',
  'url.query': 'text',
  'url.domain': 'text',
  'http.request.method': 'text',
  'http.request.referrer': 'text',
  'http.response.status_code': 'number',
  'http.response.body.bytes': 'number',
  'http.version': 'text',
  'user_agent.original': 'text',
  message: 'text',
} as const;

/** A field that a format can read. */
export type FieldName = keyof typeof fieldTypes;

/** The fields whose value is a number on the wire. */
export type NumberField = { [Name in FieldName]: (typeof fieldTypes)[Name] extends 'number' ? Name : never }[FieldName];

/** The fields whose value is text on the wire. */
export type TextField = { [Name in FieldName]: (typeof fieldTypes)[Name] extends 'text' ? Name : never }[FieldName];

/** All fields in wire order; a field's slot is its place here. */
export const fieldNames = Object.keys(fieldTypes).filter(isFieldName);

/** Tells whether `name` is a field that a format can read. */
export function isFieldName(name: string): name is FieldName {
  return Object.hasOwn(fieldTypes, name);
}

const slots = new Map<string, number>(fieldNames.map((name, slot) => [name, slot]));

/** The slot of a field; -1 stands for text that is read over. */
export function slotOf(name: FieldName | undefined): number {
  return name === undefined ? -1 : (slots.get(name) ?? -1);
}
