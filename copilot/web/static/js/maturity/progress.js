/** How far has it come between two points: days on which something was placed, and closed assessments. */
import { day } from "../format.js";
import { html } from "../html.js";
import { Popover } from "../popover.js";
import { SignatureField, signature } from "../signature.js";
import { close as closeAssessment, compare, compared } from "./data.js";

/** @param {{map: Api.MaturityMap}} props */
export function Progress({ map }) {
  const { progress, points } = map;
  return html`<section class="card maturity-progress" aria-label="How far has it come?"><h2>How far has it come?</h2>
    ${points.length > 0 && html`<div class="compared-points"><${Point} words="From" name="since" points=${points} value=${compared.value.since || progress?.before.id || ""} />
      <${Point} words="To" name="until" points=${points} value=${compared.value.until || "now"} /></div>`}
    ${progress ? html`<p>${progress.says}</p><${Moves} progress=${progress} />` : html`<p class="muted">Nothing earlier to compare with yet.</p>`}
    ${points.length > 0 && html`<div class="form-buttons"><${Popover} className="button" label="Close an assessment" button="Close assessment …">
      ${(/** @type {() => void} */ close) => html`<${Close} today=${map.today} close=${close} />`}<//></div>`}</section>`;
}

/** @param {{words: string, name: "since"|"until", points: Api.ProgressPoint[], value: string}} props */
function Point({ words, name, points, value }) {
  const onChange = (/** @type {{currentTarget: HTMLSelectElement}} */ event) => compare({ [name]: event.currentTarget.value });
  return html`<label class="field">${words}<select aria-label=${words} value=${value} onChange=${onChange}>
    ${!value && html`<option value="">—</option>`}${points.map((point) => html`<option key=${point.id} value=${point.id}>${pointWords(point)}</option>`)}</select></label>`;
}

/** @param {Api.ProgressPoint} point */
function pointWords(point) {
  if (point.id === "now") return point.words;
  return point.words ? `${point.words}, ${day(point.on)}` : day(point.on);
}

/** @param {{progress: Api.MaturityProgress}} props */
function Moves({ progress }) {
  return html`${progress.moves.length > 0 && html`<table class="moves"><thead><tr><th scope="col">Dimension</th><th scope="col">Before</th><th scope="col">After</th></tr></thead>
    <tbody>${progress.moves.map((move) => html`<tr key=${move.dimension}><th scope="row">${move.title}</th><td>${move.before ?? "—"}</td><td>${move.after ?? "—"}${direction(move)}</td></tr>`)}</tbody></table>`}
    ${progress.steps_done.length > 0 && html`<p class="caption">Steps done in that time: ${progress.steps_done.length}.</p><ul class="steps-done">${progress.steps_done.map((step) => html`<li key=${step}>${step}</li>`)}</ul>`}`;
}

/** @param {Api.MaturityMove} move */
function direction(move) {
  if (move.by === null) return "";
  const levels = Math.abs(move.by) === 1 ? "1 level" : `${Math.abs(move.by)} levels`;
  return html` <span class="caption">${levels} ${move.by > 0 ? "up" : "down"}</span>`;
}

/** @param {{today: string, close: () => void}} props */
function Close({ today, close }) {
  const submit = async (/** @type {SubmitEvent & {currentTarget: HTMLFormElement}} */ event) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    if (await closeAssessment({ name: String(form.get("name")).trim(), on: String(form.get("on")), by: signature.value })) close();
  };
  return html`<form class="small-form" onSubmit=${submit}><p>What stands by that day can be compared under this name from then on, whatever is placed later.</p>
    <label class="field">Name<input type="text" name="name" required maxlength="200" placeholder="Spring 2026" autocomplete="off" aria-label="Name" /></label>
    <label class="field">As of<input type="date" name="on" required max=${today} defaultValue=${today} aria-label="As of" /></label>
    <${SignatureField} /><button type="submit" class="button">Close assessment</button></form>`;
}
