/** Words and their moment: the ground of every claim. */
import { clock, count } from "../format.js";
import { html } from "../html.js";
import { Icon } from "../icons.js";
import { language, utterance } from "../store.js";
import { showUtterance } from "../ui.js";

/** @param {{speaker: string|null, role: Api.Role}|undefined} u */
export const speakerName = (u) => u?.speaker ?? { rep: "You", customer: "Customer", unknown: "Unknown" }[u?.role ?? "unknown"];

/** @param {{evidence: {utterance: number, quote: string}}} props */
export function Quote({ evidence }) {
  const u = utterance(evidence.utterance);
  return html`<div class="quote">
    <span class="quote-mark"><${Icon} name="said" label="Said" /></span>
    <blockquote dir="auto" lang=${language.value}>“${evidence.quote}”</blockquote>
    <span class="caption"><span dir="auto">${speakerName(u)}</span> · <${Moment} i=${evidence.utterance} /></span>
  </div>`;
}

/** When an utterance was said; opens it in the transcript. @param {{i: number}} props */
export function Moment({ i }) {
  const u = utterance(i);
  const when = u?.start_s == null ? `utterance ${i + 1}` : clock(u.start_s);
  return html`<button type="button" class="button link" onClick=${() => showUtterance(i)} aria-label=${`Show in the transcript, ${when}`}>${when}</button>`;
}

/** @param {{evidence: {utterance: number, quote: string}[], most?: number, more?: () => void}} props `more` shows those beyond `most` */
export function Quotes({ evidence, most = Infinity, more }) {
  if (!evidence.length) return html`<p class="caption">No quote: this rests on what was not said.</p>`;
  const left = evidence.length - most;
  return html`<div class="quotes">${evidence.slice(0, most).map((e) => html`<${Quote} key=${`${e.utterance}-${e.quote}`} evidence=${e} />`)}
    ${left > 0 && html`<button type="button" class="button link more-quotes" onClick=${more}>${count(left, "more quote")}</button>`}</div>`;
}
