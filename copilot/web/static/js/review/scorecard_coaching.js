/** What a language model wrote for the rep, where it did; two things done well, and one to work on. */
import { html } from "../html.js";
import { Quote } from "../panel/quote.js";
import { Written } from "./texts.js";

/** @param {{coaching: Api.Coaching}} props */
export function Coaching({ coaching }) {
  const { account, well, work_on: work } = coaching;
  if (!account.length && !well.length && !work) return null;
  return html`<section class="score-coaching" aria-label="Coaching">
    <${Written} title="In short" sentences=${account} />
    ${well.map((praise) => html`<div key=${praise.criterion}><h3>Done well</h3><p>${praise.text}</p><${Quote} evidence=${praise.moment} /></div>`)}
    ${work && html`<div><h3>To work on</h3><p>${work.text}</p><${Quote} evidence=${work.moment} /><p>Ask: “${work.better_question}”</p></div>`}
  </section>`;
}
