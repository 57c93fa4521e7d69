/** A recording that is being transcribed: how far it is, in words, and what can be done about it. */
import { clock } from "./format.js";
import { html, useState, wordsOf } from "./html.js";
import { Popover } from "./popover.js";
import { ask } from "./requests.js";

/** "about 3 min", or "" before there is ground for an estimate. @param {number|null} seconds */
function left(seconds) {
  if (seconds == null) return "";
  return seconds < 90 ? `about ${Math.max(10, Math.round(seconds / 10) * 10)} s` : `about ${Math.round(seconds / 60)} min`;
}

/** @param {Api.Progress} progress */
export function progressWords({ state, done_s, length_s, left_s }) {
  if (state === "waiting") return "Waiting for other recordings";
  const far = length_s == null ? clock(done_s) : `${clock(done_s)} of ${clock(length_s)}`;
  if (state === "failed") return `Stopped at ${far}`;
  return ["Transcribing", [far, left(left_s)].filter(Boolean).join(", ")].join(" ");
}

/** @param {Api.Progress} progress in [0, 1], or null where the file does not tell its length */
export const share = ({ done_s, length_s }) => (length_s ? Math.min(1, done_s / length_s) : null);

/** @param {{progress: Api.Progress, label: string}} props */
export function ProgressBar({ progress, label }) {
  const done = share(progress);
  const width = done ?? (progress.state === "transcribing" ? 1 : 0);
  const known = done == null ? {} : { "aria-valuemin": "0", "aria-valuemax": "100", "aria-valuenow": String(Math.round(done * 100)) };
  return html`<div class=${`far ${done == null && progress.state === "transcribing" ? "unknown" : ""}`} role="progressbar" aria-label=${label} aria-valuetext=${progressWords(progress)} ...${known}>
    <span style=${{ width: `${Math.round(width * 1000) / 10}%` }}></span></div>`;
}

/** On the call's page. @param {{callId: string, progress: Api.Progress}} props */
export function Transcription({ callId, progress }) {
  const [trouble, setTrouble] = useState("");
  const change = async (/** @type {"POST"|"DELETE"} */ method) => {
    setTrouble("");
    try {
      await ask(`/api/calls/${encodeURIComponent(callId)}/transcription`, { method });
    } catch (error) {
      setTrouble(`Not done: ${wordsOf(error)}.`);
    }
  };
  const failed = progress.state === "failed";
  return html`<section class=${`transcription card ${failed ? "failed" : ""}`} aria-label="Transcription">
    <p><b>${progressWords(progress)}</b></p>
    <${ProgressBar} progress=${progress} label="Transcription" />
    ${failed ? html`<p role="alert">${progress.reason}. The recording is safe, and what was transcribed stays.</p>`
      : html`<p class="caption">What has been said so far stands below. The page can be left: it goes on, also after the server was restarted.</p>`}
    ${trouble && html`<p class="problem" role="alert">${trouble}</p>`}
    <div class="form-buttons">${failed && html`<button type="button" class="button primary" onClick=${() => change("POST")}>Try again</button>`}
      <${Popover} className="button" label="Cancel the transcription" button="Cancel">${(/** @type {() => void} */ close) => html`
        <p><b>Stop here?</b></p><p class="muted">What has been transcribed stays, and the call ends with it. The rest of the recording cannot be transcribed any more without uploading it again.</p>
        <div class="form-buttons"><button type="button" class="button" onClick=${() => { close(); void change("DELETE"); }}>Stop here</button>
          <button type="button" class="button quiet" onClick=${close}>Go on</button></div>`}<//></div>
  </section>`;
}
