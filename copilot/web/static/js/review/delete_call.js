/** Deleting the call with all that is its own, after a person has read what goes and what stays. */
import { html, signal, useLayoutEffect, useRef, useState, wordsOf } from "../html.js";
import { Icon } from "../icons.js";
import { Popover } from "../popover.js";
import { ask } from "../requests.js";
import { known, page } from "../store.js";

const asking = signal(false);

export function MoreMenu() {
  return html`<${Popover} className="button icon-only" label="More" title="More" button=${html`<${Icon} name="more" />`} panelClass="menu">
    ${(/** @type {() => void} */ close) => html`<button type="button" class="button" onClick=${() => { close(); asking.value = true; }}>Delete this call…</button>`}
  <//>${asking.value && html`<${Confirmation} />`}`;
}

function Confirmation() {
  const dialog = useRef(/** @type {HTMLDialogElement|null} */ (null));
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  useLayoutEffect(() => dialog.current?.showModal(), []);
  const call = known().call;
  const remove = async () => {
    if (busy) return;
    setBusy(true);
    try {
      await ask(`/api/calls/${encodeURIComponent(page.call_id ?? "")}`, { method: "DELETE" });
      location.reload(); // the address says from now on that it is deleted
    } catch (error) {
      setProblem(`Not deleted: ${wordsOf(error)}.`);
      setBusy(false);
    }
  };
  return html`<dialog ref=${dialog} class="delete-call" aria-labelledby="delete-call" onClose=${() => { asking.value = false; }}>
    <h2 id="delete-call">Delete “<span dir="auto">${call?.title ?? page.call_id}</span>”?</h2>
    <p><b>Goes, for good:</b> transcript, items, scorecards, email drafts and what was noted of sent ones, recording, notes, links to it. What it counted for its account and for the team goes with it, and so do readings and corrections of promises that no other call tells${call?.account ? html`; to keep the readings, <a href=${`/accounts/${encodeURIComponent(call.account)}`}>export them</a> first` : ""}.</p>
    <p><b>Stays:</b> what else people wrote down about ${call?.account ? html`<span dir="auto">${call.account}</span>` : "an account"} (readings of promises that other calls tell too, sums, agreements, goals, contract), with words that they quoted there. ${call?.account ? "The account stays in the list for it." : ""}</p>
    <p class="caption">Emails that were sent, files that were exported and copies in backups are out of this server’s reach.</p>
    ${problem && html`<p class="problem" role="alert">${problem}</p>`}
    <div class="form-buttons"><button type="button" class="button" onClick=${() => dialog.current?.close()}>Keep it</button>
      <button type="button" class="button danger" aria-disabled=${busy} onClick=${remove}>${busy ? "Deleting…" : "Delete the call"}</button></div>
  </dialog>`;
}
