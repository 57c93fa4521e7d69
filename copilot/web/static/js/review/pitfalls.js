import { judgePitfall } from "../decisions.js";
import { html } from "../html.js";
import { PitfallDetail } from "../panel/pitfall.js";
import { correctDetails } from "./details.js";
import { isWaiting, known, refused } from "../store.js";

/** What went wrong, where, and what to do instead. */
export function Pitfalls() {
  const list = known().pitfalls.filter((p) => p.state === "open" || p.state === "dismissed");
  const wrong = known().pitfalls.filter((p) => p.state === "wrong").length;
  const unsaid = known().call?.kind === "other";
  return html`${unsaid && html`<p class="nothing">Few pitfalls apply to a call of this kind. <button type="button" class="button" onClick=${correctDetails}>Say what kind it was</button></p>`}
    ${list.length === 0 && !unsaid && html`<p class="nothing">No pitfall was found.</p>`}
    <ul class="pitfall-list">${list.map((p) => html`<li key=${p.id}><${PitfallDetail} pitfall=${p} />
      <button type="button" class="button" onClick=${() => judgePitfall(p.id, "wrong")}>${isWaiting(p.id) ? "waiting" : "Wrong"}</button>
      ${refused.value.get(p.id) && html`<span class="caption problem">${refused.value.get(p.id)}</span>`}</li>`)}</ul>
    ${wrong > 0 && html`<p class="caption">${wrong} marked wrong; ${wrong === 1 ? "it does" : "they do"} not count.</p>`}`;
}
