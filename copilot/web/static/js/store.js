/** What the page knows, as signals. Nothing here decides anything. */
import { computed, signal } from "./html.js";

/** @type {{call_id?: string, kind?: string, live?: boolean, version?: string}} */
export const page = JSON.parse(document.getElementById("page").textContent || "{}");

/** The call's state as the server folds it, or null before the first snapshot. */
export const state = signal(/** @type {any} */ (null));
export const seq = signal(0);
/** The server's last `status`, or null. */
export const status = signal(/** @type {any} */ (null));
/** Since when nobody has been listening, where this page saw it stop. */
export const deafSince = signal(/** @type {number|null} */ (null));
/** Running partials by utterance id, each with the time of its first words as `since`. */
export const partials = signal(/** @type {Map<string, any>} */ (new Map()));
/** `since` is when the phase began, in the clock of Date.now(). */
export const connection = signal({ phase: "connecting", since: Date.now(), words: "" });
/** When the last message came. */
export const heardAt = signal(Date.now());
/** When the last utterance came, so that the clock can go on from its end. */
export const utteranceAt = signal(/** @type {number|null} */ (null));
/** The last question that was closed, and by whom; null after a snapshot. */
export const lastClosed = signal(/** @type {any} */ (null));
/** What was noted of the map last: {item, at}. */
export const lastCapture = signal(/** @type {any} */ (null));
/** Decisions that the server has not answered yet, by ref. */
export const waiting = signal(/** @type {Map<string, any>} */ (new Map()));
/** What the server refused, by the id of what it was about. */
export const refused = signal(/** @type {Map<string, string>} */ (new Map()));
/** Since when the speakers are being worked out again, or null. */
export const reworkingSince = signal(/** @type {number|null} */ (null));
/** The playbook as GET /api/playbook gives it, or null until it is there. */
export const playbook = signal(/** @type {any} */ (null));
/** Wall clock, once a second. */
export const now = signal(Date.now());

export const ended = computed(() => Boolean(state.value?.ended));
export const language = computed(() => state.value?.call?.language ?? undefined);
/** @param {number} i */
export const utterance = (i) => state.value?.utterances[i];

/** @param {string} id of an item; whether a decision about it is on its way */
export function isWaiting(id) {
  for (const message of waiting.value.values()) if ((message.item ?? message.id) === id) return true;
  return false;
}
