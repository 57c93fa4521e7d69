import { html } from "../html.js";
import { AddButton, Kept } from "../panel/add_here.js";
import { active, onTreeKey } from "../panel/map_actions.js";
import { useKeptFocus } from "../panel/kept_focus.js";
import { MapRow } from "../panel/map_row.js";
import { SetAside } from "../panel/set_aside.js";
import { known } from "../store.js";
import { nextStepGaps, stands } from "../value_map.js";

/** What was agreed, by whom and by when; what is missing is a dashed place. */
export function NextSteps() {
  const steps = known().next_steps;
  /** @type {import("../value_map.js").NextStepNode[]} */
  const rows = steps.filter(stands).map((item) => ({ item, type: "next_step", also: [], gaps: nextStepGaps(item), children: [] }));
  const keptFocus = useKeptFocus(rows.map((n) => n.item.id));
  const first = rows.find((n) => n.item.id === active.value) ?? rows[0];
  return html`<div class="add-bar"><${AddButton} kind="next_step" /></div>${rows.length
      ? html`<div class="steps" role="tree" aria-label="Next steps" onKeyDown=${(/** @type {KeyboardEvent} */ event) => onTreeKey(event, rows)} ...${keptFocus}>
          ${rows.map((node) => html`<${MapRow} key=${node.item.id} level=${1} isActive=${node === first} open=${true} node=${node} />`)}</div>`
      : html`<p class="nothing">No next step was heard.</p>`}
    <${Kept} kinds=${["next_step"]} />
    <${SetAside} entries=${steps.filter((s) => !stands(s)).map((item) => ({ item, type: "next_step" }))} />`;
}
