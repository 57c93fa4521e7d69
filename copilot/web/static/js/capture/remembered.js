/** What this browser knows of a call that it captures, so that it can go on after the page was reloaded. */

const PREFIX = "copilot.capture.";
const FORGET_MS = 24 * 3600 * 1000;

/** @typedef {{call: object, alone: boolean, begunAt: number}} Begun `begunAt`: when the first sample was taken */

/** @param {string} id @param {Begun} begun */
export function remember(id, begun) {
  forgetOld();
  localStorage.setItem(PREFIX + id, JSON.stringify(begun));
}

/** @param {string} id @returns {Begun|null} */
export function recall(id) {
  const kept = localStorage.getItem(PREFIX + id);
  return kept && JSON.parse(kept);
}

/** @param {string} id */
export const forget = (id) => localStorage.removeItem(PREFIX + id);

function forgetOld() {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(PREFIX) && Date.now() - JSON.parse(localStorage.getItem(key) ?? "{}").begunAt > FORGET_MS) localStorage.removeItem(key);
  }
}
