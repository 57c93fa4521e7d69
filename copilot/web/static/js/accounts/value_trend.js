/** How much value there was, quarter by quarter, and of which kinds. */
import { html, useId } from "../html.js";
import { NO_MONEY_YET, amountOf, currenciesOf, inCurrency, returnsText, sumsText } from "./money.js";
import { report } from "./report.js";
import { useWidth } from "./width.js";

const HEIGHT = 210;
const [TOP, BOTTOM] = [40, 26];
const LINE = 15;
const WIDEST = 72;

export function ValueTrend() {
  const shown = report.value;
  if (!shown) return null;
  const lines = shown.trend;
  const currencies = currenciesOf(lines.flatMap((line) => [...line.agreed, ...line.calculated]));
  return html`<section class="card value-trend" aria-labelledby="trend-title">
    <div class="card-head"><h2 id="trend-title">How much value, and is it growing?</h2></div>
    ${shown.held_back ? html`<p class="muted">${shown.held_back}</p>`
      : currencies.length === 0 ? html`<p class="muted">No sum has been worked out yet. “Work out a value” below makes the first.</p>`
      : html`<${Legend} />${currencies.map((currency) => html`<${Columns} key=${currency ?? ""} lines=${lines} currency=${currency} />`)}<${TrendTable} shown=${shown} />`}
  </section>`;
}

const Legend = () => html`<p class="value-legend caption" aria-hidden="true"><span><i class="key solid"></i>agreed by the customer</span><span><i class="key striped"></i>calculated, not agreed</span><span>low ends; a whisker goes to the high end</span></p>`;

/** @param {{lines: Api.QuarterLine[], currency: string|null}} props */
function Columns({ lines, currency }) {
  const [box, width] = useWidth(240);
  const hatch = useId();
  const sums = lines.map((line) => ({ line, agreed: inCurrency(line.agreed, currency), calculated: inCurrency(line.calculated, currency) }));
  const ends = sums.flatMap(({ agreed, calculated }) => {
    const [a, b] = [agreed ? amountOf(agreed.low) : 0, calculated ? amountOf(calculated.low) : 0];
    return [0, a, b, a + b, (agreed ? amountOf(agreed.high) : 0) + (calculated ? amountOf(calculated.high) : 0)];
  });
  const [least, most] = [Math.min(...ends), Math.max(...ends)];
  const y = (/** @type {number} */ value) => HEIGHT - BOTTOM - ((value - least) / (most - least || 1)) * (HEIGHT - TOP - BOTTOM);
  const step = width / sums.length;
  const thick = Math.min(WIDEST, step * 0.55);
  const label = `By quarter${currency ? ` in ${currency}` : ""}: ${sums.map(({ line, agreed, calculated }) => `${line.title} agreed ${agreed?.text ?? "nothing"}, calculated ${calculated?.text ?? "nothing"}`).join("; ")}`;
  return html`<div ref=${box} class="value-chart"><svg width=${width} height=${HEIGHT} role="img" aria-label=${label}>
    <${Hatch} id=${hatch} />
    ${sums.map(({ line, agreed, calculated }, n) => {
      const middle = step * (n + 0.5);
      const [a, b] = [agreed ? amountOf(agreed.low) : 0, calculated ? amountOf(calculated.low) : 0];
      const from = a > 0 === b > 0 ? a : 0;
      const high = (agreed ? amountOf(agreed.high) : 0) + (calculated ? amountOf(calculated.high) : 0);
      const top = Math.min(y(a), y(from + b), y(high));
      return html`<g key=${line.quarter}>
        ${agreed && html`<${Bar} x=${middle - thick / 2} width=${thick} from=${y(0)} to=${y(a)} />`}
        ${calculated && html`<${Bar} x=${middle - thick / 2} width=${thick} from=${y(from)} to=${y(from + b)} hatch=${hatch} />`}
        ${high > a + b && html`<path class="whisker" d=${`M${middle} ${y(a + b)}V${y(high)}M${middle - 5} ${y(high)}h10`} />`}
        ${[agreed, calculated].filter((sum) => sum !== undefined).reverse().map((sum, n) => html`<text key=${n} x=${middle} y=${top - 6 - n * LINE} text-anchor="middle">${agreed && sum === calculated ? `+ ${sum.low.text}` : sum.low.text}</text>`)}
        <text x=${middle} y=${HEIGHT - 8} text-anchor="middle">${line.title}${line.complete ? "" : " *"}</text></g>`;
    })}
    <line class="axis" x1="0" x2=${width} y1=${y(0)} y2=${y(0)} />
  </svg>${lines.some((line) => !line.complete) && html`<p class="caption">* not over yet</p>`}</div>`;
}

/** The low ends in words. @param {Api.Ranged} [agreed] @param {Api.Ranged} [calculated] */
const total = (agreed, calculated) => (agreed && calculated ? `${agreed.low.text} + ${calculated.low.text}` : (agreed ?? calculated)?.low.text ?? "");

/** @param {{x: number, width: number, from: number, to: number, hatch?: string}} props */
const Bar = ({ x, width, from, to, hatch }) => html`<rect class=${`value-bar ${hatch ? "striped" : "solid"}`} fill=${hatch ? `url(#${hatch})` : undefined} x=${x} width=${width} y=${Math.min(from, to)} height=${Math.abs(from - to)} />`;

/** @param {{id: string}} props */
const Hatch = ({ id }) => html`<pattern id=${id} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="hatching" d="M0 0V6" /></pattern>`;

/** @param {{shown: Api.ReportView}} props */
function TrendTable({ shown }) {
  return html`<table class="value-table by-quarter"><caption class="visually-hidden">Value by quarter</caption>
    <thead><tr><th scope="col">Quarter</th>${COLUMNS.map((column) => html`<th key=${column} scope="col" class="number">${column}</th>`)}</tr></thead>
    <tbody>${shown.trend.map((line) => html`<tr key=${line.quarter}><th scope="row">${line.title}</th>${cells(line).map(([column, words]) => html`<td key=${column} class="number" data-column=${column}>${words}</td>`)}</tr>`)}</tbody></table>
    <p class="caption">Return: ${lowered(shown.return_definition)}</p>`;
}

const COLUMNS = ["Agreed", "Calculated", "Invested", "Return, agreed"];

/** @param {Api.QuarterLine} line */
const cells = (line) => [sumsText(line.agreed), sumsText(line.calculated), sumsText(line.invested), returnsText(line.returns)].map((words, n) => [COLUMNS[n], words]);

/** @param {string} words */
const lowered = (words) => `${words.charAt(0).toLowerCase()}${words.slice(1)}`;

export function ValueKinds() {
  const shown = report.value;
  if (!shown) return null;
  const currencies = currenciesOf(shown.levels.flatMap((level) => [...level.agreed, ...level.calculated]));
  return html`<section class="card value-kinds" aria-labelledby="kinds-title">
    <div class="card-head"><h2 id="kinds-title">Is there only one kind of value, in ${shown.quarter_title}?</h2></div>
    ${shown.held_back ? html`<p class="muted">${NO_MONEY_YET}</p>` : html`
    ${currencies.map((currency) => html`<${LevelBars} key=${currency ?? ""} shown=${shown} currency=${currency} />`)}
    <table class="value-table"><caption class="visually-hidden">Value by kind</caption><thead><tr><th scope="col">Kind</th><th scope="col" class="number">Agreed</th><th scope="col" class="number">Calculated</th></tr></thead>
      <tbody>${shown.kinds.map((kind) => html`<tr key=${kind.formula}><th scope="row">${kind.title}</th><td class="number">${sumsText(kind.agreed)}</td><td class="number">${sumsText(kind.calculated)}</td></tr>`)}</tbody></table>`}
  </section>`;
}

/** The pyramid's levels, the strategic one on top. @param {{shown: Api.ReportView, currency: string|null}} props */
function LevelBars({ shown, currency }) {
  const rows = shown.levels.map((level) => ({ level, agreed: inCurrency(level.agreed, currency), calculated: inCurrency(level.calculated, currency) }));
  const sizes = rows.map(({ agreed, calculated }) => [agreed, calculated].map((sum) => Math.max(0, sum ? amountOf(sum.low) : 0)));
  const most = Math.max(1, ...sizes.map(([a, b]) => a + b));
  const hatch = useId();
  return html`<ul class="level-bars">${rows.map(({ level, agreed, calculated }, n) => {
    const [a, b] = sizes[n].map((size) => (size / most) * 100);
    return html`<li key=${level.id}><span>${level.title}</span>
      <svg width="100%" height="18" aria-hidden="true"><${Hatch} id=${`${hatch}${n}`} /><line class="axis" x1="0.5" x2="0.5" y1="0" y2="18" />
        <rect class="value-bar solid" x="0" y="2" width=${`${a}%`} height="14" /><rect class="value-bar striped" fill=${`url(#${hatch}${n})`} x=${`${a}%`} y="2" width=${`${b}%`} height="14" /></svg>
      <span class="caption">${total(agreed, calculated) || "nothing calculated"}</span></li>`;
  })}</ul>`;
}
