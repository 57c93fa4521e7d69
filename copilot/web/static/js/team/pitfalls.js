/** Which pitfalls recur? The share of calls with one, as bars. */
import { count, percent } from "../format.js";
import { html } from "../html.js";
import { ChartCard } from "./chart.js";
import { openSheet } from "./sheet.js";
import { interval, shareOf } from "./words.js";

/** @param {{bars: Api.PitfallBar[], n: number}} props */
export function Pitfalls({ bars, n }) {
  const wrong = bars.reduce((sum, bar) => sum + bar.wrong, 0);
  const note = `Share of ${count(n, "call")} with one; the thin line is the 95 % interval. ${wrong ? `${wrong} that people called wrong ${wrong === 1 ? "is" : "are"} left out.` : "None was called wrong."}`;
  return html`<${ChartCard} question="Which pitfalls recur?" note=${note} className="team-pitfalls" table=${html`<${Table} bars=${bars} />`}>
    ${bars.length === 0 && html`<p class="muted">No pitfall was found in these calls.</p>`}
    <ul class="bars">${bars.map((bar) => html`<li key=${bar.kind}><button type="button" class="bar-line" aria-label=${told(bar)} onClick=${() => open(bar)}><span class="bar-title">${bar.title}</span><span class="bar-words">${shareOf(bar, bar.calls, bar.n)} <span class="caption">n ${bar.n}</span></span>
      <${Bar} bar=${bar} /></button></li>`)}</ul><//>`;
}

/** @param {Api.PitfallBar} bar */
function told(bar) {
  const parts = [`${bar.title}: in ${bar.calls} of ${count(bar.n, "call")}`];
  if (bar.share !== null) parts.push(`${percent(bar.share)}, 95 % interval ${interval(bar)}`);
  if (bar.wrong) parts.push(`${bar.wrong} called wrong and left out`);
  return parts.join("; ");
}

/** @param {{bar: Api.PitfallBar}} props */
function Bar({ bar }) {
  const at = (/** @type {number} */ share) => `${share * 100}%`;
  return html`<svg class=${`bar ${bar.share === null ? "few" : ""}`} height="14" aria-hidden="true"><rect class="bar-ground" x="0" y="1" width="100%" height="8"></rect>
    <rect class="bar-share" x="0" y="1" width=${at(bar.share ?? bar.calls / Math.max(1, bar.n))} height="8"></rect>
    ${bar.low !== null && bar.high !== null && html`<line class="whisker" x1=${at(bar.low)} x2=${at(bar.high)} y1="12" y2="12"></line>`}</svg>`;
}

/** @param {Api.PitfallBar} bar */
const open = (bar) => openSheet(bar.title, `${told(bar)}.${bar.instead ? ` Instead: ${bar.instead}` : ""}`, { pitfall: bar.kind });

/** @param {{bars: Api.PitfallBar[]}} props */
function Table({ bars }) {
  return html`<table><thead><tr><th scope="col">Pitfall</th><th scope="col">Calls</th><th scope="col">Share</th><th scope="col">95 % interval</th><th scope="col">Called wrong</th></tr></thead>
    <tbody>${bars.map((bar) => html`<tr key=${bar.kind}><th scope="row">${bar.title}</th><td>${bar.calls} of ${bar.n}</td><td>${percent(bar.share)}</td><td>${interval(bar) || "—"}</td><td>${bar.wrong}</td></tr>`)}</tbody></table>`;
}
