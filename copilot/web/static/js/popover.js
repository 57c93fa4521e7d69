/** A button with a popover: placed in the window, closed by Escape, or by a click or focus elsewhere. Escape gives focus back. */
import { keysOn } from "./keys.js";
import { html, useEffect, useLayoutEffect, useRef, useState } from "./html.js";

/**
 * @param {{label?: string, title?: string, className?: string, panelClass?: string, button: any, attrs?: object, openSignal?: import("@preact/signals").Signal<boolean>,
 *   below?: string, toggleKey?: string, keys?: Record<string, () => void>, children: any | ((close: () => void) => any)}} props
 *   `below`: what around the button it should leave in view, as a selector, where there is room beneath;
 *   `toggleKey`: the key that opened it closes it again; `keys`: what else its keys do, by lower-case key, once it has closed
 */
export function Popover({ label, title, className = "button quiet", panelClass = "", button, attrs = {}, openSignal, below, toggleKey, keys, children }) {
  const [own, setOwn] = useState(false);
  const isOpen = openSignal ? openSignal.value : own;
  const setOpen = openSignal ? (/** @type {boolean} */ to) => { openSignal.value = to; } : setOwn;
  const anchor = useRef(/** @type {HTMLButtonElement|null} */ (null));
  const close = () => {
    setOpen(false);
    anchor.current?.focus();
  };
  return html`<button type="button" ref=${anchor} class=${className} aria-haspopup="dialog" aria-expanded=${isOpen} aria-label=${label}
      title=${title} onClick=${() => setOpen(!isOpen)} ...${attrs}>${button}</button>
    ${isOpen && html`<${Panel} anchor=${anchor} label=${label ?? title} className=${panelClass} below=${below} toggleKey=${toggleKey} keys=${keys} close=${close} dismiss=${() => setOpen(false)}>
      ${typeof children === "function" ? children(close) : children}
    <//>`}`;
}

/**
 * The open popover.
 * @param {{anchor: {current: HTMLElement|null}, label?: string, className: string, below?: string, toggleKey?: string, keys?: Record<string, () => void>, close: () => void, dismiss: () => void, children?: any}} props
 */
function Panel({ anchor, label, className, below, toggleKey, keys = {}, close, dismiss, children }) {
  const box = useRef(/** @type {HTMLDivElement|null} */ (null));
  useLayoutEffect(() => {
    const place = () => position(box.current, anchor.current, below);
    place();
    const first = /** @type {HTMLElement|null|undefined} */ (box.current?.querySelector("button, input, select, a"));
    (first ?? box.current)?.focus({ preventScroll: true });
    const view = box.current?.ownerDocument.defaultView;
    view?.addEventListener("resize", place);
    const grown = new ResizeObserver(place); // what is in it may unfold
    if (box.current) grown.observe(box.current);
    return () => {
      view?.removeEventListener("resize", place);
      grown.disconnect();
    };
  }, []);
  useEffect(() => {
    const document = anchor.current?.ownerDocument;
    const isInside = (/** @type {Event} */ event, /** @type {HTMLElement|null} */ part) => part?.contains(/** @type {Node} */ (event.target)) ?? false;
    const outside = (/** @type {Event} */ event) => {
      if (!isInside(event, box.current) && !isInside(event, anchor.current)) dismiss();
    };
    const moved = (/** @type {Event} */ event) => !isInside(event, box.current) && position(box.current, anchor.current, below);
    document?.addEventListener("pointerdown", outside);
    document?.addEventListener("focusin", outside);
    document?.addEventListener("scroll", moved, true);
    return () => {
      document?.removeEventListener("pointerdown", outside);
      document?.removeEventListener("focusin", outside);
      document?.removeEventListener("scroll", moved, true);
    };
  }, []);
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    const key = keysOn.value && !event.ctrlKey && !event.metaKey && !event.altKey ? event.key.toLowerCase() : "";
    if (event.key !== "Escape" && !(key && (key === toggleKey || keys[key]))) return;
    event.stopPropagation();
    event.preventDefault();
    close();
    keys[key]?.();
  };
  return html`<div class=${`popover ${className}`} role="dialog" aria-label=${label} tabindex="-1" ref=${box} onKeyDown=${onKeyDown}
    onClick=${(/** @type {Event} */ event) => event.stopPropagation()}>${children}</div>`;
}

const ENOUGH_PX = 240;

/**
 * Below its anchor, or what stands around that; above where there is more room, and never outside the window.
 * It begins where its anchor does, or ends where that ends.
 * @param {HTMLElement|null} box @param {HTMLElement|null} anchor @param {string} [around]
 */
function position(box, anchor, around) {
  const view = anchor?.ownerDocument.defaultView;
  if (!box || !anchor || !view) return;
  const at = anchor.getBoundingClientRect();
  const enough = Math.min(box.scrollHeight, ENOUGH_PX);
  const floor = around ? anchor.closest(around)?.getBoundingClientRect().bottom ?? at.bottom : at.bottom;
  const bottom = view.innerHeight - floor - 12 >= enough ? floor : at.bottom;
  const below = view.innerHeight - bottom - 12;
  const above = at.top - 12;
  const under = below >= enough || below >= above;
  box.style.maxHeight = `${Math.max(120, under ? below : above)}px`;
  const size = box.getBoundingClientRect();
  const fits = at.left + size.width <= view.innerWidth - 8;
  box.style.left = `${Math.max(8, fits ? at.left : Math.min(at.right, view.innerWidth - 8) - size.width)}px`;
  box.style.top = under ? `${bottom + 4}px` : `${at.top - size.height - 4}px`;
}
