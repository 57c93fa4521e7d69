/** What an upload asks and says where the file is a recording. */
import { html, useState } from "./html.js";
import { page } from "./store.js";

const ENDINGS = /\.(wav|mp3|m4a|mp4|aac|flac|ogg|oga|opus|webm|mka)$/i;
const NO_MODEL = "this server has no speech model, so it reads transcripts only. With pip install 'copilot-value[speech]' and COPILOT_SPEECH__MODEL=base.en it transcribes recordings; copilot doctor says what is missing.";

/** By its name, or by what the browser takes it for; the server looks into it. @param {File} file */
export const isRecording = (file) => ENDINGS.test(file.name) || /^(audio|video)\//.test(file.type);

/** @param {number} bytes */
export const mebibytes = (bytes) => (bytes / 2 ** 20 < 10 ? (bytes / 2 ** 20).toFixed(1) : String(Math.round(bytes / 2 ** 20)));

/** Why a recording will not be taken, before it is sent; "" where it will be. @param {File} file */
export function refusal(file) {
  if (!isRecording(file)) return "";
  if (!page.speech) return `${file.name}: ${NO_MODEL}`;
  if (page.largest_recording != null && file.size > page.largest_recording) {
    return `${file.name} has ${mebibytes(file.size)} MiB; this server takes recordings up to ${mebibytes(page.largest_recording)} MiB. Of WAV, MP3, M4A, FLAC, Ogg, Opus and WebM, MP3 and Opus are small.`;
  }
  return "";
}

/** @param {{words?: string}} props */
export function ConsentFields({ words = "Everyone on the call agreed to be recorded" }) {
  const [given, setGiven] = useState(false);
  const kept = page.sound_days == null ? "This server deletes the sound once it is transcribed." : `With it, the sound is kept for ${page.sound_days} days, to be played beside the transcript; without it, it is deleted once it is transcribed.`;
  return html`<fieldset class="consent"><legend class="visually-hidden">Consent</legend>
    <label class="check"><input type="checkbox" checked=${given} onChange=${(/** @type {{currentTarget: HTMLInputElement}} */ event) => setGiven(event.currentTarget.checked)} /> ${words}</label>
    ${given && html`<label>Said by<input type="text" name="consent_by" required maxlength="200" autocomplete="off" placeholder="who asked them" /></label>`}
    <p class="caption">${kept}</p></fieldset>`;
}

/** What was ticked and typed there. @param {FormData} typed @returns {[string, string][]} */
export function consentIn(typed) {
  const by = String(typed.get("consent_by") ?? "").trim();
  return by ? [["consent_by", by], ["consent_how", "ticked at the upload"]] : [];
}
