/** What the page knows, as signals. Nothing here decides anything. */
import { computed, signal } from "./html.js";

/**
 * @typedef {Api.Partial & {since: number}} Running a partial, with the time of its first words
 * @typedef {"connecting"|"open"|"down"|"refused"} Phase
 * @typedef {{phase: Phase, since: number, words: string}} Connection
 * @typedef {Api.Decision & {ref: string, sent: boolean}} Sent
 */

/** @type {{call_id?: string, kind?: string, live?: boolean, speech?: boolean, transcribing?: boolean, largest_recording?: number, sound_days?: number|null, version?: string, started_at?: string}} */
export const page = JSON.parse(document.getElementById("page")?.textContent || "{}");

/** The call's state as the server folds it, or null before the first snapshot. */
export const state = signal(/** @type {Api.State|null} */ (null));
export const seq = signal(0);
/** The server's last `status`, or null. */
export const status = signal(/** @type {Api.Status|null} */ (null));
/** Since when nobody has been listening, where this page saw it stop. */
export const deafSince = signal(/** @type {number|null} */ (null));
/** Running partials by utterance id, each with the time of its first words as `since`. */
export const partials = signal(/** @type {Map<string, Running>} */ (new Map()));
/** `since` is when the phase began, in the clock of Date.now(). */
export const connection = signal(/** @type {Connection} */ ({ phase: "connecting", since: Date.now(), words: "" }));
/** When the last message came. */
export const heardAt = signal(Date.now());
/** When the last utterance came, so that the clock can go on from its end. */
export const utteranceAt = signal(/** @type {number|null} */ (null));
/** The last question that was closed, and by whom; null after a snapshot. */
export const lastClosed = signal(/** @type {{question: Api.Question, by: string, at: number}|null} */ (null));
/** What was noted of the map last. */
export const lastCapture = signal(/** @type {{item: Api.Item, at: number}|null} */ (null));
/** Decisions that the server has not answered yet, by ref. */
export const waiting = signal(/** @type {Map<string, Sent>} */ (new Map()));
/** What the server refused, by the id of what it was about. */
export const refused = signal(/** @type {Map<string, string>} */ (new Map()));
/** Since when the speakers are being worked out again, or null. */
export const reworkingSince = signal(/** @type {number|null} */ (null));
/** The playbook as GET /api/playbook gives it, or null until it is there. */
export const playbook = signal(/** @type {Api.Playbook|null} */ (null));
/** Wall clock, once a second. */
export const now = signal(Date.now());

export const ended = computed(() => Boolean(state.value?.ended));
/** How far the transcription is, where the call is a recording that is being transcribed. */
export const recording = computed(() => status.value?.recording ?? null);
/** Whether the page is the review: the call is over, or it is a recording, and nobody sits in it. */
export const reviewed = computed(() => Boolean(state.value) && (ended.value || (status.value ? Boolean(recording.value) : page.transcribing === true)));
export const language = computed(() => state.value?.call?.language ?? undefined);
/** @param {number} i @returns {Api.Said|undefined} */
export const utterance = (i) => state.value?.utterances[i];

/** The state, for what is drawn only once there is one. */
export function known() {
  if (!state.value) throw new Error("the call's state has not come yet");
  return state.value;
}

/** What a decision is about: the id of an item, a question or a pitfall. @param {Api.Decision} decision */
export const subject = (decision) => ("item" in decision ? decision.item : "id" in decision ? decision.id : "speakers");

/** @param {string} id of an item; whether a decision about it is on its way */
export function isWaiting(id) {
  for (const message of waiting.value.values()) if (subject(message) === id) return true;
  return false;
}
