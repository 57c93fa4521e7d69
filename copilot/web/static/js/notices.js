/** The pitfall slot: one notice at a time, twenty seconds, at most one in thirty; the rest only count. */
import { signal } from "./html.js";
import { playbook } from "./store.js";

export const STANDS_MS = 20000;
export const APART_MS = 30000;
export const LATE_S = 15;

/** The pitfall in the slot: {id, shownAt, words}; `words` replaces it once it was judged. */
export const notice = signal(/** @type {any} */ (null));
let lastShown = -Infinity;

/**
 * Whether a pitfall may stand in the slot. Pure.
 * @param {any} pitfall @param {any[]} utterances
 * @param {{now: number, lastShown: number, shows: string|undefined}} at
 */
export function mayShow(pitfall, utterances, { now, lastShown: last, shows }) {
  if (pitfall.state !== "open" || (shows && shows !== "live")) return false;
  if (now - last < APART_MS) return false;
  const fact = utterances[Math.max(...pitfall.utterances)]?.end_s;
  const latest = utterances.at(-1)?.end_s;
  return fact == null || latest == null || latest - fact <= LATE_S;
}

/** A pitfall's event came live. @param {any} event @param {any} state */
export function heard(event, state) {
  const current = notice.value;
  if (current?.id === event.item.id && event.item.state !== "open") {
    if (!current.words) notice.value = null;
    return;
  }
  if (event.change !== "found") return;
  const now = Date.now();
  const shows = playbook.value?.pitfalls[event.item.kind]?.shows;
  if (!mayShow(event.item, state.utterances, { now, lastShown, shows })) return;
  lastShown = now;
  notice.value = { id: event.item.id, shownAt: now, words: "" };
}

/** Close the slot after its time, unless somebody is at it. @param {number} now @param {boolean} attended */
export function expire(now, attended) {
  const current = notice.value;
  if (!current || attended) return;
  if (now - current.shownAt > (current.words ? 4000 : STANDS_MS)) notice.value = null;
}

/** @param {string} words what stands in the slot instead for four seconds */
export function acknowledge(words) {
  if (notice.value) notice.value = { ...notice.value, words, shownAt: Date.now() };
}

/** Pitfalls that count beside the coverage strip. @param {any} state @param {any} rules the playbook's pitfalls */
export function earlier(state, rules) {
  return (state?.pitfalls ?? []).filter((p) => p.state === "open" && (rules?.[p.kind]?.shows ?? "live") === "live" && p.id !== notice.value?.id);
}
