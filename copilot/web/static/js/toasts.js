/** Toasts answer one's own act for six seconds: done, with Undo where it can be undone, or refused and why. */
import { html, signal } from "./html.js";
import { Updated } from "./updated.js";

const STANDS_MS = 6000;
/** @typedef {{words: string, undo?: () => void, problem: boolean}} Toast */

const toasts = signal(/** @type {(Toast & {id: number})[]} */ ([]));
let made = 0;

/** @param {string} words @param {() => void} [undo] */
export const toast = (words, undo) => show({ words, undo, problem: false });

/** @param {string} words what was refused, and why */
export const toastProblem = (words) => show({ words, problem: true });

/** The newest two; one that says the same again takes the older one's place. @param {Toast} message */
function show(message) {
  made += 1;
  const id = made;
  toasts.value = [...toasts.value.filter((t) => t.words !== message.words).slice(-1), { id, ...message }];
  window.setTimeout(() => drop(id), STANDS_MS);
}

/** @param {number} id */
function drop(id) {
  toasts.value = toasts.value.filter((t) => t.id !== id);
}

/** What was done before says nothing any more. */
export const clearToasts = () => { toasts.value = []; };

export function Toasts() {
  return html`<div class="toasts" role="status"><${Updated} />
    ${toasts.value.map(({ id, words, undo, problem }) => html`<div class=${`toast ${problem ? "problem" : ""}`} role=${problem ? "alert" : null} key=${id}>
      <span>${words}</span>
      ${undo && html`<button type="button" class="button link" onClick=${() => { drop(id); undo(); }}>Undo</button>`}
    </div>`)}
  </div>`;
}
