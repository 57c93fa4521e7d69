/** What a changed playbook would make of a call that has taken place. */
import { ask } from "../ask.js";
import { clock, count } from "../format.js";
import { html, signal, useEffect, wordsOf } from "../html.js";
import { pitfallRule, stage } from "../playbook.js";
import { speakerName } from "../panel/quote.js";
import { calls } from "./known.js";

/** @typedef {{call: string, difference: Api.Difference, said: Api.Said[]}} Tried */

const chosen = signal("");
const tried = signal(/** @type {Tried|null} */ (null));
const busy = signal(false);
const trouble = signal("");

export function forgetPreview() {
  tried.value = null;
  trouble.value = "";
}

/** @param {string} part @param {string} text @param {() => Promise<boolean>} isRight */
async function preview(part, text, isRight) {
  if (busy.value || !chosen.value) return;
  busy.value = true;
  forgetPreview();
  try {
    if (!await isRight()) return;
    const call = chosen.value;
    const difference = /** @type {Api.Difference} */ (await ask(`/api/settings/playbook/${part}/preview`, { text, call }));
    const { state } = /** @type {{state: Api.State}} */ (await ask(`/api/calls/${encodeURIComponent(call)}`));
    tried.value = { call, difference, said: state.utterances };
  } catch (error) {
    trouble.value = wordsOf(error);
  } finally {
    busy.value = false;
  }
}

/** @param {{part: string, text: string, isRight: () => Promise<boolean>}} props `isRight` checks the text first */
export function Preview({ part, text, isRight }) {
  useEffect(() => { chosen.value ||= calls.value[0]?.id ?? ""; }, [calls.value]);
  if (!calls.value.length) return html`<p class="caption">Once there is a call, a change can be tried on it here.</p>`;
  return html`<div class="preview">
    <h3>Try the change on a call</h3>
    <div class="preview-choice"><label for="preview-call">Call</label>
      <select id="preview-call" onChange=${(/** @type {{currentTarget: HTMLSelectElement}} */ event) => { chosen.value = event.currentTarget.value; forgetPreview(); }}>
        ${calls.value.map((call) => html`<option key=${call.id} value=${call.id} selected=${call.id === chosen.value}>${call.title ?? call.id}</option>`)}</select>
      <button type="button" class="button" aria-disabled=${busy.value} onClick=${() => preview(part, text, isRight)}>${busy.value ? "Working it out…" : "See what would differ"}</button></div>
    <div role="status">${trouble.value && html`<p class="problem">${trouble.value}</p>`}${tried.value && html`<${Differences} tried=${tried.value} />`}</div>
  </div>`;
}

/** @param {{tried: Tried}} props */
function Differences({ tried: { call, difference, said } }) {
  const { stages, coverage, pitfalls, questions, items } = difference;
  const sum = stages.length + coverage.length + pitfalls.length + questions.length + items.length;
  const at = (/** @type {number} */ i) => html`<${Moment} call=${call} said=${said} i=${i} />`;
  if (!sum) return html`<p>Nothing would differ in the ${count(difference.utterances, "utterance")} of this call.</p>`;
  return html`<p>Worked out afresh with each of the two, without what people decided on the call.</p>
    <${Group} title="Stage of an utterance" entries=${stages.map((c) => html`${named(c.before)} → <b>${named(c.after)}</b> ${at(c.utterance)}`)} />
    <${Group} title="Coverage" entries=${coverage.map((c) => html`${named(c.stage)}: ${c.before} → <b>${c.after}</b>`)} />
    <${Group} title="Pitfalls" entries=${pitfalls.map((t) => html`<${Sign} turn=${t} /> ${pitfallRule(t.kind).title}: <span dir="auto">${t.text}</span> ${at(t.utterance)}`)} />
    <${Group} title="Questions" entries=${questions.map((t) => html`<${Sign} turn=${t} /> <span dir="auto">${t.text}</span> ${at(t.utterance)}`)} />
    <${Group} title="Value map and next steps" entries=${items.map((t) => html`<${Sign} turn=${t} /> ${t.kind.replace("_", " ")}: <span dir="auto">${t.text}</span> ${at(t.utterance)}`)} />`;
}

/** @param {string|null} id of a stage */
const named = (id) => (id ? stage(id).title : "no stage");

/** @param {{title: string, entries: any[]}} props */
function Group({ title, entries }) {
  if (!entries.length) return null;
  return html`<section class="differences"><h4>${title} (${entries.length})</h4><ul>${entries.map((entry, n) => html`<li key=${n}>${entry}</li>`)}</ul></section>`;
}

/** @param {{turn: Api.Turn}} props */
function Sign({ turn }) {
  return html`<span class=${`turn ${turn.turn}`}>${turn.turn === "come" ? "+ new" : "− gone"}</span>`;
}

/** Who said what then, opening the call there. @param {{call: string, said: Api.Said[], i: number}} props */
function Moment({ call, said, i }) {
  const u = said[i];
  if (!u) return null;
  const when = u.start_s == null ? `utterance ${i + 1}` : clock(u.start_s);
  return html`<span class="caption moment"><a href=${`/calls/${encodeURIComponent(call)}?u=${i}`}>${when}</a> <span dir="auto">${speakerName(u)}: “${u.text}”</span></span>`;
}
