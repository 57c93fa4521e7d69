/** Several files at once: what is asked for all of them before they go up, and who of each file's speakers is on our side. */
import { AccountField } from "./account_field.js";
import { count } from "./format.js";
import { html, signal, useLayoutEffect, useRef } from "./html.js";
import { KINDS } from "./kinds.js";
import { ConsentFields, consentIn, isRecording, refusal } from "./upload_recording.js";
import { enqueue } from "./upload_queue.js";
import { Names, namesToSend, onOurSide, speakersOf } from "./upload_speakers.js";

const SHOWN = 8; // names, until all are asked for

/** Those that were chosen and do not go yet. */
export const batch = signal(/** @type {File[]} */ ([]));
/** Who speaks in those that could be looked into. */
const heard = signal(/** @type {ReadonlyMap<File, Api.SpeakerFound[]>} */ (new Map()));
/** What was said of a name; of the others the files speak. */
const said = signal(/** @type {ReadonlyMap<string, boolean>} */ (new Map()));
/** How many are still to be looked into. */
const unread = signal(0);
const all = signal(false);
let looking = new AbortController();

/** @param {File[]} files */
export function gather(files) {
  batch.value = [...batch.value, ...files];
  const toRead = files.filter((file) => !isRecording(file));
  unread.value += toRead.length;
  void look(toRead, looking.signal);
}

/** One after the other: they are read whole. @param {File[]} files @param {AbortSignal} until */
async function look(files, until) {
  for (const file of files) {
    const speakers = await speakersOf(file, until);
    if (until.aborted) return;
    unread.value -= 1;
    if (speakers) heard.value = new Map([...heard.value, [file, speakers]]);
  }
}

/** Nothing is chosen any more. */
export function scatter() {
  looking.abort();
  looking = new AbortController();
  batch.value = [];
  heard.value = new Map();
  said.value = new Map();
  unread.value = 0;
  all.value = false;
}

/** @typedef {{name: string, files: number, first: string, ours: boolean}} Name */

/** Everyone who speaks in one of them, those of most files first. @returns {Name[]} */
function names() {
  /** @type {Map<string, Name>} */
  const found = new Map();
  for (const speakers of heard.value.values()) {
    const theirs = onOurSide(speakers);
    for (const { name, first } of speakers) {
      const one = found.get(name) ?? { name, files: 0, first, ours: false };
      found.set(name, { ...one, files: one.files + 1, ours: one.ours || theirs.has(name) });
    }
  }
  const asTold = [...found.values()].map((one) => ({ ...one, ours: said.value.get(one.name) ?? one.ours }));
  return asTold.sort((a, b) => b.files - a.files || a.name.localeCompare(b.name));
}

/** They go up, each with what was said for all and with those of our side who speak in it. @param {HTMLFormElement} form */
function goUp(form) {
  const typed = new FormData(form);
  /** @type {[string, string][]} */
  const asked = ["kind", "account"].map((name) => [name, String(typed.get(name) ?? "").trim()]);
  const fields = asked.filter(([, value]) => value);
  const consent = consentIn(typed);
  const ours = new Set(names().filter((one) => one.ours).map((one) => one.name));
  const files = batch.value.map((file) => ({ file, fields: isRecording(file) ? [...fields, ...consent] : [...fields, ...repsOf(file, ours)] }));
  scatter();
  enqueue(files);
}

/** @param {File} file @param {ReadonlySet<string>} ours @returns {[string, string][]} */
function repsOf(file, ours) {
  const speakers = heard.value.get(file) ?? [];
  const speaking = new Set(speakers.map((speaker) => speaker.name).filter((name) => ours.has(name)));
  return namesToSend(speakers, speaking).map((name) => ["rep", name]);
}

/** What is asked once for all that were chosen. */
export function Batch() {
  const button = useRef(/** @type {HTMLElement|null} */ (null));
  const files = batch.value;
  useLayoutEffect(() => button.current?.focus(), [files.length > 0]);
  if (!files.length) return null;
  const refused = files.filter((file) => refusal(file)).length;
  return html`<form class="upload" onSubmit=${(/** @type {SubmitEvent & {currentTarget: HTMLFormElement}} */ event) => { event.preventDefault(); goUp(event.currentTarget); }} aria-label="Upload of several files">
    <p class="upload-name"><b>${count(files.length, "file")}</b> <span class="caption" dir="auto">${files.slice(0, 3).map((file) => file.name).join(", ")}${files.length > 3 ? ` and ${files.length - 3} more` : ""}</span></p>
    <div class="upload-fields">
      <label>Kind of all of them<select name="kind"><option value="">as each file says, else Other: no scorecard</option>${Object.entries(KINDS).map(([value, words]) => html`<option key=${value} value=${value}>${words}</option>`)}</select></label>
      <${AccountField} placeholder="optional, of all of them" />
    </div>
    <${WhoIsOurs} />
    ${files.some(isRecording) && html`<${ConsentFields} />`}
    ${refused > 0 && html`<p class="caption">${count(refused, "of them is", "of them are")} a recording that this server does not take; its row will say why.</p>`}
    <div class="form-buttons"><button type="submit" class="button primary" ref=${button}>Upload ${count(files.length, "file")}</button><button type="button" class="button quiet" onClick=${scatter}>Cancel</button></div>
  </form>`;
}

function WhoIsOurs() {
  const found = names();
  if (!found.length && !unread.value) return html`<p class="caption" role="status">Who is on your side can be told in each review.</p>`;
  const shown = all.value ? found : found.slice(0, SHOWN);
  return html`<div>
    <${Names} names=${shown.map(({ name, files, first, ours }) => ({ name, first, ours, where: `in ${count(files, "file")}` }))}
      onToggle=${(/** @type {string} */ name, /** @type {boolean} */ isOurs) => { said.value = new Map([...said.value, [name, isOurs]]); }} />
    ${shown.length < found.length && html`<button type="button" class="button link" onClick=${() => { all.value = true; }}>All ${found.length} names</button>`}
    <p class="caption" role="status">${unread.value ? `Looking who speaks: ${count(unread.value, "file")} to go…` : "Everyone else in a file with one of them is the customer’s."}</p></div>`;
}
