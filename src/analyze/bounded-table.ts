/** What a table may hold. */
export interface Limits {
  readonly entries: number;
  /** Sum of the entries' weights, in bytes as their owner reckons them. */
  readonly weight: number;
}

/** An entry in the order of use. */
interface Slot<Value> {
  readonly key: string;
  readonly value: Value;
  weight: number;
  /** Used longer ago. */
  older: Slot<Value> | undefined;
  /** Used later. */
  newer: Slot<Value> | undefined;
}

/*
 * Hot path: a chain, because a Map in the order of use must be scanned over all that was taken out of its beginning.
 * Measured with more addresses than fit: a third of all time.
 */

/** A map that forgets what was used longest ago once it holds too much. */
export class BoundedTable<Value> {
  readonly #slots = new Map<string, Slot<Value>>();
  readonly #limits: Limits;
  readonly #forget: (value: Value) => void;
  #oldest: Slot<Value> | undefined;
  #newest: Slot<Value> | undefined;
  #weight = 0;

  constructor(limits: Limits, forget: (value: Value) => void) {
    this.#limits = limits;
    this.#forget = forget;
  }

  /** The value of a key, without counting as use, or undefined. */
  peek(key: string): Value | undefined {
    return this.#slots.get(key)?.value;
  }

  /** The value of a key, made if it is missing; it is now the last to be forgotten. */
  use(key: string, make: () => Value): Value {
    const known = this.#slots.get(key);
    if (known !== undefined) {
      if (known !== this.#newest) {
        this.#unlink(known);
        this.#append(known);
      }
      return known.value;
    }
    const slot: Slot<Value> = { key, value: make(), weight: 0, older: undefined, newer: undefined };
    this.#slots.set(key, slot);
    this.#append(slot);
    return slot.value;
  }

  /** All keys and values, what was used longest ago first. */
  *entries(): Generator<readonly [key: string, value: Value], void> {
    for (let slot = this.#oldest; slot !== undefined; slot = slot.newer) yield [slot.key, slot.value];
  }

  /** All values, in no order that matters. */
  *values(): Generator<Value, void> {
    for (const { value } of this.#slots.values()) yield value;
  }

  /** Says how heavy a value has become; forgets others while the table is too full. */
  weigh(key: string, weight: number): void {
    const slot = this.#slots.get(key);
    if (slot === undefined) return;
    this.#weight += weight - slot.weight;
    slot.weight = weight;
    while (this.#slots.size > 1 && (this.#slots.size > this.#limits.entries || this.#weight > this.#limits.weight))
      this.#forgetOldest();
  }

  /** Takes a key out, and tells nobody. */
  remove(key: string): void {
    const slot = this.#slots.get(key);
    if (slot === undefined) return;
    this.#unlink(slot);
    this.#slots.delete(key);
    this.#weight -= slot.weight;
  }

  #forgetOldest(): void {
    const slot = this.#oldest;
    if (slot === undefined) return;
    this.remove(slot.key);
    this.#forget(slot.value);
  }

  #append(slot: Slot<Value>): void {
    slot.older = this.#newest;
    slot.newer = undefined;
    if (this.#newest === undefined) this.#oldest = slot;
    else this.#newest.newer = slot;
    this.#newest = slot;
  }

  #unlink({ older, newer }: Slot<Value>): void {
    if (older === undefined) this.#oldest = newer;
    else older.newer = newer;
    if (newer === undefined) this.#newest = older;
    else newer.older = older;
  }
}
