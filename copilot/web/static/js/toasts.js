/** Toasts confirm one's own act for six seconds, with Undo where it can be undone. */
import { html, signal } from "./html.js";

const STANDS_MS = 6000;
const toasts = signal(/** @type {{id: number, words: string, undo?: () => void}[]} */ ([]));
let made = 0;

/** @param {string} words @param {() => void} [undo] */
export function toast(words, undo) {
  made += 1;
  const id = made;
  toasts.value = [...toasts.value.slice(-1), { id, words, undo }];
  window.setTimeout(() => drop(id), STANDS_MS);
}

function drop(id) {
  toasts.value = toasts.value.filter((t) => t.id !== id);
}

export function Toasts() {
  return html`<div class="toasts" role="status">
    ${toasts.value.map(({ id, words, undo }) => html`<div class="toast" key=${id}>
      <span>${words}</span>
      ${undo && html`<button type="button" class="button link" onClick=${() => { drop(id); undo(); }}>Undo</button>`}
    </div>`)}
  </div>`;
}
