/** What is to be said of a stretch that was not heard. */
import { clock, timeOfDay } from "../format.js";

/** @typedef {import("./sender.js").Unheard} Unheard */

/** To the tenth of a second. @param {number} s */
export const rounded = (s) => Math.round(s * 10) / 10;

/** @param {Unheard["reason"]} reason @param {Unheard["role"]} role @param {number} start_s @param {number|null} end_s @returns {Unheard} */
export const unheard = (reason, role, start_s, end_s) => ({ id: crypto.randomUUID(), reason, role, start_s: rounded(start_s), end_s: end_s === null ? null : rounded(end_s) });

/** "0:18 lost at 12:03". @param {number} begunAt when the call began, in the clock of Date.now() @param {number} start_s @param {number} end_s */
export const lostWords = (begunAt, start_s, end_s) => `${clock(end_s - start_s)} lost at ${timeOfDay(new Date(begunAt + start_s * 1000)).slice(0, 5)}`;
