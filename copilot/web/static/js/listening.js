/** The call's condition in one word, worst first. Pure. */
import { clock } from "./format.js";

const SILENT_CUSTOMER_S = 60;
const BEHIND_S = 5;
/** What goes before anything that the server says. */
const FIRST = new Set(["off", "broken", "ending", "paused"]);

/** @typedef {{kind: string, words: string, detail: string, act?: import("./capture/sign.js").Act, since?: number}} Sign */

/**
 * @param {{connection: import("./store.js").Connection, status: Api.Status|null, state: Api.State|null, callSeconds: number|null, capture: Sign|null}} seen
 *   `capture`: what this page has to say of its own capture, where it has one
 * @returns {Sign} kind: off, broken, ending, paused, silent (nobody is heard), quiet (one side alone is), behind, listening, wrapping, ended, opening
 */
export function condition({ connection, status, state, callSeconds, capture }) {
  if (connection.phase === "refused") return { kind: "off", words: "Not connected", detail: connection.words };
  if (state?.wrapped_up) return { kind: "ended", words: "Ended", detail: "" };
  if (state?.ended) return { kind: "wrapping", words: "Wrapping up", detail: "" };
  if (capture && FIRST.has(capture.kind)) return capture;
  if (status?.recording) return { kind: "transcribing", words: status.recording.state === "failed" ? "Not transcribed" : "Transcribing", detail: "" };
  const trouble = status && status.reason !== status.tier_reason ? status.reason : null;
  const isDeaf = status?.listening === false || (status?.asr === "off" && trouble);
  if (isDeaf && connection.phase === "open") return { kind: "off", words: "Not listening", detail: status?.reason ?? "" };
  if (connection.phase === "down" && state) return { kind: "broken", words: "Reconnecting", detail: "kept as it was" };
  if (connection.phase !== "open" || !state) return { kind: "opening", words: "Connecting", detail: "" };
  const missing = capture ?? missed(state);
  if (missing) return missing;
  const silence = customerSilence(state, callSeconds);
  if (status && status.asr !== "off" && silence != null && silence >= SILENT_CUSTOMER_S) {
    const nobody = (callSeconds ?? 0) - lastEnd(state) >= SILENT_CUSTOMER_S;
    return { kind: nobody ? "silent" : "quiet", words: "No customer sound", detail: `for ${clock(silence)}` };
  }
  if (status && status.lag_s >= BEHIND_S) return { kind: "behind", words: `${Math.round(status.lag_s)} s behind`, detail: trouble ?? "" };
  if (trouble) return { kind: "behind", words: "Transcription behind", detail: trouble };
  return { kind: "listening", words: "Listening", detail: "" };
}

/** What a sender elsewhere says that it does not hear. @param {Api.State} state @returns {Sign|null} */
function missed(state) {
  const open = state.unheard.filter((u) => u.end_s == null);
  if (open.some((u) => u.reason === "off_record")) return { kind: "paused", words: "Off the record", detail: "nothing is heard or kept" };
  const gone = open.find((u) => u.reason === "no_sound");
  if (!gone) return null;
  return { kind: "silent", words: gone.role === "rep" ? "No sound from the microphone" : "No customer sound", detail: "the rep's page says why" };
}

/** In seconds, or null where times are not known. @param {Api.State} state @param {number|null} callSeconds */
function customerSilence(state, callSeconds) {
  if (callSeconds == null) return null;
  const last = state.utterances.findLast((u) => u.role === "customer" && u.end_s != null);
  return callSeconds - (last?.end_s ?? 0);
}

/**
 * How far the call is, in seconds; None where the call carries no times.
 * @param {Api.State|null} state @param {number|null} utteranceAt when the last utterance came @param {number} now @param {boolean} running
 */
export function callSeconds(state, utteranceAt, now, running) {
  const end = state ? lastEnd(state) : -1;
  if (end < 0) return null;
  return running && utteranceAt ? end + Math.max(0, (now - utteranceAt) / 1000) : end;
}

/** When somebody was last heard, or -1. @param {Api.State} state */
const lastEnd = (state) => state.utterances.reduce((latest, u) => Math.max(latest, u.end_s ?? u.start_s ?? -1), -1);
