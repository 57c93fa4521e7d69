/** Where adding begins: at an utterance, by pointing at one, or from the map and the next steps. */
import { html, onceDrawn, useLayoutEffect, useRef } from "../html.js";
import { Icon } from "../icons.js";
import { Popover } from "../popover.js";
import { connection, waiting } from "../store.js";
import { add, placeIn, pointedAt, pointing } from "./adding.js";

/** @type {[string, Api.ItemType, string][]} */
const KINDS = [["o", "outcome", "outcome"], ["c", "capability", "capability"], ["m", "metric", "metric"], ["n", "next_step", "next step"]];

/** What is selected in the words stays selected. */
const onMouseDown = (/** @type {Event} */ event) => event.preventDefault();

/** @param {{u: Api.Said}} props */
export function AddHere({ u }) {
  if (pointing.value) return html`<button type="button" class="button here" onMouseDown=${onMouseDown}>Here</button>`;
  const keys = Object.fromEntries(KINDS.map(([key, kind]) => [key, () => add({ kind, place: placeIn(u) })]));
  return html`<${Popover} className="button quiet icon-only row-menu" label="Add from these words" title="Add from these words" panelClass="menu" attrs=${{ onMouseDown }} keys=${keys} button=${html`<${Icon} name="more" />`}>
    ${(/** @type {() => void} */ close) => KINDS.map(([key, kind, words]) => html`<button type="button" class="button" key=${kind} onMouseDown=${onMouseDown}
      onClick=${() => { close(); keys[key](); }}>Add as ${words} <kbd>${key.toUpperCase()}</kbd></button>`)}
  <//>`;
}

/** What to do while the transcript is pointed at. */
export function Pointing() {
  const box = useRef(/** @type {HTMLDivElement|null} */ (null));
  // Once the form is gone: closing it gives the focus back.
  useLayoutEffect(() => onceDrawn(() => /** @type {HTMLElement|null|undefined} */ (box.current?.parentElement?.querySelector("input[type=search]"))?.focus()), []);
  const cancel = () => pointedAt(null);
  useLayoutEffect(() => {
    const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      event.preventDefault();
      cancel();
    };
    const section = box.current?.parentElement;
    section?.addEventListener("keydown", onKeyDown);
    return () => section?.removeEventListener("keydown", onKeyDown);
  }, []);
  return html`<div class="pointing" ref=${box}><p role="status">Where was it said? Click the utterance, or select words of it and then “Here”.</p>
    <button type="button" class="button" onClick=${cancel}>Cancel</button></div>`;
}

/** @param {{kind: Api.ItemType}} props */
export function AddButton({ kind }) {
  return html`<button type="button" class="button add-button" title="Add what was missed (I)" onClick=${() => add({ kind })}><${Icon} name="add" />Add</button>`;
}

/** What was added without a connection and waits for one. @param {{kinds: Api.ItemType[]}} props */
export function Kept({ kinds }) {
  if (connection.value.phase === "open") return null;
  const kept = [...waiting.value.values()].filter((d) => d.type === "add" && kinds.includes(d.kind));
  if (!kept.length) return null;
  return html`<ul class="kept-additions">${kept.map((d) => html`<li key=${d.ref}><span dir="auto">${"fields" in d && "quote" in d ? d.fields.text : ""}</span> <span class="id">waiting</span></li>`)}</ul>`;
}
