/** What the page knows of its own capture, as signals. */
import { computed, signal } from "../html.js";
import { now } from "../store.js";
import { sign } from "./sign.js";

/** @type {import("./sign.js").Source} */
export const NONE = { phase: "none", words: "", since: 0 };

/** Whether the microphone hears all there is, the customer included. */
export const alone = signal(false);
export const microphone = signal(NONE);
export const meeting = signal(NONE);
/** The loudest of the last tenth of a second, by channel, in [0, 1]. */
export const levels = signal([0, 0]);
/** Whether a channel has given sound since it was connected. */
export const moved = signal([false, false]);
/** When a channel gave sound last, in the clock of Date.now(); not a signal, as it changes all the time. */
export const soundAt = [0, 0];
export const muted = signal([false, false]);
/** When the call's clock began, in the clock of Date.now(). */
export const begunAt = signal(0);
/** Whether the browser's sound runs. */
export const running = signal(true);
/** The way to the server, or null while this page captures nothing. */
export const link = signal(/** @type {{phase: string, words: string, since: number}|null} */ (null));
/** Whether the call is off the record. */
export const paused = signal(false);
export const ending = signal(false);
/** Seconds that were captured during a break and are still to be sent. */
export const behindS = signal(/** @type {number|null} */ (null));
export const news = signal(/** @type {{words: string, bad: boolean, until: number}|null} */ (null));

/** Whether this page captures a call that has not ended. */
export const capturing = computed(() => link.value !== null && link.value.phase !== "over");

/** What the rep has to know, or null. */
export const captureSign = computed(() => {
  if (!capturing.value || !link.value) return null;
  return sign({
    microphone: microphone.value,
    meeting: alone.value ? null : meeting.value,
    running: running.value,
    link: link.value,
    behindS: behindS.value,
    paused: paused.value,
    ending: ending.value,
    muted: muted.value,
    silentS: soundAt.map((at) => (now.value - at) / 1000),
    news: news.value && news.value.until > now.value ? news.value : null,
    now: now.value,
  });
});
