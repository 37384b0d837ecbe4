/** Steps by the numbers that ../kernel/plans.ts knows them by. */
export const step = {
  end: 0,
  text: 1,
  number: 2,
  address: 3,
  message: 4,
  level: 5,
  requestLine: 6,
  method: 7,
  target: 8,
  protocol: 9,
  status: 10,
  url: 11,
  time: 12,
  calmEvent: 13,
  calmError: 14,
  scan: 15,
  domain: 16,
  host: 17,
  transport: 18,
  sides: 19,
  unslashed: 20,
  given: 21,
  givenMessage: 22,
  givenNumber: 23,
  givenPriority: 24,
  givenTime: 25,
  column: 26,
  columnNumber: 27,
  columnAddress: 28,
  columnVersion: 29,
  columnTarget: 30,
  columnUrl: 31,
  columnConstant: 32,
  columnTime: 33,
  columnDay: 34,
} as const;

/** A plan in the making. */
export class PlanSteps {
  readonly #steps: number[] = [];

  /** The plan as the kernel carries it out: step, number of arguments, arguments, and so on to an end. */
  get steps(): readonly number[] {
    return [...this.#steps, step.end, 0];
  }

  /** Adds a step, unless it has no values to work on. */
  add(number: number, values: readonly number[], ...before: readonly number[]): void {
    if (values.length === 0 && number !== step.scan) return;
    this.#steps.push(number, before.length + values.length, ...before, ...values);
  }
}
