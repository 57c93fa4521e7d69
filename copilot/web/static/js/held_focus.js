import { useLayoutEffect, useRef } from "./html.js";

/**
 * For a part of the page whose elements come and go: what to do when the focused one was taken away.
 * @param {(part: HTMLElement) => void} onLost gives the focus to something that is still there
 * @returns {{ref: object, onFocusIn: () => void, onFocusOut: (event: FocusEvent) => void}} what the part's element needs
 */
export function useHeldFocus(onLost) {
  const part = useRef(/** @type {HTMLElement|null} */ (null));
  const held = useRef(false);
  useLayoutEffect(() => {
    const page = part.current?.ownerDocument;
    if (held.current && part.current && page?.activeElement === page?.body) onLost(part.current);
  });
  const onFocusIn = () => { held.current = true; };
  const onFocusOut = (/** @type {FocusEvent} */ event) => queueMicrotask(() => {
    const target = /** @type {HTMLElement} */ (event.target);
    // An element that was taken away did not give its focus up.
    if (target.isConnected && !part.current?.contains(target.ownerDocument.activeElement)) held.current = false;
  });
  return { ref: part, onFocusIn, onFocusOut };
}
