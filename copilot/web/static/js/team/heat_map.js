/** Who needs what? Each rep by each criterion: the share that met it, and in how many calls it was seen. */
import { count } from "../format.js";
import { html } from "../html.js";
import { isNarrow } from "../ui.js";
import { openSheet } from "./sheet.js";
import { criterionTitle, interval, repName, shareOf } from "./words.js";

/** @param {{team: Api.Overview}} props */
export function HeatMap({ team }) {
  const map = team.heat_map;
  const rows = [map.team, ...map.rows];
  return html`<section class="card team-card team-heat" aria-label="Who needs what?"><h2>Who needs what?</h2>
    <p class="caption">Each figure: in how many per cent of the calls a criterion was met. “${isNarrow.value ? "+ 2 partly" : "2◐"}”: in two more it was partly met. At the bottom: in how many calls it was seen at all. With fewer than ${team.few} calls there is a fraction instead, hatched and without colour.</p>
    ${isNarrow.value ? html`<${Lists} rows=${rows} />` : html`<${Grid} rows=${rows} />`}</section>`;
}

/** @param {Api.HeatRow} row @param {Api.Cell} cell */
const open = (row, cell) => openSheet(`${repName(row.rep)}: ${criterionTitle(cell.criterion)}`, told(cell), { criterion: cell.criterion, ...(row.rep === null ? {} : { rep: row.rep }) });

/** A cell in words. @param {Api.Cell} cell */
function told(cell) {
  const parts = [cell.n ? `met in ${cell.met} of ${count(cell.n, "call")}` : "seen in no call"];
  if (cell.share !== null) parts.push(`${shareOf(cell, cell.met, cell.n)}, 95 % interval ${interval(cell)}`);
  if (cell.partly) parts.push(`partly in ${cell.partly}`);
  if (cell.not_observed) parts.push(`no moment found in ${cell.not_observed} more`);
  if (cell.not_applicable) parts.push(`${cell.not_applicable} where it does not apply`);
  return parts.join("; ");
}

/** @param {Api.Cell} cell */
const look = (cell) => (cell.level === null ? `heat-cell few${cell.n ? "" : " none"}` : `heat-cell heat-${cell.level}`);

/** @param {{rows: Api.HeatRow[]}} props */
function Grid({ rows }) {
  return html`<div class="heat-scroll" tabindex="0" role="group" aria-label="Rep by criterion"><table class="heat-table">
    <thead><tr><th scope="col">Rep</th>${rows[0].cells.map((cell) => html`<th scope="col" key=${cell.criterion}><span>${criterionTitle(cell.criterion)}</span></th>`)}</tr></thead>
    <tbody>${rows.map((row) => html`<tr key=${row.rep ?? "team"} class=${row.rep === null ? "whole-team" : ""}><th scope="row"><span class="rep-name" dir="auto">${repName(row.rep)}</span><span class="caption">${count(row.calls, "call")}</span></th>
      ${row.cells.map((cell) => html`<td key=${cell.criterion}><button type="button" class=${look(cell)} title=${told(cell)} aria-label=${`${repName(row.rep)}, ${criterionTitle(cell.criterion)}: ${told(cell)}`} onClick=${() => open(row, cell)}>
        <b>${figure(cell)}</b>${cell.partly > 0 && html`<span class="heat-partly">${cell.partly}◐</span>`}<span class="heat-n">${cell.n}</span></button></td>`)}</tr>`)}</tbody></table></div>`;
}

/** @param {Api.Cell} cell */
function figure(cell) {
  if (cell.share !== null) return Math.round(cell.share * 100);
  return cell.n ? `${cell.met}/${cell.n}` : "–";
}

/** @param {{rows: Api.HeatRow[]}} props */
function Lists({ rows }) {
  return html`<div class="heat-lists">${rows.map((row) => html`<details key=${row.rep ?? "team"} open=${row.rep === null}><summary><span dir="auto">${repName(row.rep)}</span><span class="caption">${count(row.calls, "call")}</span></summary>
    <ul>${row.cells.map((cell) => html`<li key=${cell.criterion}><button type="button" class="heat-line" aria-label=${`${criterionTitle(cell.criterion)}: ${told(cell)}`} onClick=${() => open(row, cell)}><span>${criterionTitle(cell.criterion)}</span>
      <span class=${look(cell)}><b>${cell.n ? shareOf(cell, cell.met, cell.n) : "–"}</b>${cell.partly > 0 && html`<span class="heat-partly">+ ${cell.partly} partly</span>`}<span class="heat-n">n ${cell.n}</span></span></button></li>`)}</ul></details>`)}</div>`;
}
