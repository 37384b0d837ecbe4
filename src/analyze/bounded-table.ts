/** What a table may hold. */
export interface Limits {
  readonly entries: number;
  /** Sum of the entries' weights, in characters of log text. */
  readonly weight: number;
}

interface Slot<Value> {
  readonly value: Value;
  weight: number;
}

/** A map that forgets what was used longest ago once it holds too much. */
export class BoundedTable<Value> {
  readonly #slots = new Map<string, Slot<Value>>();
  readonly #limits: Limits;
  readonly #forget: (value: Value) => void;
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
    const slot = this.#slots.get(key) ?? { value: make(), weight: 0 };
    this.#slots.delete(key);
    this.#slots.set(key, slot);
    return slot.value;
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

  #forgetOldest(): void {
    const [oldest] = this.#slots;
    if (oldest === undefined) return;
    const [key, slot] = oldest;
    this.#slots.delete(key);
    this.#weight -= slot.weight;
    this.#forget(slot.value);
  }
}
