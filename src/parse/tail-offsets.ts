/** Sources whose offsets are kept; whoever can write a log could write headers without end. */
const maxSources = 10_000;

/** Offsets under the headers of `tail -F a b`, where one stream holds several sources: counted for each of them alone. */
export class TailOffsets {
  /** By how much an offset in the source is less than the one in the stream, in bytes. */
  shift = 0;
  readonly #ends = new Map<string, number>();
  #source = '';

  /** Goes on with a source, behind a header that starts at `offset` of the source before it and ends at `behind` of the stream. */
  begin(source: string, offset: number, behind: number): void {
    // The blank line before the header is tail's own, too.
    this.#ends.set(this.#source, Math.max(0, offset - 1));
    if (this.#ends.size > maxSources) this.#ends.delete(this.#ends.keys().next().value ?? '');
    this.#source = source;
    this.shift = behind - (this.#ends.get(source) ?? 0);
  }
}
