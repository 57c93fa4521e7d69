import { html, useLayoutEffect, useRef } from "../html.js";
import { hidden } from "../ui.js";

/** Nothing of the call is left to see or to reach, for as long as somebody else may look. */
export function Hidden() {
  return hidden.value && html`<${Cover} />`;
}

function Cover() {
  const box = useRef(/** @type {HTMLDialogElement|null} */ (null));
  useLayoutEffect(() => {
    const dialog = box.current;
    const before = /** @type {HTMLElement|null|undefined} */ (dialog?.ownerDocument.activeElement);
    dialog?.showModal();
    return () => {
      dialog?.close();
      before?.focus();
    };
  }, []);
  const show = () => { hidden.value = false; };
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    if (event.key.toLowerCase() !== "h" || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    show();
  };
  return html`<dialog ref=${box} class="hidden-everything" aria-label="Hidden" onClose=${show} onKeyDown=${onKeyDown}>
    <p>Hidden</p><button type="button" class="button" onClick=${show}>Show <kbd>H</kbd></button></dialog>`;
}
