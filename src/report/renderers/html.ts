import { htmlReport } from '../html/report.ts';
import type { Renderer } from '../renderer.ts';

/** One page that needs nothing else: no script, nothing loaded, charts as SVG, light and dark, for screen, phone and paper. */
const html: Renderer = { isGrouped: true, defaultLimit: 250, render: htmlReport };

export default html;
