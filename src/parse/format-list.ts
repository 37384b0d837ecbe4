import type { Section } from '../cli/command.ts';

/** What is told of a format. */
interface Listed {
  readonly name: string;
  readonly title: string;
}

/** A line for each format, its name first, in columns. */
export function formatLines(formats: readonly Listed[]): readonly string[] {
  const width = Math.max(...formats.map(({ name }) => name.length));
  return formats.map(({ name, title }) => `${name.padEnd(width)} ${title}`);
}

/** The section of the man page that lists the formats. */
export function formatSection(formats: readonly Listed[]): Section {
  return {
    title: 'Formats',
    paragraphs: ['Formats are tried in this order.', ...formats.map(({ name, title }) => `\`${name}\`: ${title}.`)],
  };
}
