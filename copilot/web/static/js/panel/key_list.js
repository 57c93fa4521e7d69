import { html, useLayoutEffect, useRef } from "../html.js";
import { keysOf, keysOn, switchKeys } from "../keys.js";
import { canPlay } from "../sound/sound.js";
import { reviewed } from "../store.js";
import { keyListOpen, ownWindow } from "../ui.js";

/** The list of keys, as a dialog, with the way to switch them off. @param {{own?: boolean}} props `own`: it is in the window of its own */
export function KeyList({ own = false }) {
  const box = useRef(/** @type {HTMLDialogElement|null} */ (null));
  useLayoutEffect(() => {
    if (keyListOpen.value) box.current?.showModal();
  }, [keyListOpen.value]);
  if (!keyListOpen.value || own !== Boolean(ownWindow.value)) return null;
  return html`<dialog ref=${box} aria-labelledby="keys-title" onClose=${() => { keyListOpen.value = false; }}>
    <h2 id="keys-title">Keys</h2>
    <dl class="keys">${keysOf({ live: !reviewed.value, sound: canPlay.value }).map(([key, words]) => html`<div key=${key}><dt><kbd>${key}</kbd></dt><dd>${words}</dd></div>`)}</dl>
    <label class="check"><input type="checkbox" checked=${keysOn.value} onChange=${(/** @type {{currentTarget: HTMLInputElement}} */ e) => switchKeys(e.currentTarget.checked)} /> One-letter keys</label>
    <button type="button" class="button" onClick=${() => box.current?.close()}>Close</button>
  </dialog>`;
}
