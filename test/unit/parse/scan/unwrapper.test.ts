import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LinearMemory } from '../../../../src/io/linear-memory.ts';
import { loadKernel } from '../../../../src/parse/scan/kernel.ts';
import { imageAt } from '../../../../src/parse/scan/kernel-image.ts';
import { leadBytes, type UnwrapExports, type Unwrapped, Unwrapper } from '../../../../src/parse/scan/unwrapper.ts';

const module = await loadKernel();

/** What the kernel takes out of envelopes, with `behind` counted from their start. */
function unwrap(envelopes: string): Unwrapped | undefined {
  assert.ok(module, 'the kernel is built');
  const host = { readStamp: () => -1, makeGlue() {}, rowFor: () => 0 };
  const exports = new WebAssembly.Instance(module, { host }).exports as unknown as UnwrapExports & {
    readonly memory: WebAssembly.Memory;
  };
  const memory = new LinearMemory(exports.memory, imageAt);
  const bytes = Buffer.from(envelopes);
  const at = memory.take(bytes.length + 64);
  const unwrapper = new Unwrapper(exports, memory, memory.take(bytes.length + 64));
  memory.bytes.set(bytes, at);
  const found = unwrapper.unwrap(at, at + bytes.length);
  return found && { ...found, behind: found.behind - at };
}

const envelope = (source: string, offset: number, original: string): string =>
  `${JSON.stringify({ schema: 'lp/1', type: 'line', log: { source, offset }, original })}\n`;

test('lines of one source are taken out together, each behind its offset', () => {
  const ofOne = envelope('/var/log/a', 7, 'a "b" \\ \t é') + envelope('/var/log/a', 1_234_567_890_123, 'c');
  const found = unwrap(ofOne + envelope('/var/log/b', 0, 'd'));
  assert.deepEqual([found?.source, found?.lines, found?.behind], ['/var/log/a', 2, Buffer.byteLength(ofOne)]);
  const bytes = found?.bytes ?? Buffer.alloc(0);
  const [first, second] = ['a "b" \\ \t é\n', 'c\n'];
  const secondAt = leadBytes + Buffer.byteLength(first);
  assert.equal(bytes.toString('utf8', leadBytes, secondAt), first);
  assert.equal(bytes.toString('utf8', secondAt + leadBytes), second);
  assert.deepEqual([bytes.readDoubleLE(0), bytes.readDoubleLE(secondAt)], [7, 1_234_567_890_123]);
});

test('what lp-tail does not write so, or the host must see, is left to it', () => {
  const usual = envelope('a', 0, 'x');
  const others = [
    envelope('a', 0, ''),
    envelope('a', 0, '\u001b[31mx'),
    envelope('a', 0, 'x\r'),
    envelope('"', 0, 'x'),
    usual.replace(',"original"', ',"context":true,"original"'),
    usual.replace('0}', '0,"encoding":"lossy"}'),
    usual.trimEnd(),
    '{"schema":"lp/1","type":"mark","mark":{"seq":1,"positions":[]}}\n',
    'x\n',
    '',
  ];
  for (const other of others) {
    assert.equal(unwrap(other), undefined, other);
    assert.equal(unwrap(usual + other)?.lines, 1, other);
  }
});
