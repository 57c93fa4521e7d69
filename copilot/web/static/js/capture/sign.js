/** What the rep has to know of the capture, worst first. Pure. */
import { clock } from "../format.js";

const SILENT_CUSTOMER_S = 60;
const SILENT_MICROPHONE_S = 120;

/**
 * @typedef {"microphone"|"meeting"|"wake"|"reload"|""} Act what the sign's one button does
 * @typedef {{kind: string, words: string, detail: string, act: Act, since?: number}} Sign kinds as `listening.js` has them, and `paused`
 * @typedef {{phase: "none"|"asking"|"live"|"gone", words: string, since: number}} Source
 * @typedef {object} Seen
 * @property {Source} microphone
 * @property {Source|null} meeting null where the microphone hears all
 * @property {boolean} running whether the browser's sound runs at all
 * @property {{phase: string, words: string, since: number}} link
 * @property {number|null} behindS seconds to be sent after a break, while there are
 * @property {boolean} paused
 * @property {boolean} ending
 * @property {boolean[]} muted
 * @property {number[]} silentS for how long each channel has been silent
 * @property {{words: string, bad: boolean}|null} news
 * @property {number} now
 */

/** @param {Seen} seen @returns {Sign|null} null where all is well */
export function sign(seen) {
  const { microphone, meeting, link, now } = seen;
  const since = (/** @type {{since: number}} */ thing) => clock((now - thing.since) / 1000);
  if (link.phase === "refused") return { kind: "off", words: "Not listening", detail: link.words, act: "reload", since: link.since };
  if (seen.ending) return { kind: "ending", words: "Ending", detail: seen.behindS ? `${clock(seen.behindS)} still to be sent` : "", act: "" };
  if (!seen.running) return { kind: "off", words: "Not listening", detail: "The browser has stopped the sound.", act: "wake" };
  if (microphone.phase !== "live") return { kind: "off", words: "Not listening", detail: microphone.words, act: "microphone", since: microphone.since };
  if (meeting && meeting.phase !== "live") return { kind: "off", words: "Not listening", detail: meeting.words, act: "meeting", since: meeting.since };
  if (link.phase !== "open") return { kind: "broken", words: `Offline ${since(link)}`, detail: "kept on this computer", act: "" };
  if (seen.news?.bad) return { kind: "behind", words: seen.news.words, detail: "", act: "" };
  if (seen.paused) return { kind: "paused", words: "Off the record", detail: "nothing is heard or kept", act: "" };
  if (seen.behindS) return { kind: "behind", words: "Catching up", detail: `${clock(seen.behindS)} to be sent`, act: "" };
  return seen.news ? { kind: "listening", words: seen.news.words, detail: "", act: "" } : silence(seen);
}

/** One side that is silent while the other is heard is as it should be, and only said. @param {Seen} seen @returns {Sign|null} */
function silence({ meeting, muted, silentS }) {
  const kind = Math.min(silentS[0], meeting ? silentS[1] : silentS[0]) >= SILENT_CUSTOMER_S ? "silent" : "quiet";
  if (meeting && !muted[1] && silentS[1] >= SILENT_CUSTOMER_S) return { kind, words: "No customer sound", detail: `for ${clock(silentS[1])}`, act: "meeting" };
  if (!muted[0] && silentS[0] >= SILENT_MICROPHONE_S) return { kind, words: "No sound from the microphone", detail: `for ${clock(silentS[0])}`, act: "microphone" };
  return null;
}
