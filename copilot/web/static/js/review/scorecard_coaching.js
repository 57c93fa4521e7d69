/** Two things done well, and one to work on. */
import { html } from "../html.js";
import { Quote } from "../panel/quote.js";

/** @param {{coaching: Api.Coaching}} props */
export function Coaching({ coaching }) {
  const { well, work_on: work } = coaching;
  if (!well.length && !work) return null;
  return html`<section class="score-coaching" aria-label="Coaching">
    ${well.map((praise) => html`<div key=${praise.criterion}><h3>Done well</h3><p>${praise.text}</p><${Quote} evidence=${praise.moment} /></div>`)}
    ${work && html`<div><h3>To work on</h3><p>${work.text}</p><${Quote} evidence=${work.moment} /><p>Ask: “${work.better_question}”</p></div>`}
  </section>`;
}
