import { type FieldName, fieldTypes, isFieldName, slotOf } from '../fields.ts';
import { transports } from './known.ts';
import { isObject, type Members, membersOf, plain } from './members.ts';
import { eventNames, levelNames, messageNames, outcomeNames, textNames, timeNames } from './names.ts';
import { addressNames, numberNames } from './number-names.ts';
import { PlanSteps, step } from './plan-steps.ts';
import { holders, letters, methods } from './reading.ts';
import { requestNames } from './request-names.ts';

/*
 * Plans for the kernel: which values of an object of a certain shape go into which fields. They say what `readObject` would
 * do with such objects; where that depends on more than names and simple values, there is no plan, and the host reads them.
 */

/** The words that plans need. */
export const planWords = { letters, methods, transports } as const;

/** Sides of a connection as the kernel numbers them. */
const sides = { source: 1, destination: 2 } as const;
type SideName = keyof typeof sides;

/** What only the host reads: see outcome.ts, intrusion.ts, known.ts and the other formats of objects. */
const hostNames: readonly string[] = [
  ...['controller', 'alert.signature', 'eventdata.waapincidenttype', 'id.origh', 'eventid', 'eventname', 'event.outcome'],
  ...['errorseverity', 'realtimetimestamp', 'stream', 'resulttype', 'status.errorcode', 'strategy', 'methodname'],
  ...['win.system.eventid', 'event.system.eventid', 'event.system.eventid.#text'],
];

/** The steps for an object whose values are the numbers of the values in its lines; undefined where only code reads it. */
export function objectSteps(object: Readonly<Record<string, unknown>>): PlanSteps | undefined {
  return stepsFor(groupsOf(object));
}

/** The same for members, and for those of objects in them that count behind them. */
export function stepsFor(groups: readonly Members[]): PlanSteps | undefined {
  const [outer, ...inner] = groups;
  if (outer === undefined || hasAny(outer, hostNames)) return undefined;
  if (inner.some((group) => !canBeInner(group, outer))) return undefined;
  if (hasAny(outer, requestNames.query) && hasAny(outer, requestNames.method)) return undefined;
  const plan = new Plan();
  for (const group of groups) plan.text('process.name', group);
  for (const group of groups) plan.add(step.message, valuesOf(group, messageNames));
  plan.add(step.scan, []);
  plan.request(outer);
  for (const [index, group] of groups.entries()) {
    if (index > 0) plan.sides();
    plan.named(group, index === 0);
    plan.rest(group);
  }
  plan.add(step.time, valuesOf(outer, timeNames));
  plan.transport(outer);
  return plan;
}

/** The members of an object, and of the objects in it that only hold together what is said, in the order in which they count. */
function groupsOf(object: Readonly<Record<string, unknown>>): Members[] {
  const inner = Object.entries(object).filter(([name]) => holders.has(plain(name)));
  return [membersOf(object), ...inner.flatMap(([, value]) => (isObject(value) ? groupsOf(value) : []))];
}

/** What a held object may not have, as its meaning depends on the rest of it. */
const outerNames: readonly string[] = [
  ...hostNames,
  ...['request', 'requesturi', 'alert.signature'],
  ...[...requestNames.method, ...requestNames.status, ...outcomeNames, ...eventNames],
];

function canBeInner(group: Members, outer: Members): boolean {
  if (hasAny(group, outerNames)) return false;
  const ends = [addressNames.source, addressNames.destination].filter((names) => valuesOf(group, names).length > 0);
  return ends.length < 2 && (valuesOf(group, timeNames).length === 0 || valuesOf(outer, timeNames).length > 0);
}

function hasAny(members: Members, names: readonly string[]): boolean {
  return names.some((name) => members.has(name));
}

/** The numbers of the values that stand under these names. */
function valuesOf(members: Members, names: readonly string[]): number[] {
  return names.flatMap((name) => {
    const value = members.get(name);
    return value === undefined ? [] : [Number(value)];
  });
}

/** The same of texts alone. */
function textsOf(members: Members, names: readonly string[]): number[] {
  return valuesOf(
    members,
    names.filter((name) => typeof members.get(name) === 'string'),
  );
}

const methodSlot = slotOf('http.request.method');
const targetSlot = slotOf('url.original');
const versionSlot = slotOf('http.version');

class Plan extends PlanSteps {
  text(field: FieldName, members: Members): void {
    this.add(step.text, valuesOf(members, textNames[field] ?? []), slotOf(field));
  }

  /** Says that a side of which something is known by now gets nothing more. */
  sides(): void {
    const slots = Object.keys(sides).flatMap((side) => ['ip', 'port', 'domain'].map((part) => slotOfName(`${side}.${part}`)));
    this.add(step.sides, slots);
  }

  /** Method, target, protocol and status. */
  request(members: Members): void {
    this.add(step.requestLine, textsOf(members, ['request']), methodSlot, targetSlot, versionSlot);
    this.add(step.method, valuesOf(members, requestNames.method), methodSlot);
    this.add(step.target, valuesOf(members, requestNames.target), methodSlot, targetSlot);
    this.add(step.protocol, valuesOf(members, requestNames.protocol), methodSlot, versionSlot);
    this.add(step.target, textsOf(members, ['requesturi']), -1, targetSlot);
    this.add(step.status, valuesOf(members, requestNames.status));
    this.add(step.url, [methodSlot, targetSlot]);
  }

  /** What has a name of its own. */
  named(members: Members, isOuter: boolean): void {
    for (const [field, names] of Object.entries(textNames)) {
      if (!isFieldName(field) || field === 'process.name') continue;
      if (field !== 'url.domain') this.text(field, members);
      else if (isOuter) this.add(step.domain, valuesOf(members, names), Number(members.has('request')), methodSlot);
    }
    const isRequest = members.has('request');
    if (!isRequest) this.add(step.host, textsOf(members, ['host']), slotOf('host.name'), isOuter ? methodSlot : -1);
    for (const [field, names] of Object.entries(numberNames)) {
      const [side = ''] = field.split('.');
      if (isFieldName(field)) this.add(step.number, valuesOf(members, names), slotOf(field), isSide(side) ? sides[side] : 0);
    }
    for (const side of Object.keys(sides).filter(isSide)) {
      const slots = [slotOfName(`${side}.ip`), slotOfName(`${side}.port`)];
      this.add(step.address, textsOf(members, addressNames[side]), sides[side], ...slots);
    }
  }

  /** The level, and what must not tell of a login. */
  rest(members: Members): void {
    this.add(step.level, valuesOf(members, levelNames), Number(members.has('shortmessage')));
    for (const value of textsOf(members, eventNames)) this.add(step.calmEvent, [value]);
    for (const value of textsOf(members, ['error', 'err'])) this.add(step.calmError, [value]);
  }

  transport(members: Members): void {
    const [value] = valuesOf(members, ['network.transport', 'proto', 'protocol']);
    const isText = ['network.transport', 'proto', 'protocol'].find((name) => members.has(name));
    if (value === undefined || isText === undefined || typeof members.get(isText) !== 'string') return;
    this.add(step.transport, [value], slotOf('network.transport'), slotOf('source.ip'), slotOf('destination.ip'));
  }
}

function isSide(name: string): name is SideName {
  return Object.hasOwn(sides, name);
}

function slotOfName(name: string): number {
  return Object.hasOwn(fieldTypes, name) && isFieldName(name) ? slotOf(name) : -1;
}
