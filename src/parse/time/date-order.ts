import { type Moment, open } from './moment.ts';
import { fullYear } from './pieces.ts';

/** What a date can be held against: when it was, or -1 for a day that does not exist, and the latest time that is likely. */
export interface Likelihood {
  readonly timeOf: (moment: Moment) => number;
  readonly latestMs: number;
}

/** Finds out which number of a date is the day, and remembers what the source has shown. */
export class DateOrder {
  /** `open.dayFirst` or `open.monthFirst` once a day above 12 has told. */
  #shown: number = open.nothing;

  /** Forgets what was shown: another source follows. */
  forget(): void {
    this.#shown = open.nothing;
  }

  /** Brings the numbers of an open date into order. */
  settle(moment: Moment, likelihood: Likelihood): void {
    if (moment.open === open.allThree) this.#settleAll(moment, likelihood);
    else this.#settleDay(moment, moment.open, likelihood);
  }

  /** The year stands last, unless it makes a later time that is not in the future when it stands first. */
  #settleAll(moment: Moment, likelihood: Likelihood): void {
    const { day, month, year } = moment;
    this.#settleDay(moment, open.dayFirst, likelihood);
    const settled = { day: moment.day, month: moment.month, ms: likelihood.timeOf(moment) };
    moment.year = fullYear(day);
    moment.month = month;
    moment.day = year % 100;
    const ms = likelihood.timeOf(moment);
    const isSettledFine = settled.ms >= 0 && settled.ms <= likelihood.latestMs;
    if (ms >= 0 && ms <= likelihood.latestMs && (!isSettledFine || ms > settled.ms)) return;
    moment.year = year;
    moment.month = settled.month;
    moment.day = settled.day;
  }

  #settleDay(moment: Moment, likelier: number, { timeOf, latestMs }: Likelihood): void {
    const isCertain = moment.open !== open.allThree;
    if (moment.month > 12) {
      if (isCertain) this.#shown = open.monthFirst;
      swap(moment);
    } else if (moment.day > 12) {
      if (isCertain) this.#shown = open.dayFirst;
    } else if (moment.open === open.monthFirst && moment.year >= 0) {
      this.#shown = open.monthFirst;
      swap(moment);
    } else if (this.#shown !== open.nothing) {
      if (this.#shown === open.monthFirst) swap(moment);
    } else {
      if (likelier === open.monthFirst) swap(moment);
      if (timeOf(moment) <= latestMs) return;
      swap(moment);
      if (timeOf(moment) > latestMs) swap(moment);
    }
  }
}

function swap(moment: Moment): void {
  const { day } = moment;
  moment.day = moment.month;
  moment.month = day;
}
