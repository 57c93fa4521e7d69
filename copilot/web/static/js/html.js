/** The view library in one place: `html` tagged templates, hooks and signals. */
import { Fragment, h, render } from "../vendor/preact.js";
import htm from "../vendor/htm.js";

export { Fragment, h, render };
export { useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from "../vendor/preact-hooks.js";
export { batch, computed, effect, signal, useComputed, useSignal } from "../vendor/signals.js";
export const html = htm.bind(h);

/** Put a page's whole content in its place. @param {import("preact").ComponentType} App */
export function draw(App) {
  const place = document.getElementById("app");
  if (place) render(h(App, null), place);
}

/** Act on what a change has drawn. Drawing waits for a microtask, so this comes after it, and before the next key. @param {() => void} act */
export const onceDrawn = (act) => queueMicrotask(act);

/** What went wrong, in words. @param {unknown} error */
export const wordsOf = (error) => (error instanceof Error ? error.message : String(error));
