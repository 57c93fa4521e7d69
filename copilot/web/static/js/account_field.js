/** The name of an account, with the known ones offered: another spelling would be another account. */
import { html, signal } from "./html.js";
import { ask } from "./requests.js";

const known = signal(/** @type {string[]|null} */ (null));

/** Asked for once, when somebody comes to such a field; without an answer the field is one without offers. */
async function load() {
  if (known.value) return;
  known.value = [];
  try {
    known.value = (await ask("/api/accounts")).accounts.map((/** @type {{account: string}} */ line) => line.account);
  } catch {
    known.value = null;
  }
}

/** No `autocomplete="off"`: some browsers would then offer nothing. @param {{className?: string} & Record<string, any>} props */
export function AccountField({ className = "", ...attrs }) {
  return html`<label class=${className}>Account<input type="text" name="account" maxlength="200" list="known-accounts" onFocus=${load} ...${attrs} /></label>
    <datalist id="known-accounts">${known.value?.map((name) => html`<option key=${name} value=${name}></option>`)}</datalist>`;
}
