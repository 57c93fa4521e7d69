/** The value ledger: a row per promise, and what has become of it. */
import { count } from "../format.js";
import { html } from "../html.js";
import { addressOf, book, entries, reviewed } from "./book.js";
import { PromiseRow } from "./promise_row.js";

export function Promises() {
  const { rows: lines, metrics } = known();
  const rows = lines.filter((row) => row.standing !== "result");
  const results = lines.filter((row) => row.standing === "result");
  const overdue = metrics.filter((metric) => metric.overdue).length;
  const gaps = metrics.reduce((n, metric) => n + (metric.standing === "result" ? 0 : missing(metric).length), 0) + rows.filter((row) => row.standing === "no_metric").length;
  return html`<section class="card promises" aria-labelledby="promises-title">
    <div class="card-head"><div><h2 id="promises-title">${reviewed.value ? "Are the promises kept?" : "What was promised?"}</h2>
      <p class="caption">${[count(rows.length, "promise"), count(gaps, "gap"), overdue && `${count(overdue, "reading")} overdue`].filter(Boolean).join(" · ")}</p></div>
      <span class="spring"></span>
      <div class="exports"><a class="button quiet" href=${addressOf("/ledger.csv")} download>CSV</a><a class="button quiet" href=${addressOf("", { download: "true" })} download>JSON</a></div></div>
    ${rows.length ? html`<${Legend} /><${Rows} rows=${rows} />`
      : html`<p class="muted nothing">What the customer names or takes up on a call stands here: its outcome, its metric, and what has become of it.</p>`}
    ${results.length > 0 && html`<h3 class="results-title">Told at a review, and promised on no call</h3>
      <p class="caption">Results, and no promises. One that was promised in other words goes to its promise with “Same as …”.</p>
      <${Rows} rows=${results} />`}
  </section>`;
}

/** @param {{rows: Api.Row[]}} props */
function Rows({ rows }) {
  return html`<ul class="promise-rows">${rows.map((row) => html`<${PromiseRow} key=${row.metric ?? row.outcome} row=${row} outcome=${outcomeOf(row)} metric=${metricOf(row)} />`)}</ul>`;
}

function Legend() {
  return html`<p class="scale-legend caption" aria-hidden="true">
    <span><svg viewBox="0 0 12 20"><line class="scale-baseline" x1="6" x2="6" y1="1" y2="19" /></svg> baseline</span>
    <span><svg viewBox="0 0 20 20"><circle class="scale-reading" cx="10" cy="10" r="4.5" /></svg> latest reading</span>
    <span><svg viewBox="0 0 20 20"><circle class="scale-target" cx="10" cy="10" r="8" /></svg> target; better is to the right</span></p>`;
}

/** The fields that a metric still lacks. @param {Api.MetricEntry} metric @returns {("baseline"|"target"|"owner"|"cadence")[]} */
export const missing = (metric) => /** @type {const} */ (["baseline", "target", "owner", "cadence"]).filter((field) => !metric[field]);

/** @returns {import("./book.js").Book} */
function known() {
  if (!book.value) throw new Error("the ledger is shown before it has come");
  return book.value;
}

/** @param {Api.Row} row */
const outcomeOf = (row) => /** @type {Api.OutcomeEntry|undefined} */ (entries.value.get(row.outcome ?? ""));
/** @param {Api.Row} row */
const metricOf = (row) => /** @type {Api.MetricEntry|undefined} */ (entries.value.get(row.metric ?? ""));
