import { html, useLayoutEffect, useRef } from "../html.js";
import { hidden } from "../ui.js";

/** Nothing of the call is left to see or to reach, for as long as somebody else may look. */
export function Hidden() {
  const box = useRef(/** @type {HTMLDialogElement|null} */ (null));
  useLayoutEffect(() => {
    if (hidden.value && !box.current?.open) box.current?.showModal();
  }, [hidden.value]);
  if (!hidden.value) return null;
  const show = () => { hidden.value = false; };
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    if (event.key.toLowerCase() !== "h" || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    box.current?.close();
  };
  return html`<dialog ref=${box} class="hidden-everything" aria-label="Hidden" onClose=${show} onKeyDown=${onKeyDown}>
    <p>Hidden</p><button type="button" class="button" onClick=${() => box.current?.close()}>Show <kbd>H</kbd></button></dialog>`;
}
