import type { Renderer } from '../renderer.ts';
import { textReport } from '../text/report.ts';

/** The digest for a terminal: plain text, worst first, no line wider than the reader's. */
const text: Renderer = { isGrouped: true, defaultLimit: 20, render: textReport };

export default text;
