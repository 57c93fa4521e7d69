/** The steps to the next level: who sees to each, by when, and what is done. */
import { day } from "../format.js";
import { html, useState } from "../html.js";
import { Popover } from "../popover.js";
import { SignatureField, signature } from "../signature.js";
import { toastProblem } from "../toasts.js";
import { map as current, take, tick } from "./data.js";

/** @param {{map: Api.MaturityMap}} props */
export function Plan({ map }) {
  const at = map.summary.mostly ?? "I";
  const next = map.plan.find((stage) => stage.from_level === at);
  const others = map.plan.filter((stage) => stage !== next);
  return html`<section class="card maturity-plan" aria-label="What comes next?"><h2>What comes next?</h2>
    <${SignatureField} />
    ${next ? html`<h3>${heading(next)}</h3><${Steps} stage=${next} />` : html`<p class="muted">The last level has no steps beyond it.</p>`}
    ${others.map((stage) => html`<details class="as-table" key=${stage.from_level}><summary>${heading(stage)}</summary><${Steps} stage=${stage} /></details>`)}</section>`;
}

/** @param {Api.PlanStage} stage */
const heading = (stage) => `From ${stage.from_level} to ${stage.to_level} · ${stage.done} of ${stage.steps.length} done`;

/** @param {{stage: Api.PlanStage}} props */
function Steps({ stage }) {
  return html`<ul class="plan-steps">${stage.steps.map((step) => html`<${Step} key=${step.id} stage=${stage} step=${step} />`)}</ul>`;
}

/** @param {{stage: Api.PlanStage, step: Api.PlanStep}} props */
function Step({ stage, step }) {
  const [busy, setBusy] = useState(false);
  const isDone = step.state === "done";
  const onChange = async (/** @type {{currentTarget: HTMLInputElement}} */ event) => {
    const box = event.currentTarget;
    const by = signature.value.trim();
    const on = box.checked ? current.value?.today ?? null : null;
    if (!by) toastProblem("Type your name above: a tick is signed with it.");
    setBusy(true);
    const kept = by && await tick(stage, step, on, by);
    setBusy(false);
    if (!kept) box.checked = isDone;
  };
  return html`<li class=${step.state}><label class="step-tick"><input type="checkbox" checked=${isDone} disabled=${busy} onChange=${onChange} /><span>${step.text}</span></label>
    ${step.parts.length > 0 && html`<ul class="step-parts">${step.parts.map((part) => html`<li key=${part}>${part}</li>`)}</ul>`}
    <div class="step-owner"><span class=${step.state === "overdue" ? "late" : "caption"} dir="auto">${standing(step)}</span>
      ${!isDone && html`<${Popover} className="button link" label=${`Who sees to it: ${step.text}`} button=${step.owner ? "Change" : "Take on"}>
        ${(/** @type {() => void} */ close) => html`<${Take} stage=${stage} step=${step} close=${close} />`}<//>`}</div></li>`;
}

/** @param {Api.PlanStep} step */
function standing(step) {
  if (step.done_on) return `Done ${day(step.done_on)}, ${step.done_by}`;
  if (!step.owner) return "Nobody yet";
  return step.due ? `${step.owner}, ${step.state === "overdue" ? "overdue since" : "by"} ${day(step.due)}` : `${step.owner}, no date`;
}

/** @param {{stage: Api.PlanStage, step: Api.PlanStep, close: () => void}} props */
function Take({ stage, step, close }) {
  const submit = async (/** @type {SubmitEvent & {currentTarget: HTMLFormElement}} */ event) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    if (await take(stage, step, { owner: String(form.get("owner")).trim(), due: String(form.get("due")) || null, by: signature.value })) close();
  };
  const giveUp = async () => {
    if (await take(stage, step, { owner: null, due: null, by: signature.value })) close();
  };
  return html`<form class="small-form" onSubmit=${submit}>
    <label class="field">Who sees to it<input type="text" name="owner" required maxlength="200" autocomplete="off" defaultValue=${step.owner ?? signature.value} aria-label="Who sees to it" /></label>
    <label class="field">By<input type="date" name="due" defaultValue=${step.due ?? ""} aria-label="By" /></label>
    <${SignatureField} />
    <div class="form-buttons"><button type="submit" class="button">Keep</button>${step.owner && html`<button type="button" class="button quiet" onClick=${giveUp}>Nobody any more</button>`}</div></form>`;
}
