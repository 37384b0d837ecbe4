/*
 * How the page looks. Colours are written out for light and dark, because mail clients know no custom properties; each pair of
 * text and ground has a contrast of 4.5 or more, which a test computes. Source: WCAG 2.2, success criterion 1.4.3.
 */
import type { Severity } from '../../model/severity.ts';

/** The colours of one theme. */
export interface Palette {
  readonly ground: string;
  readonly card: string;
  readonly text: string;
  readonly muted: string;
  readonly line: string;
  readonly code: string;
  readonly accent: string;
  readonly good: string;
  readonly severity: Readonly<Record<Severity, string>>;
  /** Grounds for the name of a severity. */
  readonly tint: Readonly<Record<Severity, string>>;
}

/** The colours by theme. */
export const palettes: Readonly<Record<'light' | 'dark', Palette>> = {
  light: {
    ground: '#f4f5f7',
    card: '#ffffff',
    text: '#1b1f26',
    muted: '#5a6270',
    line: '#dfe3e8',
    code: '#f0f2f5',
    accent: '#2f5fd0',
    good: '#1c7440',
    severity: { CRITICAL: '#a8123e', ERROR: '#b23c06', WARNING: '#855d00', INFO: '#2a609c' },
    tint: { CRITICAL: '#fdeaf0', ERROR: '#fdeee6', WARNING: '#fbf2da', INFO: '#e8f0fa' },
  },
  dark: {
    ground: '#101318',
    card: '#181c23',
    text: '#e6e9ee',
    muted: '#9ba4b3',
    line: '#2b313b',
    code: '#11151b',
    accent: '#86aaff',
    good: '#6fcf97',
    severity: { CRITICAL: '#ff7d9c', ERROR: '#ff9d66', WARNING: '#e6bd4a', INFO: '#82b6f0' },
    tint: { CRITICAL: '#3a1723', ERROR: '#38200f', WARNING: '#322808', INFO: '#16273b' },
  },
};

const shapes = `
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif;overflow-wrap:anywhere}
main{max-width:64rem;margin:0 auto;padding:2rem 1.5rem 3rem}
h1,h2,h3,p,ul,ol,dl,dd,table,figure{margin:0;padding:0}
ul,ol{list-style:none}
h1{font-size:1.75rem;line-height:1.2;letter-spacing:-.02em;font-weight:700}
h2{font-size:.8125rem;line-height:1.4;font-weight:650;letter-spacing:.06em;text-transform:uppercase;margin:2.5rem 0 .75rem}
h3{font-size:1.0625rem;line-height:1.35;font-weight:650}
code{font:.8125rem/1.55 ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace}
.when{font-size:.875rem;margin-top:.25rem}
.tiles{display:grid;grid-template-columns:repeat(4,1fr);gap:.75rem;margin-top:1.5rem}
.tiles+.when{margin-top:.75rem}
.tile{border-radius:.75rem;padding:.875rem 1rem;border:1px solid}
.tile b{display:block;font-size:2rem;line-height:1.1;font-weight:700;font-variant-numeric:tabular-nums;letter-spacing:-.02em}
.tile span{font-size:.75rem;font-weight:650;letter-spacing:.05em}
.panel{border:1px solid;border-radius:.75rem;padding:1rem 1.125rem}
.pair{display:grid;grid-template-columns:minmax(0,1fr);gap:.75rem;margin-top:.75rem}
.two{grid-template-columns:minmax(0,2fr) minmax(0,3fr)}
.panel figcaption,.panel .head{font-size:.8125rem;font-weight:600;margin-bottom:.625rem}
figure .head{margin-top:1rem}
svg{display:block;width:100%}
.bars{height:7rem}
.heat{height:1.5rem}
.axis{display:flex;justify-content:space-between;font-size:.75rem;margin-top:.375rem;font-variant-numeric:tabular-nums}
.legend{display:flex;flex-wrap:wrap;gap:.25rem 1rem;font-size:.75rem;margin-top:.5rem}
.key{display:inline-block;width:.625rem;height:.625rem;border-radius:.1875rem;margin-right:.375rem}
.who li{display:grid;grid-template-columns:minmax(0,1fr) auto;gap:0 .75rem;font-size:.875rem;margin-top:.5rem}
.who svg{grid-column:1/3;height:.375rem;border-radius:.1875rem;margin-top:.1875rem}
.who b,.num{font-variant-numeric:tabular-nums;font-weight:500}
.tactics{display:grid;grid-template-columns:repeat(auto-fill,minmax(7.25rem,1fr));gap:.375rem}
.tactics li{border-radius:.5rem;padding:.4375rem .625rem;font-size:.75rem;line-height:1.35;border:1px solid}
.tactics b{display:block;font-variant-numeric:tabular-nums}
.finding{border:1px solid;border-left-width:4px;border-radius:.75rem;padding:1rem 1.125rem 1.125rem;margin-top:.75rem;break-inside:avoid}
.tag{display:inline-block;font-size:.6875rem;line-height:1.5;font-weight:700;letter-spacing:.05em;border-radius:.3125rem;padding:.0625rem .4375rem;white-space:nowrap}
.top{display:flex;flex-wrap:wrap;gap:.375rem .5rem;align-items:center;margin-bottom:.375rem}
.facts{font-size:.875rem;margin-top:.125rem}
.finding>p{margin-top:.5rem}
.entries{border-radius:.5rem;padding:.5rem .75rem;margin-top:.75rem}
.entries li{display:grid;grid-template-columns:auto minmax(0,1fr);gap:0 .75rem;padding:.125rem 0}
.entries code{word-break:break-word}
.do{border-left:3px solid;padding:.125rem 0 .125rem .75rem;margin-top:.75rem}
.also{font-size:.875rem}
details{border-top:1px solid}
details:first-of-type{border-top:0}
summary{display:grid;grid-template-columns:5.75rem minmax(0,1fr) auto;gap:0 .75rem;align-items:baseline;padding:.5rem 0;cursor:pointer;font-size:.9375rem}
summary .tag{justify-self:start}
summary .count::after{content:"\\25be";margin-left:.5rem}
details[open] summary .count::after{content:"\\25b4"}
summary::marker{content:""}
summary::-webkit-details-marker{display:none}
summary:focus-visible{outline:2px solid;outline-offset:2px;border-radius:.25rem}
summary .who-in{font-size:.8125rem}
summary time,summary .count{font-size:.8125rem;white-space:nowrap;text-align:right}
.more{padding:0 0 .875rem}
.more>p{margin-top:.375rem}
.rows{padding-top:.25rem;padding-bottom:.25rem}
.brief{font-size:.875rem;margin-top:.75rem}
.brief li{padding:.1875rem 0}
.brief b{font-weight:600}
.wide{overflow-x:auto}
.wide td:first-child{min-width:13rem}
table{border-collapse:collapse;width:100%;font-size:.875rem}
th{text-align:left;font-weight:600;font-size:.75rem;padding:.5rem .75rem .5rem 0;border-bottom:1px solid}
td{padding:.5rem .75rem .5rem 0;border-bottom:1px solid;vertical-align:top}
tr:last-child td{border-bottom:0}
th:last-child,td:last-child{padding-right:0}
.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.gone li{padding:.25rem 0;font-size:.9375rem}
footer{margin-top:2.5rem;padding-top:1rem;border-top:1px solid;font-size:.8125rem}
footer p{margin-top:.25rem}
@media (max-width:43rem){
main{padding:1.25rem 1rem 2rem}
h1{font-size:1.375rem}
.tiles{grid-template-columns:repeat(2,1fr);gap:.5rem}
.tile{padding:.625rem .75rem}
.tile b{font-size:1.5rem}
.two{grid-template-columns:minmax(0,1fr)}
.finding{padding:.875rem}
.entries li{grid-template-columns:minmax(0,1fr);padding:.25rem 0}
summary{grid-template-columns:minmax(0,1fr) auto;padding:.625rem 0}
summary .count{grid-column:2;grid-row:1}
summary .name{grid-column:1/3}
.tactics{grid-template-columns:repeat(2,minmax(0,1fr))}
.sites td:last-child,.sites th:last-child{display:none}
.logs thead{display:none}
.logs tr{display:flex;flex-wrap:wrap;gap:0 .875rem;padding:.5rem 0;border-bottom:1px solid}
.logs tr:last-child{border-bottom:0}
.logs td{padding:0;border:0}
.logs td:first-child{flex-basis:100%;min-width:0}
.logs td:nth-child(2)::before{content:"Critical "}
.logs td:nth-child(3)::before{content:"Error "}
.logs td:nth-child(4)::before{content:"Warning "}
.logs td:nth-child(5)::before{content:"Info "}
.logs td:nth-child(6):not(:empty)::before{content:"Understood "}
}
@media print{
body{font-size:10.5pt}
main{max-width:none;padding:0}
details::details-content{content-visibility:visible;block-size:auto}
h2{break-after:avoid}
.panel,.tile,details,tr,.brief li{break-inside:avoid}
.rows,.brief,.wide{break-inside:auto}
}`;

const severities = ['CRITICAL', 'ERROR', 'WARNING', 'INFO'] as const;

/** The rules that say which colour goes where. */
function coloured({ ground, card, text, muted, line, code, accent, good, severity, tint }: Palette): string {
  const rules = [
    `body{background:${ground};color:${text}}`,
    `.panel,.finding,.tile{background:${card};border-color:${line}}`,
    `.muted,.when,.facts,.axis,.legend,h2,th,footer,summary .who-in,summary time,summary .count,.entries time{color:${muted}}`,
    `details,td,th,footer,.logs tr{border-color:${line}}`,
    `.logs td::before{color:${muted}}`,
    `.entries{background:${code}}`,
    `.do{border-color:${accent}}`,
    `summary:focus-visible{outline-color:${accent}}`,
    `.tactics li{border-color:${line};color:${muted}}`,
    `.none{fill:${line}}`,
    `.hot{fill:${accent}}`,
    `.good,.new{color:${good}}`,
    `.zero,.zero b{color:${muted}}`,
    `.new{background:transparent;box-shadow:inset 0 0 0 1px}`,
  ];
  const bySeverity = severities.map((name) => {
    const s = name.toLowerCase();
    return `.${s}{fill:${severity[name]}}.tile.${s}:not(.zero) b,.tile.${s}:not(.zero){color:${severity[name]}}.tag.${s}{background:${tint[name]};color:${severity[name]}}.finding.${s}{border-left-color:${severity[name]}}.key.${s}{background:${severity[name]}}.tactics li.${s}{background:${tint[name]};color:${severity[name]};border-color:${tint[name]}}`;
  });
  return [...rules, ...bySeverity].join('\n');
}

/** The style sheet of the page. */
export const styleSheet = `${shapes}
${coloured(palettes.light)}
@media (prefers-color-scheme:dark){
${coloured(palettes.dark)}
}
@media print{
${coloured({ ...palettes.light, ground: '#ffffff' })}
}
`;
