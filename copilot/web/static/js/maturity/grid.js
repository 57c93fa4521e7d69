/** The dimensions by the levels: a table where there is room, a list with a choice per dimension where there is not. */
import { html, useState } from "../html.js";
import { Icon } from "../icons.js";
import { Popover } from "../popover.js";
import { isNarrow } from "../ui.js";
import { Facts } from "./facts.js";
import { PlaceForm } from "./place_form.js";

/** @type {Api.MaturityLevel["numeral"][]} */
const LEVELS = ["I", "II", "III", "IV", "V"];

/** @param {{map: Api.MaturityMap}} props */
export function Grid({ map }) {
  return html`<section class="card maturity-grid" aria-label="Where does each dimension stand?"><h2>Where does each dimension stand?</h2>
    ${isNarrow.value ? html`<${Lists} map=${map} />` : html`<${Table} map=${map} />`}</section>`;
}

/** @param {{map: Api.MaturityMap}} props */
function Table({ map }) {
  return html`<p class="caption">Choose a cell to place a dimension, with a note or a quote. <span class="key-chosen">Filled</span>: where it stands; <span class="key-next">dashed</span>: next; <${Icon} name="calculated" /> what calls speak for. What nobody placed is blank.</p>
    <table class="level-table"><thead><tr><td></td>${map.levels.map((level) => html`<th scope="col" key=${level.numeral} title=${level.motto}><b>${level.numeral}</b> ${level.name}<span class="caption">${level.equation}</span></th>`)}</tr></thead>
    ${map.groups.map((group) => html`<tbody key=${group.id}><tr class="group-row"><th scope="rowgroup" colspan="6">${group.title}</th></tr>
      ${group.dimensions.map((line) => html`<tr key=${line.id}><th scope="row"><span class="dimension-title">${line.title}</span><${Facts} line=${line} /></th>
        ${LEVELS.map((level) => html`<td key=${level}><${Cell} line=${line} level=${level} /></td>`)}</tr>`)}</tbody>`)}</table>`;
}

/** Of a row's cells one can be tabbed to; arrows go on from there. @param {{line: Api.MaturityDimension, level: Api.MaturityLevel["numeral"]}} props */
function Cell({ line, level }) {
  const at = line.standing?.level ?? null;
  const isChosen = level === at;
  const speaks = line.proposal?.level === level;
  const look = isChosen ? `chosen heat-${LEVELS.indexOf(level) + 1}` : level === line.next ? "next" : "";
  const state = `${isChosen ? ", where it stands" : level === line.next ? ", next" : ""}${speaks ? ", what calls speak for" : ""}`;
  const attrs = { tabindex: level === (at ?? "I") ? 0 : -1, onKeyDown: move };
  const words = html`<span class="cell-content"><span class="visually-hidden">${line.short}, ${level}${state}: </span>
    ${(isChosen || speaks) && html`<span class="cell-marks">${isChosen && html`<${Icon} name="ring-full" />`}${speaks && html`<${Icon} name="calculated" />`}</span>`}<span class="cell-text">${line.levels[level]}</span></span>`;
  return html`<${Popover} className=${`level-cell ${look}`} title=${`Place ${line.short} at ${level}`} button=${words} attrs=${attrs}>
    ${(/** @type {() => void} */ close) => html`<${PlaceForm} line=${line} level=${level} done=${close} />${isChosen && html`<${Withdraw} line=${line} close=${close} />`}`}<//>`;
}

/** @param {KeyboardEvent & {currentTarget: HTMLElement}} event */
function move(event) {
  const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
  const cell = event.currentTarget.closest("td");
  const row = cell?.parentElement;
  if (!steps || !cell || !row) return;
  event.preventDefault();
  const rows = [...(row.closest("table")?.querySelectorAll("tbody tr:not(.group-row)") ?? [])];
  const cells = rows[rows.indexOf(row) + steps[1]]?.querySelectorAll(".level-cell");
  const place = [...row.querySelectorAll("td")].indexOf(cell) + steps[0];
  /** @type {HTMLElement|undefined} */ (cells?.[place])?.focus();
}

/** @param {{line: Api.MaturityDimension, close: () => void}} props */
function Withdraw({ line, close }) {
  const [asked, setAsked] = useState(false);
  if (asked) return html`<hr /><${PlaceForm} line=${line} level=${null} done=${close} />`;
  return html`<button type="button" class="button link" onClick=${() => setAsked(true)}>Not assessed, after all</button>`;
}

/** @param {{map: Api.MaturityMap}} props */
function Lists({ map }) {
  return html`${map.groups.map((group) => html`<div class="dimension-group" key=${group.id}><h3>${group.title}</h3><ul>${group.dimensions.map((line) => html`<${Choice} key=${line.id} line=${line} levels=${map.levels} />`)}</ul></div>`)}`;
}

/** @param {{line: Api.MaturityDimension, levels: Api.MaturityLevel[]}} props */
function Choice({ line, levels }) {
  const [wanted, setWanted] = useState(/** @type {Api.MaturityLevel["numeral"]|""|null} */ (null));
  const at = line.standing?.level ?? "";
  const shown = wanted ?? at;
  const choose = (/** @type {{currentTarget: HTMLSelectElement}} */ event) => {
    const chosen = /** @type {Api.MaturityLevel["numeral"]|""} */ (event.currentTarget.value);
    setWanted(chosen === at ? null : chosen);
  };
  return html`<li class="dimension-choice"><label class="field"><span class="dimension-title">${line.title}</span>
      <select class=${at && shown === at ? `heat-${LEVELS.indexOf(at) + 1}` : ""} aria-label=${line.title} value=${shown} onChange=${choose}>
        <option value="">Not assessed</option>${levels.map(({ numeral, name }) => html`<option key=${numeral} value=${numeral}>${numeral} · ${name}${numeral === line.next ? " (next)" : ""}${numeral === line.proposal?.level ? " (calls speak for it)" : ""}</option>`)}</select></label>
    ${wanted !== null ? html`<div class="inline-form"><${PlaceForm} line=${line} level=${wanted || null} done=${() => setWanted(null)} /></div>`
      : html`${at && html`<p>${line.levels[at]}</p>`}${line.gap && html`<p class="next-words"><b>Next, ${line.next}:</b> ${line.gap}</p>`}<${Facts} line=${line} />`}</li>`;
}
