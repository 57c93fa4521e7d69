/** The email to the customer, as it is edited. Opened when the call is over; saved as it is typed. */
import { count, timeOfDay } from "../../format.js";
import { html, signal, useEffect } from "../../html.js";
import { Icon } from "../../icons.js";
import { seq } from "../../store.js";
import { toast } from "../../toasts.js";
import { isSideUnsaid } from "../who_is_who.js";
import { NotInTheEmail } from "./beside.js";
import { Body } from "./body.js";
import { FILE, flush, isSaved, keepAsItIs, keepMine, load, takeNewer, takeTheirs, trouble, type, typed, view } from "./draft.js";
import { SendButton, Sent } from "./last_step.js";

const newerOpen = signal(false);

export function Email() {
  useEffect(() => void load(), [seq.value]);
  if (!view.value) {
    return trouble.value
      ? html`<p class="problem" role="alert">${trouble.value.words} <button type="button" class="button" onClick=${load}>Try again</button></p>`
      : html`<div class="waiting-blocks"><div class="block"></div><div class="block"></div></div>`;
  }
  const newer = isChanged() && newerOpen.value;
  return html`<div class="letter">
    ${isChanged() && html`<${ChangedSince} />`}
    <div class=${newer ? "letter-both" : ""}>
      <section class="letter-own" aria-label="Email">
        <${Field} name="to" words="To" placeholder="luis@example.com, …" />
        <${Field} name="subject" words="Subject" />
        <${Body} />
      </section>
      ${newer && html`<${Newer} />`}
    </div>
    <${Foot} />
    <${Sent} />
    <${NotInTheEmail} />
  </div>`;
}

const isChanged = () => Boolean(view.value?.changed?.items || view.value?.changed?.elsewhere);

/** @param {{name: "to"|"subject", words: string, placeholder?: string}} props */
function Field({ name, words, placeholder = "" }) {
  return html`<label class="letter-head">${words}<input type="text" name=${name} value=${typed.value[name]} placeholder=${placeholder} autocomplete="off" dir="auto" spellcheck=${name === "subject"}
    onInput=${(/** @type {{currentTarget: HTMLInputElement}} */ event) => type(name, event.currentTarget.value)} onBlur=${flush} /></label>`;
}

function Foot() {
  const copy = async () => {
    await navigator.clipboard.writeText(typed.value.body);
    toast("Copied.");
  };
  const download = async () => {
    if (!(await flush())) return;
    const link = document.createElement("a");
    link.href = FILE;
    link.download = "";
    link.click();
  };
  return html`<div class="letter-foot">
    ${isSideUnsaid() && html`<p class="caption letter-sides">Nobody said who is on your side, so this may hold your own words.</p>`}
    <p class="caption letter-state" role="status">${stateWords()}</p>
    ${trouble.value && html`<${Trouble} />`}
    <div class="letter-acts">
      <button type="button" class="button" onClick=${copy}><${Icon} name="copy" />Copy</button>
      <button type="button" class="button" onClick=${download}><${Icon} name="download" />Download .eml</button>
      <${SendButton} />
    </div></div>`;
}

function stateWords() {
  const draft = view.value?.draft;
  if (!isSaved.value) return trouble.value ? "" : "Saving";
  if (!draft) return "Automatic: it follows the call until you edit it.";
  const body = draft.body === null ? "; the body follows the call" : "";
  return `Saved ${timeOfDay(new Date(draft.at)).slice(0, 5)}${body}`;
}

/** What was typed could not be saved; it is still here. */
function Trouble() {
  const both = trouble.value?.code === "moved_on";
  return html`<p class="problem" role="alert">${both ? "Somebody has edited this email elsewhere. What you typed is still here." : trouble.value?.words}
    ${both
      ? html` <button type="button" class="button" onClick=${takeTheirs}>Show theirs</button> <button type="button" class="button" onClick=${keepMine}>Keep mine</button>`
      : html` <button type="button" class="button" onClick=${flush}>Try again</button>`}</p>`;
}

/** The call tells something else by now. */
function ChangedSince() {
  const items = view.value?.changed?.items ?? 0;
  return html`<p class="letter-changed"><span>${items ? `${count(items, "item")} changed since you edited this.` : "The automatic email has changed since you edited this."}</span>
    <button type="button" class="button" aria-expanded=${newerOpen.value} onClick=${() => { newerOpen.value = !newerOpen.value; }}>${newerOpen.value ? "Close the newer draft" : "Show the newer draft"}</button></p>`;
}

function Newer() {
  const take = async () => {
    const back = await takeNewer();
    newerOpen.value = false;
    toast("The newer draft is in place.", back);
  };
  const keep = async () => {
    await keepAsItIs();
    newerOpen.value = false;
  };
  const { subject, body, language } = /** @type {import("./draft.js").EmailView} */ (view.value).automatic;
  return html`<section class="letter-newer" aria-label="Newer draft"><h3>Newer draft</h3>
    <p dir="auto" lang=${language}><b>${subject}</b></p>
    <p class="letter-newer-body" dir="auto" lang=${language}>${body}</p>
    <div class="form-buttons"><button type="button" class="button" onClick=${keep}>Keep mine</button><button type="button" class="button" onClick=${take}>Use this one</button></div>
  </section>`;
}
