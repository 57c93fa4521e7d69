/** What was different when the call was scored before. */
import { count, day } from "../format.js";
import { html } from "../html.js";

/** @param {{changed: NonNullable<Api.ScorecardView["changed"]>}} props */
export function Changes({ changed }) {
  const { from, to, answers } = changed;
  const rubric = from.rubric === to.rubric ? "" : `, by ${from.rubric} then and ${to.rubric} now`;
  return html`<details class="as-table score-changes"><summary>What changed since it was scored ${day(from.at)}${rubric}: ${answers.length ? count(answers.length, "answer") : "nothing"}</summary>
    ${answers.length > 0 && html`<div class="table-scroll"><table><thead><tr><th scope="col">Criterion</th><th scope="col">Before</th><th scope="col">Now</th><th scope="col">Why</th></tr></thead>
      <tbody>${answers.map((change) => html`<tr key=${change.criterion}><th scope="row">${change.title}</th><td>${change.before ?? "not asked"}</td><td>${change.after ?? "not asked"}</td><td dir="auto">${change.why}</td></tr>`)}</tbody></table></div>`}
  </details>`;
}
