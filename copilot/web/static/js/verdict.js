/** An answer in one word, with a sign that does not rest on colour. */
import { html } from "./html.js";

/** @type {Record<Verdict, string>} */
export const VERDICTS = { met: "Met", partly: "Partly", not_met: "Not met", not_observed: "No moment found", not_applicable: "Not applicable" };
/** @type {Record<Verdict, string>} */
const SIGNS = { met: "●", partly: "◐", not_met: "○", not_observed: "·", not_applicable: "–" };

/** @typedef {Api.AnswerBehind["verdict"]} Verdict */

/** @param {{verdict: Verdict}} props */
export function Verdict({ verdict }) {
  return html`<span class=${`verdict ${verdict}`}><span class="verdict-sign" aria-hidden="true">${SIGNS[verdict]}</span>${VERDICTS[verdict]}</span>`;
}
