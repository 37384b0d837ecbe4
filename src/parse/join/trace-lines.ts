/*
 * Lines of stack traces and of what else programs print over several lines, told by their beginnings. Each expression looks
 * at a line from its start, and no part of it can match in two ways, so that it takes linear time.
 */

/**
 * What a line without a head of its own may be: `start` of a trace; a `frame`, or a `cause` with frames of its own; the
 * `error` that a trace is about; the `place` of an error that nobody has caught, as Node writes it above that; a `call`, as Go
 * writes one above its place; or only `indented`.
 */
export type TraceLine = 'start' | 'frame' | 'cause' | 'error' | 'place' | 'call' | 'indented';

/** Java, JavaScript, .NET (`at`), Python (`File`), Ruby (`from`), PHP (`#0`), Rust (`0:`), Perl; a mark under a column. */
const frame =
  /^[ \t]+(?:at |File "|from |#\d+[ :]|\d+: |\.\.\. \d|thrown in |- (?:locked|waiting|eliminated)|[~^]+$)|^(?:#\d+ |Stack trace:|\[stacktrace\]|goroutine \d+ \[|created by |stack backtrace:|\.\.\. \d+ more|at [\w.$<>/]+\()/;
const cause =
  /^[ \t]*(?:Caused by:|Suppressed: |Wrapped by: |Next [\w\\]+: |During handling of the above exception|The above exception was the direct cause|note: run with `|exit status \d|\[signal |Node\.js v\d)/;
const start =
  /^(?:Traceback \(most recent call last\)|Exception in thread |Exception ignored in|Unhandled |Uncaught |panic: |fatal error: |SIG[A-Z]+: |thread '[^']*' panicked at |PHP Fatal error: {2}Uncaught |[\w./-]+:\d+:in [`'])/;
/** `java.lang.IllegalStateException: text`, `KeyError: 'x'`: one word, and it says what it is. */
const error = /^[A-Za-z_$][\w.$\\]*(?:Exception|Error|Interrupt|Exit|Throwable|Warning|Timeout)(?:: |:?$)/;
/** What Python ends a trace with need not say so: `shop.models.Cart.DoesNotExist: text`. */
const named = /^[A-Za-z_]\w*(?:\.\w+)+(?:: |$)/;
/** `/srv/shop/cart.js:12`, `node:events:495`. */
const place = /^(?:\/|file:\/\/\/|node:)[^\s:]+:\d+$/;
/** `main.(*Cart).add(0x1, {0x2, 0x3})`. */
const call = /^[\w./~*(){}[\]·-]+\([^)]*\)$/;

/** Lines longer than this are no part of a trace; an expression looks no further. */
const longest = 4_096;

/** What a line may be of a trace; undefined for a line that is none of it. */
export function traceLineOf(line: string): TraceLine | undefined {
  const text = line.length > longest ? line.slice(0, longest) : line;
  if (frame.test(text)) return 'frame';
  if (cause.test(text)) return 'cause';
  if (start.test(text)) return 'start';
  if (error.test(text) || named.test(text)) return 'error';
  if (place.test(text)) return 'place';
  const first = text.charCodeAt(0);
  if (first === 0x20 || first === 0x09) return 'indented';
  return call.test(text) ? 'call' : undefined;
}
