/** What is open on the page. */
import { effect, signal } from "./html.js";

export const drawerOpen = signal(false);
export const mapOpen = signal(false);
export const behindOpen = signal(false);
export const keyListOpen = signal(false);
/** Whether the moment is being marked, with its note open. */
export const marking = signal(false);
export const hidden = signal(false);
/** The window of its own, or null. */
export const ownWindow = signal(/** @type {Window|null} */ (null));
/**
 * @typedef {{i: number, n: number, play: boolean, done?: boolean}} Wanted an utterance to show, and to play where there is sound;
 *   `n` makes asking twice count twice, `done` once it was
 */

export const wanted = signal(/** @type {Wanted|null} */ (null));
const KEPT_AS = "copilot.announce";
/** What assistive technology is told unasked, as chosen in this browser: its voice may be heard in the meeting. */
export const announce = signal({ questions: true, notices: true, map: true, alarms: true, transcript: false, ...kept() });
effect(() => localStorage.setItem(KEPT_AS, JSON.stringify(announce.value)));

function kept() {
  try {
    return JSON.parse(localStorage.getItem(KEPT_AS) ?? "{}");
  } catch {
    return {};
  }
}

const narrow = window.matchMedia("(max-width: 47.99em)");
export const isNarrow = signal(narrow.matches);
narrow.addEventListener("change", () => { isNarrow.value = narrow.matches; });

/** Bring an utterance into view, opening the drawer where the transcript is one. @param {number} i @param {{play?: boolean}} [how] */
export function showUtterance(i, { play = true } = {}) {
  if (isNarrow.peek()) drawerOpen.value = true;
  wanted.value = { i, play, n: (wanted.peek()?.n ?? 0) + 1 };
}
