/** Which parts of the conversation have been touched: the playbook's stages, always in the same place. */
import { html } from "../html.js";
import { stage } from "../playbook.js";
import { Popover } from "../popover.js";
import { known, state } from "../store.js";
import { Earlier } from "./pitfall.js";
import { Quotes } from "./quote.js";

const WORDS = { untouched: "not touched", thin: "thin", covered: "covered" };
const NAMED = 3;

/** The stage of the last utterance that has one; a backchannel has its running stage. @param {Api.Said[]} utterances */
function currentStage(utterances) {
  const last = utterances.findLast((u) => u.stage);
  if (!last) return null;
  return last.stage === "other" ? last.also[0] ?? "other" : last.stage;
}

export function Coverage() {
  const stages = state.value?.stages ?? [];
  const now = currentStage(state.value?.utterances ?? []);
  return html`<section class="coverage" aria-label="Coverage">
    <div class="cells">${stages.map((s) => html`<${Cell} key=${s.stage} covered=${s} isNow=${s.stage === now} />`)}</div>
    <div class="coverage-line"><p>${now ? html`Now: <b>${stage(now).short}</b> · ` : ""}${openWords(stages)}</p><${Earlier} /></div>
  </section>`;
}

/** @param {Api.StageCoverage[]} stages */
function openWords(stages) {
  const open = stages.filter((s) => s.coverage === "untouched").map((s) => stage(s.stage).short);
  if (!stages.length) return "";
  if (open.length === stages.length) return "nothing touched yet";
  if (!open.length) return "every stage touched";
  const rest = open.length > NAMED ? ` +${open.length - NAMED}` : "";
  return `open: ${open.slice(0, NAMED).join(", ")}${rest}`;
}

/** @param {{covered: Api.StageCoverage, isNow: boolean}} props */
function Cell({ covered, isNow }) {
  const { code, title, slot, hatch } = stage(covered.stage);
  const words = `${title}: ${WORDS[covered.coverage]}${isNow ? ", now" : ""}`;
  const mark = covered.coverage === "covered" ? html`<span class="tick">✓</span>` : null;
  return html`<${Popover} className=${`cell ${covered.coverage} ${hatch ? "hatch" : ""} ${isNow ? "now" : ""}`} label=${words} title=${words}
    attrs=${{ "data-slot": slot }} button=${html`<span aria-hidden="true">${code}${mark}</span>`}><${StageDetail} covered=${covered} /><//>`;
}

/** Purpose, three things to ask, quotes so far. @param {{covered: Api.StageCoverage}} props */
function StageDetail({ covered }) {
  const { title, purpose, questions } = stage(covered.stage);
  const said = covered.utterances.map((i) => known().utterances[i]).filter((u) => u.role !== "rep").slice(-3);
  return html`<h2>${title} <span class="muted">· ${WORDS[covered.coverage]}</span></h2>
    <p class="muted">${purpose}</p>
    ${questions.length > 0 && html`<h3>Ask</h3><ul class="bulleted">${questions.slice(0, 3).map((q) => html`<li key=${q}>${q}</li>`)}</ul>`}
    <h3>So far</h3>
    ${said.length ? html`<${Quotes} evidence=${said.map((u) => ({ utterance: u.i, quote: u.text }))} />` : html`<p class="muted">Nothing from the customer yet.</p>`}`;
}
