/** Links under which this call can be read by somebody who has no access: made, copied, ended. */
import { day } from "../format.js";
import { html, signal, useEffect, useState, wordsOf } from "../html.js";
import { Icon } from "../icons.js";
import { Popover } from "../popover.js";
import { ask, send } from "../requests.js";
import { SignatureField, signature } from "../signature.js";
import { page } from "../store.js";
import { toast } from "../toasts.js";

/** @typedef {{id: string, audience: "colleague"|"customer", label: string, by: string|null, at: string, ended: string|null}} Share */

const AUDIENCES = { colleague: "A colleague: map, next steps, pitfalls, transcript", customer: "The customer: the email, nothing else" };
const WHO = { colleague: "Colleague", customer: "Customer" };
const path = `/api/calls/${encodeURIComponent(page.call_id ?? "")}/shares`;

const shares = signal(/** @type {Share[]} */ ([]));
const made = signal("");
const problem = signal("");

/** @param {() => Promise<{shares: Share[], path?: string}>} act */
async function take(act) {
  try {
    const answer = await act();
    shares.value = answer.shares;
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
    const answer = await take(() => send(path, { audience, label, by: signature.value || null }));
    if (answer?.path) made.value = `${location.origin}${answer.path}`;
  };
  const open = shares.value.filter((s) => s.ended === null);
  return html`<form class="share-form" onSubmit=${submit}>
      <h2>A link to read this call</h2>
      <fieldset><legend class="visually-hidden">For whom</legend>${Object.entries(AUDIENCES).map(([name, words]) => html`<label class="check" key=${name}>
        <input type="radio" name="audience" value=${name} checked=${name === audience} onChange=${() => setAudience(/** @type {Share["audience"]} */ (name))} />${words}</label>`)}</fieldset>
      <label class="field">For whom (a note to yourself)<input type="text" name="label" maxlength="200" autocomplete="off" /></label>
      <${SignatureField} />
      <p class="caption">Whoever has the link can read the call, without signing in, as long as this server can be reached and the link is not ended.</p>
      ${problem.value && html`<p class="problem" role="alert">${problem.value}</p>`}
      <button type="submit" class="button">Make a link</button></form>
    ${made.value && html`<${Made} address=${made.value} />`}
    ${open.length > 0 && html`<h3>Links that are open</h3><ul class="share-list">${open.map((s) => html`<${Line} key=${s.id} share=${s} />`)}</ul>`}`;
}

/** @param {{address: string}} props */
function Made({ address }) {
  const copy = async () => {
    await navigator.clipboard.writeText(address);
    toast("Copied.");
  };
  return html`<div class="share-made" role="status"><p>Here is the link. It is shown this once.</p><code>${address}</code>
    <button type="button" class="button" onClick=${copy}><${Icon} name="copy" />Copy the link</button></div>`;
}

/** @param {{share: Share}} props */
function Line({ share }) {
  const end = async () => {
    const query = signature.value ? `?by=${encodeURIComponent(signature.value)}` : "";
    if (await take(() => ask(`${path}/${share.id}${query}`, { method: "DELETE" }))) toast("The link opens nothing any more.");
  };
  const name = share.label || WHO[share.audience];
  return html`<li><span dir="auto">${name}<span class="caption"> ${share.label ? `${WHO[share.audience]}, ` : ""}${day(share.at)}${share.by ? `, ${share.by}` : ""}</span></span>
    <button type="button" class="button" aria-label=${`End the link: ${name}`} onClick=${end}>End</button></li>`;
}
