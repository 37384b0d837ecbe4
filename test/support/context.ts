import type { Context } from '../../src/cli/command.ts';
import { type Diagnostics, diagnosticsFor } from '../../src/io/diagnostics.ts';

/** A context in memory: input from `chunks`, output and messages collected. */
export interface TestContext extends Context {
  output: Context['output'];
  /** All that was written, as lines. */
  lines(): readonly string[];
  messages(): string;
}

/** Makes a context whose clock stands still at `now`. */
export function testContext(
  chunks: readonly string[] | AsyncIterable<Uint8Array>,
  now = '2026-11-23T00:00:00.000Z',
): TestContext {
  const written: Buffer[] = [];
  const said: string[] = [];
  const diagnostics: Diagnostics = diagnosticsFor('test', { format: 'text', verbosity: 'normal' }, (text) => said.push(text));
  const input = Symbol.asyncIterator in chunks ? chunks : fromTexts(chunks);
  return {
    input,
    output: { write: async (bytes) => void written.push(Buffer.from(bytes)) },
    diagnostics,
    stopping: new AbortController().signal,
    now: () => new Date(now),
    environment: {},
    terminal: {
      isInput: false,
      isOutput: false,
      isErrors: false,
      hasColor: { output: false, errors: false },
      columns: 80,
      rows: 24,
      resized: () => Promise.resolve(),
      writeProgress: () => {},
    },
    lines: () => Buffer.concat(written).toString('utf8').split('\n').filter(Boolean),
    messages: () => said.join(''),
  };
}

async function* fromTexts(texts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}
