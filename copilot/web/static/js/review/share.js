/** Links under which this call can be read by somebody who has no access: made for a while, copied, ended. */
import { count, day } from "../format.js";
import { html, signal, useEffect, useState, wordsOf } from "../html.js";
import { Icon } from "../icons.js";
import { Popover } from "../popover.js";
import { ask, send } from "../requests.js";
import { SignatureField, signature } from "../signature.js";
import { page } from "../store.js";
import { toast } from "../toasts.js";

/** @typedef {{id: string, audience: "colleague"|"customer", label: string, by: string|null, at: string, until: string|null, ended: string|null}} Share */

const AUDIENCES = { colleague: "A colleague: map, next steps, pitfalls, transcript", customer: "The customer: the email, nothing else" };
const WHO = { colleague: "Colleague", customer: "Customer" };
const path = `/api/calls/${encodeURIComponent(page.call_id ?? "")}/shares`;

/** @type {[number, string][]} */
const TERMS = [[1, "a day"], [7, "a week"], [30, "30 days"], [90, "90 days"], [365, "a year"]];

const THIS_COMPUTER = /^(localhost|127\..*|\[::1\])$/;

/** How many days a link lasts: as somebody has chosen, however late the server says what is usual. */
const usual = signal(30);
const chosen = signal(/** @type {number|null} */ (null));
const shares = signal(/** @type {Share[]} */ ([]));
const made = signal("");
const problem = signal("");

/** @param {() => Promise<{shares: Share[], path?: string, origin?: string|null, days?: number}>} act */
async function take(act) {
  try {
    const answer = await act();
    shares.value = answer.shares;
    if (answer.days) usual.value = answer.days;
    problem.value = "";
    return answer;
  } catch (error) {
    problem.value = `Not done: ${wordsOf(error)}.`;
    return null;
  }
}

export function ShareButton() {
  return html`<${Popover} className="button" label="Share" button="Share" panelClass="share"><${Sharing} /><//>`;
}

function Sharing() {
  const [audience, setAudience] = useState(/** @type {Share["audience"]} */ ("colleague"));
  useEffect(() => {
    made.value = "";
    void take(() => ask(path));
  }, []);
  const submit = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.currentTarget);
    const label = String(new FormData(form).get("label"));
    const answer = await take(() => send(path, { audience, label, by: signature.value || null, days: chosen.value ?? usual.value }));
    if (answer?.path) made.value = `${answer.origin ?? location.origin}${answer.path}`;
  };
  const open = shares.value.filter((s) => s.ended === null);
  const ended = shares.value.filter((s) => s.ended !== null);
  const term = chosen.value ?? usual.value;
  /** @type {[number, string][]} */
  const terms = TERMS.some(([days]) => days === term) ? TERMS : [...TERMS, [term, `${term} days`]];
  return html`<form class="share-form" onSubmit=${submit}>
      <h2>A link to read this call</h2>
      <fieldset><legend class="visually-hidden">For whom</legend>${Object.entries(AUDIENCES).map(([name, words]) => html`<label class="check" key=${name}>
        <input type="radio" name="audience" value=${name} checked=${name === audience} onChange=${() => setAudience(/** @type {Share["audience"]} */ (name))} />${words}</label>`)}</fieldset>
      <label class="field">For whom (a note to yourself)<input type="text" name="label" maxlength="200" autocomplete="off" /></label>
      <label class="field">It ends after<select value=${term} onChange=${(/** @type {any} */ event) => { chosen.value = Number(event.currentTarget.value); }}>${terms.map(([days, words]) => html`<option key=${days} value=${days}>${words}</option>`)}</select></label>
      <${SignatureField} />
      <p class="caption">Whoever has the link can read the call, without signing in, as long as this server can be reached and the link has not ended.</p>
      ${problem.value && html`<p class="problem" role="alert">${problem.value}</p>`}
      <button type="submit" class="button">Make a link</button></form>
    ${made.value && html`<${Made} address=${made.value} />`}
    ${open.length > 0 && html`<h3>Links that are open</h3><ul class="share-list">${open.map((s) => html`<${Line} key=${s.id} share=${s} />`)}</ul>`}
    ${ended.length > 0 && html`<details class="as-table"><summary>${count(ended.length, "link")} ended</summary><ul class="share-list">${ended.toReversed().map((s) => html`<li key=${s.id}><span dir="auto">${nameOf(s)}<span class="caption"> until ${day(s.ended)}</span></span></li>`)}</ul></details>`}`;
}

/** @param {{address: string}} props */
function Made({ address }) {
  const copy = async () => {
    await navigator.clipboard.writeText(address);
    toast("Copied.");
  };
  return html`<div class="share-made" role="status"><p>Here is the link. It is shown this once.</p><code>${address}</code>
    ${THIS_COMPUTER.test(new URL(address).hostname) && html`<p><b>Only this computer can open it</b>, as its address says. For others, let the server listen beyond it (<code>COPILOT_HOST</code>, with a <code>COPILOT_TOKEN</code> of your own) or put a proxy in front of it, set <code>COPILOT_PUBLIC_URL</code> to the address at which they reach it, and make a new link.</p>`}
    <button type="button" class="button" onClick=${copy}><${Icon} name="copy" />Copy the link</button></div>`;
}

/** @param {Share} share */
const nameOf = (share) => share.label || WHO[share.audience];

/** @param {{share: Share}} props */
function Line({ share }) {
  const end = async () => {
    const query = signature.value ? `?by=${encodeURIComponent(signature.value)}` : "";
    if (await take(() => ask(`${path}/${share.id}${query}`, { method: "DELETE" }))) toast("The link opens nothing any more.");
  };
  const name = nameOf(share);
  const facts = [share.label && WHO[share.audience], share.by && `by ${share.by}`, share.until ? `until ${day(share.until)}` : "without an end"];
  return html`<li><span dir="auto">${name}<span class="caption"> ${facts.filter(Boolean).join(", ")}</span></span>
    <button type="button" class="button" aria-label=${`End the link: ${name}`} onClick=${end}>End</button></li>`;
}
