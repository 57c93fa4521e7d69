/** The last step before an email goes out: everybody who gets it, and who of them was not on the call. */
import { count, timeOfDay } from "../../format.js";
import { html, signal, useLayoutEffect, useRef, useState, wordsOf } from "../../html.js";
import { Icon } from "../../icons.js";
import { toast } from "../../toasts.js";
import { flush, lookAtRecipients, sendIt, view } from "./draft.js";

/** @typedef {import("./draft.js").Recipients} Recipients @typedef {import("./draft.js").Delivery} Delivery */

const recipients = signal(/** @type {Recipients|null} */ (null));
const problem = signal("");

export function SendButton() {
  if (!view.value) return null;
  if (!view.value.mail) return html`<span class="caption">Sending from here needs a mail server: the setting <code>mail.host</code>.</span>`;
  const look = async () => {
    problem.value = "";
    if (!(await flush())) return;
    try {
      recipients.value = await lookAtRecipients();
    } catch (error) {
      problem.value = `Not sent: ${wordsOf(error)}.`;
    }
  };
  return html`<button type="button" class="button primary" onClick=${look}><${Icon} name="send" />Send</button>
    ${problem.value && html`<p class="problem" role="alert">${problem.value}</p>`}
    ${recipients.value && html`<${LastStep} list=${recipients.value} />`}`;
}

/** @param {{list: Recipients}} props */
function LastStep({ list }) {
  const dialog = useRef(/** @type {HTMLDialogElement|null} */ (null));
  const [sending, setSending] = useState(false);
  useLayoutEffect(() => dialog.current?.showModal(), []);
  const close = () => { recipients.value = null; };
  const go = async () => {
    if (sending) return;
    setSending(true);
    const addresses = new Set([...list.recipients.map((r) => r.address), ...list.copies_to]);
    try {
      const sent = (await sendIt()).slice(-addresses.size);
      const missed = sent.filter((d) => d.state !== "accepted");
      if (missed.length) problem.value = `${count(missed.length, "recipient")} of ${sent.length} may not have got it; below is why.`;
      else toast("Sent.");
    } catch (error) {
      problem.value = `Not sent: ${wordsOf(error)}.`;
    }
    dialog.current?.close();
  };
  const strangers = list.recipients.filter((r) => r.name === null).length;
  return html`<dialog ref=${dialog} class="last-step" aria-labelledby="last-step" onClose=${close}>
    <h2 id="last-step">Send to ${count(list.recipients.length, "address", "addresses")}?</h2>
    <ul>${list.recipients.map((r) => html`<li key=${r.address}><span>${r.address}</span>${r.name === null
      ? html`<span class="chip warn">not known to have been on the call</span>`
      : html`<span class="caption" dir="auto">${r.name}, ${r.role === "customer" ? "customer" : r.role === "rep" ? "your side" : "side not known"}</span>`}</li>`)}</ul>
    ${strangers > 0 && html`<p class="caption">A call knows names, not addresses; this is told by their likeness.</p>`}
    ${list.copies_to.length > 0 && html`<p class="caption">Blind copy, by the setting mail.copies_to: ${list.copies_to.join(", ")}</p>`}
    <p class="caption">From ${list.sender}</p>
    <div class="form-buttons"><button type="button" class="button" onClick=${() => dialog.current?.close()}>Cancel</button>
      <button type="button" class="button primary" aria-disabled=${sending} onClick=${go}>${sending ? "Sending" : `Send to ${list.recipients.length}`}</button></div>
  </dialog>`;
}

/** @type {Record<Delivery["state"], string>} */
const STATES = { accepted: "Sent", refused: "Refused", failed: "Failed", unknown: "Not known whether it was sent", sending: "Not known whether it was sent" };

/** What became of what was sent, the newest first. */
export function Sent() {
  const sent = view.value?.sent ?? [];
  if (!sent.length) return null;
  return html`<section class="letter-sent" aria-label="Sent"><h3>What was sent</h3>
    <ul>${sent.toReversed().map((d) => html`<li key=${`${d.at}${d.recipient}`} class=${d.state === "accepted" ? "" : "problem"}>${words(d)}</li>`)}</ul></section>`;
}

/** @param {Delivery} d */
function words({ state, at, recipient, reply }) {
  const when = `${new Date(at).toLocaleDateString("en-GB", { day: "numeric", month: "short" })}, ${timeOfDay(new Date(at)).slice(0, 5)}`;
  if (state === "accepted") return `Sent ${when} to ${recipient}`;
  return `${STATES[state]}: ${recipient}, ${when}${reply ? ` (${reply})` : ""}`;
}
