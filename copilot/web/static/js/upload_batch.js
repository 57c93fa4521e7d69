/** Several files at once: what is asked for all of them before they go up, and who of each file's speakers is on our side. */
import { AccountField } from "./account_field.js";
import { count } from "./format.js";
import { html, signal, useLayoutEffect, useRef } from "./html.js";
import { KINDS, OTHER_HAS_NONE } from "./kinds.js";
import { ConsentFields, consentIn, isRecording, refusal } from "./upload_recording.js";
import { enqueue } from "./upload_queue.js";
import { Names, namesToSend, onOurSide, speakersOf } from "./upload_speakers.js";

const SHOWN = 8; // names, until all are asked for
/** Names that are other people in every file. */
const ANYBODY = /^(?:speaker|spk|channel|participant|unknown|guest|person)[\s_-]*\w{0,3}$/i;

/** Those that were chosen and do not go yet. */
export const gathered = signal(/** @type {File[]} */ ([]));
/** Who speaks in those that were looked into; null where one could not be. */
const heard = signal(/** @type {ReadonlyMap<File, Api.SpeakerFound[]|null>} */ (new Map()));
/** What somebody ticked or unticked; of all other names the files speak. */
const decided = signal(/** @type {ReadonlyMap<string, boolean>} */ (new Map()));
const all = signal(false);
let until = new AbortController();
let looking = Promise.resolve();

const unread = () => gathered.value.filter((file) => !isRecording(file) && !heard.value.has(file)).length;

/** @param {File[]} files */
export function gather(files) {
  gathered.value = [...gathered.value, ...files];
  const { signal: stopped } = until;
  looking = looking.then(() => look(files.filter((file) => !isRecording(file)), stopped));
}

/** One after the other: they are read whole. @param {File[]} files @param {AbortSignal} stopped */
async function look(files, stopped) {
  for (const file of files) {
    if (stopped.aborted) return;
    const speakers = await speakersOf(file, stopped);
    if (!stopped.aborted) heard.value = new Map([...heard.value, [file, speakers]]);
  }
}

/** Nothing is chosen any more. */
function leave() {
  until.abort();
  until = new AbortController();
  gathered.value = [];
  heard.value = new Map();
  decided.value = new Map();
  all.value = false;
}

/** @typedef {{name: string, files: number, first: string, ours: boolean}} Name `ours`: ticked, or on our side by a file */

/** Everyone who speaks in one of them under a name of their own; those of most files first, once all are known. @returns {Name[]} */
function names() {
  /** @type {Map<string, Name>} */
  const found = new Map();
  for (const speakers of heard.value.values()) {
    const theirs = onOurSide(speakers ?? []);
    for (const { name, first } of (speakers ?? []).filter((speaker) => !ANYBODY.test(speaker.name))) {
      const one = found.get(name) ?? { name, files: 0, first, ours: false };
      found.set(name, { ...one, files: one.files + 1, ours: one.ours || theirs.has(name) });
    }
  }
  const told = [...found.values()].map((one) => ({ ...one, ours: decided.value.get(one.name) ?? one.ours }));
  return unread() ? told : told.sort((a, b) => b.files - a.files || a.name.localeCompare(b.name));
}

/**
 * Of our side who speak in a file: what somebody decided, else what the file says, else what others say of the same name.
 * @param {File} file @param {Name[]} known @returns {[string, string][]}
 */
function repsOf(file, known) {
  const speakers = heard.value.get(file) ?? [];
  const theirs = onOurSide(speakers);
  const elsewhere = new Set(known.filter((one) => one.ours).map((one) => one.name));
  const ours = speakers.map(({ name }) => name).filter((name) => decided.value.get(name) ?? (theirs.size ? theirs : elsewhere).has(name));
  return namesToSend(speakers, new Set(ours)).map((name) => ["rep", name]);
}

/** They go up, each with what was said for all and with those of our side who speak in it. @param {HTMLFormElement} form */
function goUp(form) {
  const typed = new FormData(form);
  const known = names();
  /** @type {[string, string][]} */
  const asked = ["kind", "account"].map((name) => [name, String(typed.get(name) ?? "").trim()]);
  const fields = asked.filter(([, value]) => value);
  const going = gathered.value.map((file) => ({ file, fields: [...fields, ...(isRecording(file) ? consentIn(typed) : repsOf(file, known))] }));
  leave();
  enqueue(going);
}

/** What is asked once for all that were chosen. */
export function Batch() {
  const button = useRef(/** @type {HTMLElement|null} */ (null));
  const files = gathered.value;
  useLayoutEffect(() => button.current?.focus(), [files.length > 0]);
  if (!files.length) return null;
  const refused = files.filter((file) => refusal(file)).length;
  const isLooking = unread() > 0;
  const onSubmit = (/** @type {SubmitEvent & {currentTarget: HTMLFormElement}} */ event) => {
    event.preventDefault();
    if (!isLooking) goUp(event.currentTarget);
  };
  return html`<form class="upload" onSubmit=${onSubmit} aria-label="Files to upload">
    <p class="upload-name"><b>${count(files.length, "file")}</b> <span class="caption" dir="auto">${files.slice(0, 3).map((file) => file.name).join(", ")}${files.length > 3 ? ` and ${files.length - 3} more` : ""}</span></p>
    <div class="upload-fields">
      <label>Kind<select name="kind"><option value="">as each file says, else Other</option>${Object.entries(KINDS).map(([value, words]) => html`<option key=${value} value=${value}>${words}</option>`)}</select></label>
      <${AccountField} placeholder="optional" />
    </div>
    <p class="caption">${OTHER_HAS_NONE}</p>
    <${WhoIsOurs} />
    ${files.some(isRecording) && html`<${ConsentFields} words="Everyone on each of these calls agreed to be recorded" />`}
    ${refused > 0 && html`<p class="caption">${count(refused, "recording")} will not be taken by this server; each row will say why.</p>`}
    <div class="form-buttons"><button type="submit" class="button primary" ref=${button} aria-disabled=${isLooking}>Upload ${count(files.length, "file")}</button><button type="button" class="button quiet" onClick=${leave}>Cancel</button></div>
  </form>`;
}

function WhoIsOurs() {
  const found = names();
  const shown = all.value ? found : found.filter((one, n) => n < SHOWN || one.ours);
  return html`<div>
    ${shown.length > 0 && html`<${Names} told="In a file with one of them everyone else is the customer’s; one with none of them keeps the sides it has."
      names=${shown.map(({ name, files, first, ours }) => ({ name, first, ours, where: `in ${count(files, "file")}` }))}
      onToggle=${(/** @type {string} */ name, /** @type {boolean} */ isOurs) => { decided.value = new Map([...decided.value, [name, isOurs]]); }} />`}
    ${shown.length < found.length && html`<button type="button" class="button link" onClick=${() => { all.value = true; }}>All ${found.length} names</button>`}
    <p class="caption" role="status">${lookingTold(found.length)}</p></div>`;
}

/** How far looking is, and what came of it. @param {number} found how many names */
function lookingTold(found) {
  if (unread()) return `Looking who speaks: ${count(unread(), "file")} to go…`;
  const closed = [...heard.value.values()].filter((speakers) => !speakers).length;
  const others = closed ? `${count(closed, "file")} could not be looked into. ` : "";
  return found ? others : `${others}Who is on your side can be told in each review.`;
}
