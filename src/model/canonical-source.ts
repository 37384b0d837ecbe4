/** What a packer adds to a file's name. */
const packed = /\.(?:gz|xz|bz2|zst)$/;

/**
 * What rotation adds: a day, an hour, or a number. A number behind a digit is part of a version or an address
 * (`php8.2`, `10.0.0.1`). Source: logrotate(8), dateext and rotate.
 */
const rotated = /[.-](?:\d{4}-\d\d-\d\d|\d{8}(?:\d\d)?)$|(?<=[^\d/])\.\d{1,4}$/;

/** The name that a log had before it was rotated and packed: `auth.log` for `auth.log.2.gz`. Never throws. */
export function canonicalSource(source: string): string {
  if (source === lastSource) return lastName;
  const name = source.replace(packed, '').replace(rotated, '');
  lastSource = source;
  lastName = name;
  return name;
}

/** Mostly the entry before is of the same log. */
let lastSource = '';
let lastName = '';
