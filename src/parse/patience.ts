/** After so many tries in vain, so many are left out. */
const mostInVain = 8;
const leftOut = 16;

/** Tells whether to try what costs little once, but has often been in vain of late. */
export class Patience {
  #vain = 0;
  #leftOut = 0;

  /** True when this time it should not be tried. */
  get isOut(): boolean {
    if (this.#leftOut === 0) return false;
    this.#leftOut--;
    return true;
  }

  /** Says what came of a try. */
  note(hasHelped: boolean): void {
    this.#vain = hasHelped ? 0 : this.#vain + 1;
    if (this.#vain >= mostInVain) this.#leftOut = leftOut;
  }
}
