/** The filters, which stand in the address, and what is compared and what is left out. */
import { count } from "../format.js";
import { html } from "../html.js";
import { Icon } from "../icons.js";
import { KINDS } from "../kinds.js";
import { isNarrow } from "../ui.js";
import { choose, filters, query } from "./data.js";
import { criterionTitle, repName, rubricWords } from "./words.js";

const ALL = "\u0000all";
/** @typedef {import("./data.js").Filter} Filter */
/** @type {Record<Filter, string>} */
const NAMES = { from: "From", to: "To", kind: "Kind", rep: "Rep", account: "Account", criterion: "Criterion", rubric: "Rubric" };

/** @param {{team: Api.Overview}} props */
export function FilterBar({ team }) {
  const active = Object.entries(filters.value);
  const fields = html`<${Fields} team=${team} />`;
  return html`<section class="team-filters card" aria-label="Filters">
    ${isNarrow.value ? html`<details><summary>Filters${active.length ? `: ${active.length}` : ""}</summary>${fields}</details>` : fields}
    ${active.length > 0 && html`<ul class="filter-chips" aria-label="Active filters">${active.map(([name, value]) => html`<li key=${name}><button type="button" class="button" aria-label=${`Take off: ${NAMES[/** @type {Filter} */ (name)]} ${worded(name, value)}`}
      onClick=${() => choose(/** @type {Filter} */ (name), null)}><span dir="auto">${NAMES[/** @type {Filter} */ (name)]}: ${worded(name, value)}</span><${Icon} name="close" /></button></li>`)}</ul>`}
    <p class="compared">${compared(team)}</p>
    <a class="button" href=${`/api/team.csv${query()}`} download="team.csv"><${Icon} name="download" />CSV</a>
  </section>`;
}

/** @param {{team: Api.Overview}} props */
function Fields({ team }) {
  const { kinds, reps, accounts, rubrics } = team.choices;
  return html`<div class="filter-fields">
    <${Day} name="from" /><${Day} name="to" />
    <${Choice} name="kind" none=${team.kind ? `${KINDS[team.kind]} (usual)` : "Any"} choices=${kinds.map((kind) => [kind, KINDS[kind]])} />
    <${Choice} name="rep" none="All" choices=${reps.map((rep) => [rep, repName(rep)])} />
    <${Choice} name="account" none="All" choices=${accounts.map((name) => [name, name])} />
    <${Choice} name="criterion" none="All" choices=${team.criteria.map((line) => [line.id, line.title])} />
    <${Choice} name="rubric" none=${team.rubric && !filters.value.rubric ? `${rubricWords(team.rubric)}, newest` : "The newest"} choices=${rubrics.map((rubric) => [rubric, rubricWords(rubric)])} />
  </div>`;
}

/** @param {{name: Filter}} props */
function Day({ name }) {
  const onChange = (/** @type {{currentTarget: HTMLInputElement}} */ event) => choose(name, event.currentTarget.value || null);
  return html`<label class="field">${NAMES[name]}<input type="date" aria-label=${NAMES[name]} name=${name} value=${filters.value[name] ?? ""} onChange=${onChange} /></label>`;
}

/** @param {{name: Filter, none: string, choices: [string, string][]}} props a choice that is not among them stays, so that it can be seen and changed */
function Choice({ name, none, choices }) {
  const chosen = filters.value[name];
  const shown = chosen === undefined || choices.some(([value]) => value === chosen) ? choices : [.../** @type {[string, string][]} */ ([[chosen, chosen]]), ...choices];
  const onChange = (/** @type {{currentTarget: HTMLSelectElement}} */ event) => choose(name, event.currentTarget.value === ALL ? null : event.currentTarget.value);
  return html`<label class="field">${NAMES[name]}<select aria-label=${NAMES[name]} title=${chosen && worded(name, chosen)} name=${name} value=${chosen ?? ALL} onChange=${onChange}>
    <option value=${ALL}>${none}</option>${shown.map(([value, words]) => html`<option key=${value} value=${value}>${words}</option>`)}</select></label>`;
}

/** @param {string} name @param {string} value */
function worded(name, value) {
  switch (name) {
    case "kind": return KINDS[/** @type {Api.CallKind} */ (value)] ?? value;
    case "rep": return repName(value);
    case "criterion": return criterionTitle(value);
    case "rubric": return rubricWords(value);
    default: return value;
  }
}

/** @param {Api.Overview} team */
function compared(team) {
  const what = team.kind ? `${count(team.calls, "call")} compared, all ${KINDS[team.kind]} and scored by ${team.rubric ?? "no rubric"}.` : `${count(team.calls, "call")} compared.`;
  const parts = [what];
  if (team.left_out.length) parts.push(`Left out: ${team.left_out.map((out) => `${out.calls} ${out.why}`).join("; ")}.`);
  if (team.of_unknown_rep) parts.push(`Of ${team.of_unknown_rep} nobody knows who the rep was.`);
  if (team.of_several_reps) parts.push(`${team.of_several_reps} had more than one rep and ${team.of_several_reps === 1 ? "stands" : "stand"} under each.`);
  return parts.join(" ");
}
