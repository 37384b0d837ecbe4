/** Counts the brackets that are open in JSON which comes line by line. No string goes on over a line's end. */
export class JsonDepth {
  /** Brackets that are open. */
  depth = 0;

  /** Reads on. */
  add(line: string): void {
    let isInString = false;
    for (let at = 0; at < line.length; at++) {
      const code = line.charCodeAt(at);
      if (code === 0x22) isInString = !isInString;
      else if (isInString) at += code === 0x5c ? 1 : 0;
      else if (code === 0x7b || code === 0x5b) this.depth++;
      else if (code === 0x7d || code === 0x5d) this.depth--;
    }
  }

  /** Tells whether a line starts an object, or a list of objects, that it does not end. */
  static isOpen(line: string): boolean {
    if (!/^[ \t]*(?:\{[ \t]*(?:"|$)|\[[ \t]*(?:\{|$))/.test(line)) return false;
    const depth = new JsonDepth();
    depth.add(line);
    return depth.depth > 0;
  }
}
