/** Who is on which side, where the call does not say: one click where there are two speakers, and the truth where there is no telling. */
import { changeSpeakers } from "../decisions.js";
import { html } from "../html.js";
import { Icon } from "../icons.js";
import { swapSpeakers } from "../panel/talk.js";
import { known } from "../store.js";
import { toast } from "../toasts.js";

/** Whether some words are nobody's, and none are known to be your side's. */
export const isSideUnsaid = () => known().utterances.some((u) => u.role === "unknown") && !known().utterances.some((u) => u.role === "rep");

export function WhoIsWho() {
  const said = known().utterances;
  const roles = new Set(said.map((u) => u.role));
  if (roles.has("rep") && roles.has("customer")) return null;
  const speakers = [...new Set(said.map((u) => u.speaker))];
  if (!said.length || (roles.has("rep") && speakers.some((s) => s !== null))) return null;
  if (roles.has("unknown") && speakers.length === 2 && speakers.every((s) => s !== null)) return html`<${TwoSpeakers} names=${speakers} />`;
  if (speakers.every((s) => s === null) && roles.has("unknown")) return html`<p class="unclear-sides">Nobody is named, and who speaks cannot be told apart. A click on “Unknown” in the transcript says whose words these are; the rest counts for neither side.</p>`;
  return roles.has("unknown") ? html`<p class="unclear-sides">It is not known who is on your side. A speaker’s name in the transcript opens name and role.</p>` : null;
}

/** @param {{names: string[]}} props */
function TwoSpeakers({ names }) {
  const choose = (/** @type {string} */ rep) => {
    changeSpeakers({ speaker: rep, role: "rep" });
    toast(`${rep} is on your side. Working it out again.`, () => names.forEach((name) => changeSpeakers({ speaker: name, role: "unknown" })));
  };
  return html`<div class="who-is-who unclear-sides"><span>Who is on your side?</span>
    ${names.map((name) => html`<button type="button" class="button" key=${name} onClick=${() => choose(name)}><span dir="auto">${name}</span></button>`)}</div>`;
}

/** Both sides change places. */
export function SwapButton() {
  const roles = new Set(known().utterances.map((u) => u.role));
  if (!roles.has("rep") && !roles.has("customer")) return null;
  return html`<button type="button" class="button quiet" title="Swap sides" onClick=${swapSpeakers}><${Icon} name="swap" /><span class="swap-words">Swap sides</span></button>`;
}
