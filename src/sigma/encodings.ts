import { fault, type Place } from './node.ts';

/** Modifiers that write a value in another way before it is looked for. Source: Sigma specification 2.1, "Value Modifiers". */
export const encodingNames = ['windash', 'wide', 'utf16le', 'utf16be', 'utf16', 'base64', 'base64offset'] as const;

/** One of `encodingNames`. */
export type Encoding = (typeof encodingNames)[number];

/** Most dashes of a value that may each be any kind of dash: five kinds make 625 values of four. */
const maxDashes = 4;

/** What Windows takes for the dash before an option: `-`, `/`, and the en dash, the em dash and the horizontal bar. */
const dashes = ['-', '/', '\u2013', '\u2014', '\u2015'];

/**
 * All ways in which `value` may be written under the encodings, which are done in their order. What `utf16` and its kin give
 * are bytes, one character each. Throws `LpError` 78 for a value with more than four dashes.
 */
export function encodedForms(value: string, encodings: readonly Encoding[], place: Place): readonly string[] {
  let forms: readonly Form[] = [{ text: value, isBytes: false }];
  for (const encoding of encodings) {
    forms = forms.flatMap((form) =>
      encoding === 'windash'
        ? withDashes(form.text, place).map((text) => ({ text, isBytes: form.isBytes }))
        : encoders[encoding](bytesOf(form)).map((bytes) => ({ text: bytes.toString('latin1'), isBytes: true })),
    );
  }
  return forms.map(({ text }) => text);
}

/** A text, or bytes as the characters of their numbers. */
interface Form {
  readonly text: string;
  readonly isBytes: boolean;
}

function bytesOf({ text, isBytes }: Form): Buffer {
  return Buffer.from(text, isBytes ? 'latin1' : 'utf8');
}

const encoders: Readonly<Record<Exclude<Encoding, 'windash'>, (bytes: Buffer) => readonly Buffer[]>> = {
  wide: (bytes) => [littleEndian(bytes)],
  utf16le: (bytes) => [littleEndian(bytes)],
  utf16be: (bytes) => [littleEndian(bytes).swap16()],
  utf16: (bytes) => [Buffer.concat([Buffer.from([0xff, 0xfe]), littleEndian(bytes)])],
  base64: (bytes) => [Buffer.from(bytes.toString('base64'))],
  base64offset: (bytes) => [0, 1, 2].map((offset) => insideBase64(bytes, offset)),
};

function littleEndian(bytes: Buffer): Buffer {
  return Buffer.from(bytes.toString('utf8'), 'utf16le');
}

/** The characters that encode `bytes` and nothing else when `offset` bytes stand before them, and any behind. */
function insideBase64(bytes: Buffer, offset: number): Buffer {
  const encoded = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
  const start = [0, 2, 3][offset] ?? 0;
  const cut = [0, 3, 2][(offset + bytes.length) % 3] ?? 0;
  return Buffer.from(encoded.slice(start, encoded.length - cut));
}

/** The dash of an option, at the start of a word. */
const optionDash = /(?<!\w)[-/](?=\w)/g;

function withDashes(text: string, place: Place): readonly string[] {
  const count = text.match(optionDash)?.length ?? 0;
  if (count > maxDashes) throw fault(place, `"windash" takes at most ${maxDashes} dashes in a value, not ${count}`);
  const [start = '', ...rest] = text.split(optionDash);
  return rest.reduce<readonly string[]>((starts, part) => starts.flatMap((s) => dashes.map((dash) => s + dash + part)), [start]);
}
