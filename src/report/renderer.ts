import { readdirSync } from 'node:fs';
import type { Style } from '../io/style.ts';
import type { Clock } from './clock.ts';
import type { Digest } from './digest.ts';

/** How the reader sees a report. */
export interface Look {
  readonly style: Style;
  /** Widest line, in columns. */
  readonly columns: number;
  readonly clock: Clock;
  /** Whom a mail is from and to, as its headers say it. */
  readonly mail?: { readonly from?: string | undefined; readonly to?: string | undefined };
}

/**
 * A form of the report; the default export of one file in `renderers/`, whose name is the form's. Log text is written by
 * attackers: each renderer makes it harmless for where its output goes.
 */
export interface Renderer {
  /** True when it lists groups of findings, false when each finding stands for itself. */
  readonly isGrouped: boolean;
  /** How many groups or findings it lists when nobody says; undefined for all. */
  readonly defaultLimit: number | undefined;
  /** The report in pieces. Depends on nothing but its arguments, and never throws. */
  render(digest: Digest, look: Look): AsyncIterable<string>;
}

const folder = new URL('./renderers/', import.meta.url);
const plugIn = /^([a-z][a-z0-9-]*)\.(ts|js)$/;

/** The names of all renderers, in the order of the alphabet. */
export const rendererNames: readonly string[] = readdirSync(folder)
  .flatMap((file) => plugIn.exec(file)?.[1] ?? [])
  .sort();

/** Loads the renderer of that name, which must be one of `rendererNames`. */
export async function loadRenderer(name: string): Promise<Renderer> {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const module: { readonly default: Renderer } = await import(new URL(`${name}.${extension}`, folder).href);
  return module.default;
}
