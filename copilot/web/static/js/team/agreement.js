/** Can I trust the scores? What people answered, against the automatic answers they had before them. */
import { count, day, percent } from "../format.js";
import { html } from "../html.js";
import { VERDICTS } from "../verdict.js";
import { ChartCard } from "./chart.js";
import { interval } from "./words.js";

const SCALE = /** @type {const} */ (["met", "partly", "not_met"]);

/** @param {{agreement: Api.Agreement}} props */
export function Agreement({ agreement }) {
  const { overall, criteria, disagreements, enough } = agreement;
  const note = `${agreement.who_was_asked} Under ${enough} scored by both there are counts only.`;
  return html`<${ChartCard} question="Can I trust the scores?" note=${note} className="team-agreement" table=${html`<${Table} rows=${[overall, ...criteria]} />`}>
    ${criteria.length === 0 ? html`<p class="muted">Nobody has answered a criterion yet. Overriding an answer, or choosing the same one, in a call's scorecard counts here.</p>`
      : html`<ul class="bars">${[overall, ...criteria].map((row) => html`<${Row} key=${row.criterion ?? ""} row=${row} />`)}</ul>`}
    ${disagreements.length > 0 && html`<details class="as-table"><summary>${count(disagreements.length, "disagreement")}</summary><ul class="disagreements">${disagreements.map((one) => html`<${Disagreement} key=${`${one.call} ${one.criterion}`} one=${one} />`)}</ul></details>`}<//>`;
}

/** @param {Api.Agreed} row */
function told(row) {
  if (!row.n) return `scored by both in none${beside(row)}`;
  const figures = row.share === null ? "" : `, ${percent(row.share)} (${interval(row)})${row.kappa === null ? "" : `, κ ${row.kappa.toFixed(2)}`}`;
  return `${row.agreed} of ${row.n} the same${figures}${beside(row)}`;
}

/** @param {Api.Agreed} row */
const beside = (row) => (row.beside ? `; in ${row.beside} more one of the two saw no moment, or that it does not apply` : "");

/** @param {{row: Api.Agreed}} props */
function Row({ row }) {
  const at = (/** @type {number} */ share) => `${2 + share * 96}%`;
  return html`<li><details class="agreed"><summary><span class="bar-title">${row.title}</span><span class="agreed-words">${told(row)}</span>
    ${row.share !== null && row.low !== null && row.high !== null && html`<svg class="bar" height="14" aria-hidden="true"><line class="strip-line" x1=${at(0)} x2=${at(1)} y1="7" y2="7"></line><line class="whisker" x1=${at(row.low)} x2=${at(row.high)} y1="7" y2="7"></line><circle class="dot-mark" cx=${at(row.share)} cy="7" r="4.5"></circle></svg>`}</summary>
    <${Counts} row=${row} /></details></li>`;
}

/** @param {{row: Api.Agreed}} props */
function Counts({ row }) {
  return html`<div class="table-scroll"><table class="counts"><caption>Automatic answer by row, a person's by column</caption><thead><tr><td></td>${SCALE.map((person) => html`<th scope="col" key=${person}>${VERDICTS[person]}</th>`)}</tr></thead>
    <tbody>${SCALE.map((automatic, r) => html`<tr key=${automatic}><th scope="row">${VERDICTS[automatic]}</th>${SCALE.map((person, c) => html`<td key=${person} class=${r === c ? "same" : ""}>${row.counts[r][c]}</td>`)}</tr>`)}</tbody></table></div>`;
}

/** @param {{one: Api.Disagreement}} props */
function Disagreement({ one }) {
  const opens = `/calls/${encodeURIComponent(one.call)}${one.moment ? `?u=${one.moment.utterance}` : ""}`;
  return html`<li><p><a href=${opens} dir="auto">${one.call_title}</a> · ${one.title} <span class="caption">${day(one.at)}</span></p>
    <p>Automatic: <b>${VERDICTS[one.automatic]}</b>, ${one.why}.</p><p><span dir="auto">${one.by}</span>: <b>${VERDICTS[one.person]}</b>, <span dir="auto">${one.reason}</span></p>
    ${one.moment && html`<blockquote dir="auto">“${one.moment.quote}”</blockquote>`}</li>`;
}

/** @param {{rows: Api.Agreed[]}} props */
function Table({ rows }) {
  return html`<table><thead><tr><th scope="col">Criterion</th><th scope="col">The same</th><th scope="col">Share</th><th scope="col">95 % interval</th><th scope="col">κ</th><th scope="col">One saw none</th></tr></thead>
    <tbody>${rows.map((row) => html`<tr key=${row.criterion ?? ""}><th scope="row">${row.title}</th><td>${row.agreed} of ${row.n}</td><td>${percent(row.share)}</td><td>${interval(row) || "—"}</td><td>${row.kappa === null ? "—" : row.kappa.toFixed(2)}</td><td>${row.beside}</td></tr>`)}</tbody></table>`;
}
