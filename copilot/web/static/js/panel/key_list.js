import { html, useEffect, useRef } from "../html.js";
import { KEY_LIST } from "../keys.js";
import { keyListOpen } from "../ui.js";

/** The list of keys, as a dialog. */
export function KeyList() {
  const box = useRef(/** @type {HTMLDialogElement|null} */ (null));
  useEffect(() => {
    if (keyListOpen.value) box.current?.showModal();
  }, [keyListOpen.value]);
  if (!keyListOpen.value) return null;
  return html`<dialog ref=${box} aria-labelledby="keys-title" onClose=${() => { keyListOpen.value = false; }}>
    <h2 id="keys-title">Keys</h2>
    <dl class="keys">${KEY_LIST.map(([key, words]) => html`<div key=${key}><dt><kbd>${key}</kbd></dt><dd>${words}</dd></div>`)}</dl>
    <button type="button" class="button" onClick=${() => box.current?.close()}>Close</button>
  </dialog>`;
}
