/** How loud a channel is right now; where nothing may move, in a word. */
import { html } from "../html.js";
import { levels } from "./state.js";

const FLOOR_DB = -54;

/** Pure. @param {number} peak in [0, 1] @returns {number} in [0, 1], as ears have it */
export const loudness = (peak) => (peak <= 0 ? 0 : Math.max(0, Math.min(1, 1 - (20 * Math.log10(peak)) / FLOOR_DB)));

/** @param {{channel: number}} props */
export function Meter({ channel }) {
  const share = loudness(levels.value[channel] ?? 0);
  return html`<span class="meter" aria-hidden="true"><span class="meter-bar"><span class="fill" style=${{ width: `${share * 100}%` }}></span></span>
    <span class="meter-words">${share > 0.25 ? "sound" : "quiet"}</span></span>`;
}
