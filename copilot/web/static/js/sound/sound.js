/** The call's sound: whether it is kept, where it is, and the one element that plays it. */
import { computed, effect, signal } from "../html.js";
import { ask } from "../requests.js";
import { page, state } from "../store.js";
import { toastProblem } from "../toasts.js";
import { wanted } from "../ui.js";

const BEFORE_S = 1;
const AGAIN_MS = 2000;

/** What the server says of it, or null before it has. */
export const about = signal(/** @type {Api.SoundKept|null} */ (null));
export const position = signal(0);
export const length = signal(/** @type {number|null} */ (null));
export const playing = signal(false);
export const speed = signal(1);
export const trouble = signal("");
/** Whether the transcript goes along with what is playing; until somebody scrolls. */
export const followed = signal(true);

export const canPlay = computed(() => about.value?.state === "kept" && !trouble.value);

/** Where an utterance ends no earlier than the next begins, the later one counts. @param {number} at */
function utteranceAt(at) {
  const said = state.peek()?.utterances ?? [];
  const begun = said.filter((u) => u.start_s != null && u.start_s <= at);
  const last = begun.reduce((latest, u) => ((u.start_s ?? 0) >= (latest?.start_s ?? 0) ? u : latest), begun.at(0));
  return last && at <= (last.end_s ?? Infinity) + 0.5 ? last.i : null;
}

/** The utterance that is playing, or at which it was paused; null before anything was played. */
export const playingNow = computed(() => (canPlay.value && position.value > 0 ? utteranceAt(position.value) : null));

const path = `/api/calls/${encodeURIComponent(page.call_id ?? "")}/sound`;
const audio = new Audio();
audio.preload = "metadata";
audio.addEventListener("timeupdate", () => { position.value = audio.currentTime; });
audio.addEventListener("seeking", () => { position.value = audio.currentTime; });
audio.addEventListener("durationchange", () => { length.value = Number.isFinite(audio.duration) ? audio.duration : null; });
audio.addEventListener("play", () => { playing.value = true; });
audio.addEventListener("pause", () => { playing.value = false; });
audio.addEventListener("error", () => { if (audio.getAttribute("src")) trouble.value = "The sound could not be played. Reload the page to try again."; });

/** Ask the server; while it prepares the sound, again. */
export async function load() {
  const answer = await ask(`${path}/about`).catch(() => null);
  about.value = answer;
  if (answer?.state === "pending") window.setTimeout(() => void load(), AGAIN_MS);
  if (answer?.state !== "kept" || audio.getAttribute("src")) return;
  audio.src = path;
  const target = wanted.peek();
  if (target) seekUtterance(target.i);
}

/** @param {number} seconds */
export function seek(seconds) {
  const end = length.peek();
  audio.currentTime = Math.max(0, end == null ? seconds : Math.min(seconds, end));
  position.value = audio.currentTime;
}

/** From where it stands. */
export function play() {
  followed.value = true;
  audio.playbackRate = speed.peek();
  audio.play().catch((error) => { if (error.name === "NotAllowedError") toastProblem("The browser does not let this page play sound yet. Press Play to try again."); });
}

export const pause = () => audio.pause();
export const toggle = () => (playing.peek() ? pause() : play());
/** @param {number} seconds */
export const skip = (seconds) => seek(audio.currentTime + seconds);

/** @param {number} times */
export function setSpeed(times) {
  speed.value = times;
  audio.playbackRate = times;
}

/** A second before an utterance, so that its first word is not cut. @param {number} i */
function seekUtterance(i) {
  const start = state.peek()?.utterances[i]?.start_s;
  if (start != null) seek(start - BEFORE_S);
}

/** Whatever shows an utterance plays it, unless it only leads there. */
effect(() => {
  const target = wanted.value;
  if (!target || !canPlay.peek()) return;
  seekUtterance(target.i);
  if (target.play) play();
});

/** Delete it, for good. */
export async function remove() {
  audio.pause();
  await ask(path, { method: "DELETE" });
  audio.removeAttribute("src");
  audio.load();
  position.value = 0;
  await load();
}
