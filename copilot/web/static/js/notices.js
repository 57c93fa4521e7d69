/** The pitfall slot: one notice at a time, for as long and as often as the playbook says; the rest only count. */
import { effect, signal } from "./html.js";
import { page, playbook } from "./store.js";

const USUAL = { stands_s: 20, at_most_every_s: 30, too_late_after_s: 15 };
const ACKNOWLEDGED_S = 4;
const KEPT_AS = `copilot.notice.${page.call_id}`;
const rules = () => playbook.value?.notices ?? USUAL;

/** @typedef {{id: string, shownAt: number, words: string}} Notice the pitfall in the slot; `words` replaces it once it was judged */

export const notice = signal(kept());
let lastShown = notice.value?.shownAt ?? -Infinity;

/** What stands is kept for a reload of the page. */
effect(() => {
  if (notice.value) sessionStorage.setItem(KEPT_AS, JSON.stringify(notice.value));
  else sessionStorage.removeItem(KEPT_AS);
});

/** @returns {Notice|null} the one that stood when the page was left, or null */
function kept() {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT_AS) ?? "null");
  } catch {
    return null;
  }
}

/** The whole state came anew: a notice whose pitfall is no longer open goes. @param {Api.State} state */
export function recheck(state) {
  const current = notice.value;
  if (current && !current.words && state.pitfalls.find((p) => p.id === current.id)?.state !== "open") notice.value = null;
}

/**
 * Whether a pitfall may stand in the slot. Pure.
 * @param {Api.Pitfall} pitfall @param {Api.Said[]} utterances
 * @param {{sinceLast: number, shows: string|undefined, at_most_every_s: number, too_late_after_s: number}} rule
 *   `sinceLast`: seconds since the last one came
 */
function mayShow(pitfall, utterances, { sinceLast, shows, at_most_every_s, too_late_after_s }) {
  if (pitfall.state !== "open" || (shows && shows !== "live")) return false;
  if (sinceLast < at_most_every_s) return false;
  const fact = utterances[Math.max(...pitfall.utterances)]?.end_s;
  const latest = utterances.at(-1)?.end_s;
  return fact == null || latest == null || latest - fact <= too_late_after_s;
}

/** A pitfall's event came live. @param {Api.PitfallNoted} event @param {Api.State} state */
export function heard(event, state) {
  const current = notice.value;
  if (current?.id === event.item.id && event.item.state !== "open") {
    if (!current.words) notice.value = null;
    return;
  }
  if (event.change !== "found") return;
  const now = Date.now();
  const shows = playbook.value?.pitfalls[event.item.kind]?.shows;
  const { at_most_every_s, too_late_after_s } = rules();
  if (!mayShow(event.item, state.utterances, { sinceLast: (now - lastShown) / 1000, shows, at_most_every_s, too_late_after_s })) return;
  lastShown = now;
  notice.value = { id: event.item.id, shownAt: now, words: "" };
}

/** Close the slot after its time, unless somebody is at it. @param {number} now @param {boolean} attended */
export function expire(now, attended) {
  const current = notice.value;
  if (!current || attended) return;
  const stands_s = current.words ? ACKNOWLEDGED_S : rules().stands_s;
  if (now - current.shownAt > stands_s * 1000) notice.value = null;
}

/** @param {string} words what stands in the slot instead for four seconds */
export function acknowledge(words) {
  if (notice.value) notice.value = { ...notice.value, words, shownAt: Date.now() };
}

/** Pitfalls that count beside the coverage strip. @param {Api.State|null} state @param {Record<string, Api.PitfallRule>} [rules] the playbook's pitfalls */
export function earlier(state, rules) {
  return (state?.pitfalls ?? []).filter((p) => p.state === "open" && (rules?.[p.kind]?.shows ?? "live") === "live" && p.id !== notice.value?.id);
}
