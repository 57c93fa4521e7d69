/** Uploading transcripts and recordings: chosen, dropped or pasted. One has a form; several have one for all, and then a row each. */
import { AccountField } from "./account_field.js";
import { html, signal, useEffect, useLayoutEffect, useRef, wordsOf } from "./html.js";
import { KINDS, OTHER_HAS_NONE } from "./kinds.js";
import { GivenUp, KnownAlready, giveUp, posted, sent } from "./sending.js";
import { toast } from "./toasts.js";
import { page } from "./store.js";
import { Batch, gather, gathered } from "./upload_batch.js";
import { Known } from "./upload_known.js";
import { Rows, rows, someWait } from "./upload_queue.js";
import { ConsentFields, consentIn, isRecording, mebibytes, refusal } from "./upload_recording.js";
import { Speakers, forgetSpeakers, lookForSpeakers, namesOfOurs } from "./upload_speakers.js";

const RECORDINGS = page.speech ? "recordings as WAV, MP3, M4A, FLAC, Ogg, Opus, WebM" : "no recordings, since this server has no speech model";
const ACCEPTED = `Accepted: VTT, SRT, plain text and JSON, as Zoom, Teams, Meet, Otter, Fireflies, Gong, Whisper and others write them; ${RECORDINGS}.`;

/** What was chosen alone and is not sent yet. */
export const file = signal(/** @type {File|null} */ (null));
const sending = signal(false);
/** The call that what was chosen is known as. */
const known = signal(/** @type {import("./sending.js").KnownCall|null} */ (null));
const trouble = signal("");
const dragging = signal(false);

/** Whether something is on its way, or is to go. */
export const isBusy = () => sending.value || someWait();
/** Whether anything is shown of uploads. */
export const isUploading = () => file.value !== null || gathered.value.length > 0 || rows.value.length > 0;

/** One has a form of its own, unless others wait or are on their way; more than one are asked about together. @param {ArrayLike<File>|null|undefined} files */
function take(files) {
  const given = Array.from(files ?? []);
  const [chosen] = given;
  if (!chosen || sending.value) return;
  if (given.length > 1 || gathered.value.length || someWait()) {
    gather([...(file.value ? [file.value] : []), ...given]);
    forget();
    return;
  }
  rows.value = [];
  file.value = chosen;
  known.value = null;
  trouble.value = "";
  if (!isRecording(chosen)) void lookForSpeakers(chosen);
}

/** Open the browser's file dialog. */
export function choose() {
  const input = document.createElement("input");
  input.type = "file";
  input.multiple = true;
  input.onchange = () => take(input.files);
  input.click();
}

/** The whole page takes dropped files, and pasted text. */
export function DropTarget() {
  useEffect(() => {
    const over = (/** @type {DragEvent} */ event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      dragging.value = true;
    };
    const leave = (/** @type {DragEvent} */ event) => { if (!event.relatedTarget) dragging.value = false; };
    const drop = (/** @type {DragEvent} */ event) => {
      event.preventDefault();
      dragging.value = false;
      take(event.dataTransfer?.files);
    };
    const paste = (/** @type {ClipboardEvent} */ event) => {
      if (event.target instanceof Element && event.target.closest("input, textarea")) return;
      const text = event.clipboardData?.getData("text/plain");
      if (event.clipboardData?.files.length) take(event.clipboardData.files);
      else if (text?.includes("\n")) take([new File([text], "pasted.txt", { type: "text/plain" })]);
    };
    const until = new AbortController();
    document.addEventListener("dragover", over, until);
    document.addEventListener("dragleave", leave, until);
    document.addEventListener("drop", drop, until);
    document.addEventListener("paste", paste, until);
    return () => until.abort();
  }, []);
  return dragging.value && html`<div class="drop-here" aria-hidden="true"><p>Drop transcripts or recordings here</p></div>`;
}

/** @param {HTMLFormElement} form @param {() => Promise<void>} onDone @param {{again?: boolean}} [how] */
async function submit(form, onDone, { again = false } = {}) {
  const chosen = file.value;
  if (!chosen || sending.value || refusal(chosen)) return;
  const data = new FormData();
  const typed = new FormData(form);
  for (const name of ["kind", "account", "title", "held_on"]) if (String(typed.get(name) ?? "").trim()) data.append(name, String(typed.get(name)).trim());
  const reps = isRecording(chosen) ? [String(typed.get("rep") ?? "")] : namesOfOurs();
  for (const rep of reps.filter(Boolean)) data.append("rep", rep);
  for (const [name, value] of consentIn(typed)) data.append(name, value);
  if (again) data.append("again", "true");
  data.append("file", chosen, chosen.name);
  sending.value = true;
  known.value = null;
  trouble.value = "";
  try {
    await send(data, onDone);
  } catch (error) {
    if (error instanceof GivenUp) return;
    if (error instanceof KnownAlready) known.value = error.call;
    else trouble.value = error instanceof TypeError ? "The server cannot be reached. The file is still chosen; try again." : wordsOf(error);
  } finally {
    sending.value = false;
    sent.value = 0;
  }
}

/** @param {FormData} data @param {() => Promise<void>} onDone */
async function send(data, onDone) {
  const body = await posted("/api/calls", data);
  file.value = null;
  if (body.calls.length === 1) location.assign(`/calls/${encodeURIComponent(body.calls[0].id)}`);
  else {
    await onDone();
    toast(`${body.calls.length} calls were read from the file.`);
  }
}

/** What was chosen, before it is sent, or how far each of several is. @param {{onDone: () => Promise<void>, onEach?: () => Promise<void>}} props */
export function UploadPanel({ onDone, onEach }) {
  const chosen = file.value;
  const button = useRef(/** @type {HTMLElement|null} */ (null));
  const form = useRef(/** @type {HTMLFormElement|null} */ (null));
  useLayoutEffect(() => button.current?.focus(), [chosen, known.value]);
  if (!chosen) return html`<${Batch} /><${Rows} onEach=${onEach} />`;
  const refused = refusal(chosen);
  const go = (/** @type {{again?: boolean}} */ how) => { if (form.current?.reportValidity()) void submit(form.current, onDone, how); };
  return html`<form class="upload" ref=${form} onSubmit=${(/** @type {SubmitEvent} */ event) => { event.preventDefault(); go({}); }} aria-label="Upload">
    <p class="upload-name"><b dir="auto">${chosen.name}</b> <span class="caption">${chosen.size < 2 ** 20 ? `${Math.max(1, Math.round(chosen.size / 1024))} KiB` : `${mebibytes(chosen.size)} MiB`}</span></p>
    <div class="upload-fields">
      <label>Kind<select name="kind"><option value="">${isRecording(chosen) ? "not said" : "as the file says, else Other"}</option>${Object.entries(KINDS).map(([value, words]) => html`<option key=${value} value=${value}>${words}</option>`)}</select></label>
      <${AccountField} placeholder="optional" />
      <label>Title<input type="text" name="title" maxlength="200" autocomplete="off" placeholder="optional" /></label>
      <label>Day it took place<input type="date" name="held_on" min="1990-01-01" max="2100-12-31" /></label>
      ${isRecording(chosen) && html`<${Channel} />`}
    </div>
    <p class="caption">${OTHER_HAS_NONE}</p>
    ${isRecording(chosen) ? html`<${ConsentFields} />` : html`<${Speakers} />`}
    ${(trouble.value || refused) && html`<p class="problem" role="alert">${trouble.value || refused}</p>`}
    ${known.value && html`<${Known} call=${known.value} />`}
    <div role="status">${sending.value && html`<${Working} chosen=${chosen} />`}</div>
    ${!sending.value && !known.value && html`<p class="caption">${ACCEPTED}</p>`}
    <div class="form-buttons">${known.value
        ? html`<a class="button primary" ref=${button} href=${known.value.url}>Open it</a><button type="button" class="button" onClick=${() => go({ again: true })}>Upload it again</button>`
        : html`<button type="submit" class="button primary" ref=${button} aria-disabled=${sending.value || Boolean(refused)}>${isRecording(chosen) ? "Transcribe" : "Analyse"}</button>`}
      ${(!sending.value || isRecording(chosen)) && html`<button type="button" class="button quiet" onClick=${dismiss}>Cancel</button>`}</div>
  </form>`;
}

function dismiss() {
  giveUp();
  forget();
}

/** The one that was chosen. */
function forget() {
  forgetSpeakers();
  file.value = null;
  known.value = null;
  trouble.value = "";
}

function Channel() {
  return html`<label>Where your side is heard<select name="rep"><option value="">not known, or one channel</option><option value="Speaker 1">first channel (left)</option><option value="Speaker 2">second channel (right)</option></select></label>`;
}

/** How far reading is cannot be told, so nothing pretends to; how much has been sent can. @param {{chosen: File}} props */
function Working({ chosen }) {
  const all = sent.value >= chosen.size;
  if (isRecording(chosen) && !all) {
    const words = `${mebibytes(sent.value)} of ${mebibytes(chosen.size)} MiB`;
    return html`<p class="upload-name">Sending <b dir="auto">${chosen.name}</b>: ${words}</p>
      <div class="far" role="progressbar" aria-label=${`Sending ${chosen.name}`} aria-valuemin="0" aria-valuemax="100" aria-valuenow=${Math.round((sent.value / chosen.size) * 100)} aria-valuetext=${words}><span style=${{ width: `${(sent.value / chosen.size) * 100}%` }}></span></div>
      <p class="caption">This page has to stay open until it is sent. It is transcribed afterwards, also while the page is closed.</p>`;
  }
  return html`<p class="upload-name">Reading <b dir="auto">${chosen.name}</b>…</p>
    <div class="progress" role="progressbar" aria-label=${`Reading ${chosen.name}`}></div>
    ${!isRecording(chosen) && html`<p class="caption">A long transcript may take a minute or more; its review opens here when it is done. The page can be left: the call is in the list meanwhile.</p>`}`;
}
