/** What the call is, put right afterwards: its title, kind, account and day. */
import { AccountField } from "../account_field.js";
import { html, signal, useState, wordsOf } from "../html.js";
import { KINDS } from "../kinds.js";
import { Popover } from "../popover.js";
import { ask } from "../requests.js";
import { known, page } from "../store.js";
import { toast } from "../toasts.js";
import { Moving } from "./moving.js";

const isOpen = signal(false);

/** Opens the form, from wherever something is amiss for want of it. */
export const correctDetails = () => { isOpen.value = true; };

/** @param {{heldOn: string|undefined, onSaved: (line: Api.CallLine) => void}} props */
export function DetailsButton({ heldOn, onSaved }) {
  return html`<${Popover} className="button" label="Details of the call" button="Details" panelClass="details" openSignal=${isOpen}>
    ${(/** @type {() => void} */ close) => html`<${Details} heldOn=${heldOn} onSaved=${(/** @type {Api.CallLine} */ line) => { onSaved(line); close(); }} />`}
  <//>`;
}

/** @param {{heldOn: string|undefined, onSaved: (line: Api.CallLine) => void}} props */
function Details({ heldOn, onSaved }) {
  const call = known().call;
  const [before] = useState({ title: call?.title ?? "", kind: call?.kind ?? "other", account: call?.account ?? "", held_on: heldOn ?? "" });
  const [typed, setTyped] = useState(before);
  const [problem, setProblem] = useState("");
  const [saving, setSaving] = useState(false);
  const of = (/** @type {keyof typeof before} */ name) => ({ name, value: typed[name], onInput: (/** @type {any} */ event) => setTyped({ ...typed, [name]: event.currentTarget.value }) });
  const save = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    if (before.title && !typed.title.trim()) {
      setProblem("Not saved: a call needs a title.");
      return;
    }
    const changed = Object.entries(typed).filter(([name, value]) => value !== before[/** @type {keyof typeof before} */ (name)]);
    setSaving(true);
    try {
      onSaved(await change(Object.fromEntries(changed.map(([name, value]) => [name, value || null]))));
      toast("Saved.");
    } catch (error) {
      setProblem(`Not saved: ${wordsOf(error)}.`);
      setSaving(false);
    }
  };
  return html`<form class="small-form" onSubmit=${save} aria-label="Details of the call">
    <label class="field">Title<input type="text" maxlength="200" autocomplete="off" ...${of("title")} /></label>
    <label class="field">Kind<select ...${of("kind")}>${Object.entries(KINDS).map(([value, words]) => html`<option key=${value} value=${value}>${words}</option>`)}</select></label>
    ${typed.kind !== before.kind && html`<p class="caption">Pitfalls and questions are looked for anew, and the call ${typed.kind === "other" ? "has no scorecard as this kind" : "is scored as this kind"}.${before.kind === "other" ? "" : " The scorecard it has stays beside it."}</p>`}
    <${AccountField} className="field" ...${of("account")} />
    ${typed.account.trim() !== before.account && html`<${Moving} from=${before.account} to=${typed.account.trim()} />`}
    <label class="field">Day it took place<input type="date" min="1990-01-01" max="2100-12-31" ...${of("held_on")} /></label>
    ${problem && html`<p class="problem" role="alert">${problem}</p>`}
    <button type="submit" class="button primary" aria-disabled=${saving}>${saving ? "Saving…" : "Save"}</button>
  </form>`;
}

/** @param {object} given @returns {Promise<Api.CallLine>} */
const change = (given) => ask(`/api/calls/${encodeURIComponent(page.call_id ?? "")}`, { method: "PATCH", headers: { "Content-Type": "application/json" }, body: JSON.stringify(given) });
