import { printable } from './printable.ts';

/** What a progress bar needs of a terminal. */
export interface ProgressTerminal {
  /** Whether a person looks at standard error. */
  readonly isErrors: boolean;
  writeProgress(text: string): void;
  /** A clock in ms, for tests. */
  readonly nowMs?: () => number;
}

/** A bar that shows how far a long run has come. */
export interface Progress {
  /** Adds bytes that have been read. */
  advance(bytes: number): void;
  /** Clears the bar. */
  end(): void;
}

const barColumns = 30;
const labelColumns = 30;
/** At most ten redraws a second. */
const redrawMs = 100;
/** Carriage return, and erase to the end of the line. Source: ECMA-48 §8.3.41 (EL). */
const clear = '\r\x1b[K';

/** A bar for input of known size on a terminal; otherwise one that does nothing. Fits 80 columns. */
export function progressFor(terminal: ProgressTerminal, totalBytes: number | undefined, label: string): Progress {
  if (!terminal.isErrors || totalBytes === undefined || totalBytes <= 0) return { advance() {}, end() {} };
  const now = terminal.nowMs ?? (() => performance.now());
  const name = shortened(label);
  let bytesDone = 0;
  let drawnMs = now();
  let isDrawn = false;
  return {
    advance(bytes) {
      bytesDone += bytes;
      if (now() - drawnMs < redrawMs) return;
      drawnMs = now();
      isDrawn = true;
      terminal.writeProgress(`${clear}${bar(Math.min(1, bytesDone / totalBytes))} ${name}`);
    },
    end() {
      if (isDrawn) terminal.writeProgress(clear);
      isDrawn = false;
    },
  };
}

function bar(share: number): string {
  const filled = Math.floor(share * barColumns);
  const percent = `${Math.floor(share * 100)}`.padStart(3);
  return `[${'#'.repeat(filled)}${' '.repeat(barColumns - filled)}] ${percent}%`;
}

/** The end of a long path says more than its start. */
function shortened(label: string): string {
  const characters = [...printable(label)];
  return characters.length <= labelColumns ? characters.join('') : `…${characters.slice(1 - labelColumns).join('')}`;
}
