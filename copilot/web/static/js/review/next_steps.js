import { html } from "../html.js";
import { state } from "../store.js";
import { nextStepGaps } from "../value_map.js";
import { MapRow } from "../panel/map_row.js";

/** What was agreed, by whom and by when; what is missing is a dashed place. */
export function NextSteps() {
  const steps = state.value.next_steps.filter((s) => s.state !== "rejected" && s.state !== "withdrawn");
  if (!steps.length) return html`<p class="nothing">No next step was heard.</p>`;
  return html`<div class="steps" role="tree" aria-label="Next steps">${steps.map((item, n) => html`<${MapRow} key=${item.id} level=${1} isActive=${n === 0} open=${true}
    node=${{ item, type: "next_step", also: [], gaps: nextStepGaps(item), children: [] }} />`)}</div>`;
}
