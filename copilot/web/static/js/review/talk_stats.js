import { clock, percent } from "../format.js";
import { html } from "../html.js";
import { Icon } from "../icons.js";
import { known, playbook } from "../store.js";

/** @type {["talk_ratio"|"longest_monologue_s"|"longest_customer_story_s"|"patience_s"|"rep_questions"|"switches_per_minute", string, (figure: number|null) => string][]} */
const FIGURES = [
  ["talk_ratio", "Talk ratio", percent],
  ["longest_monologue_s", "Longest monologue", clock],
  ["longest_customer_story_s", "Longest customer story", clock],
  ["patience_s", "Patience", (s) => (s == null ? "—" : `${s.toFixed(1)}\u00a0s`)],
  ["rep_questions", "Questions from you", (n) => (n == null ? "—" : String(n))],
  ["switches_per_minute", "Changes of side", (n) => (n == null ? "—" : `${n.toFixed(1)} a minute`)],
];

/** Talk stats against their usual ranges, each with its source. */
export function TalkStats() {
  const talk = known().talk;
  const figure = (/** @type {typeof FIGURES[number][0]} */ name) => (name === "talk_ratio" && talk.rep_s + talk.customer_s + talk.unknown_s < 60 ? null : talk[name]);
  return html`<div class="table-scroll"><table class="talk-table">
    <thead><tr><th scope="col">Talk</th><th scope="col"><span class="figure-head"><${Icon} name="calculated" label="Calculated" /> This call</span></th><th scope="col">Usual</th></tr></thead>
    <tbody>${FIGURES.map(([name, words, show]) => {
      const range = playbook.value?.talk?.[name];
      return html`<tr key=${name}><th scope="row">${range?.title ?? words}<span class="caption">${range?.meaning ?? ""}</span></th>
        <td class="number">${show(figure(name))}${name === "talk_ratio" && figure(name) != null && html`<span class="caption">${clock(talk.rep_s)} of ${clock(talk.rep_s + talk.customer_s)}</span>`}</td><td>${usual(range, show)}${range?.source && html`<span class="caption">${range.source}</span>`}</td></tr>`;
    })}</tbody></table></div>
    ${talk.estimated && html`<p class="caption">Some times were not in the file and are estimated.</p>`}
    <p class="caption">For coaching, not for employment decisions.</p>`;
}

/** @param {Api.UsualRange|undefined} range @param {(figure: number|null) => string} show */
function usual(range, show) {
  if (!range || (range.low == null && range.high == null)) return html`<span class="muted">not known</span>`;
  if (range.low == null) return `up to ${show(range.high)}`;
  if (range.high == null) return `${show(range.low)} or more`;
  return `${show(range.low)} to ${show(range.high)}`;
}
