/** Files that go up one after the other; each has a row that says what became of it. */
import { count, day } from "./format.js";
import { html, signal, useEffect, wordsOf } from "./html.js";
import { GivenUp, KnownAlready, giveUp, posted, sent } from "./sending.js";
import { isRecording, mebibytes, refusal } from "./upload_recording.js";

/**
 * @typedef {{state: "waiting"|"sending"|"done"|"refused"|"known"|"stopped", words: string, calls: {id: string, url: string}[]}} Became
 * @typedef {{file: File, fields: [string, string][]}} Going a file, and what was said of it
 * @typedef {Became & Going & {id: number, again: boolean}} Row `again`: also where it is known
 */

/** @type {Record<Row["state"], string>} */
const STATES = { waiting: "Waiting", sending: "Reading", done: "Done", refused: "Refused", known: "Known already", stopped: "Not sent" };

export const rows = signal(/** @type {Row[]} */ ([]));
let made = 0;
let running = false;

export const someWait = () => rows.value.some((row) => row.state === "waiting" || row.state === "sending");

/** The row has the file's name already. @param {string} words @param {File} file */
const unnamed = (words, file) => (words.startsWith(`${file.name}: `) ? capital(words.slice(file.name.length + 2)) : words);
/** @param {string} words */
const capital = (words) => words.charAt(0).toUpperCase() + words.slice(1);

/** @param {number} id @param {Partial<Row>} change */
function set(id, change) {
  rows.value = rows.value.map((row) => (row.id === id ? { ...row, ...change } : row));
}

/** @param {Going} going @returns {Row} */
function rowOf({ file, fields }) {
  const words = unnamed(refusal(file), file);
  made += 1;
  return { id: made, file, fields, state: words ? "refused" : "waiting", words, calls: [], again: false };
}

/** Behind those that wait; what is done already makes room. @param {Going[]} going */
export function enqueue(going) {
  const before = someWait() ? rows.value : [];
  rows.value = [...before, ...going.map(rowOf)];
  void run();
}

async function run() {
  if (running) return;
  running = true;
  for (let next = rows.value.find((row) => row.state === "waiting"); next; next = rows.value.find((row) => row.state === "waiting")) await send(next);
  running = false;
}

/** @param {Row} row */
async function send({ id, file, fields, again }) {
  set(id, { state: "sending", words: "" });
  const data = new FormData();
  for (const [name, value] of fields) data.append(name, value);
  if (again) data.append("again", "true");
  data.append("file", file, file.name);
  try {
    const { calls } = await posted("/api/calls", data);
    set(id, { state: "done", calls });
  } catch (error) {
    if (error instanceof KnownAlready) set(id, { state: "known", words: `${error.call.title ?? error.call.id}, ${day(error.call.held_on)}`, calls: [error.call] });
    else if (error instanceof GivenUp) set(id, { state: "stopped" });
    else if (error instanceof TypeError) set(id, { state: "stopped", words: "The server cannot be reached." });
    else set(id, { state: "refused", words: unnamed(wordsOf(error), file) });
  } finally {
    sent.value = 0;
  }
}

/** @param {number} id @param {{again?: boolean}} [how] */
function goOn(id, { again = false } = {}) {
  set(id, { state: "waiting", words: "", again });
  void run();
}

/** Those that wait do not go; the one on its way is broken off. */
function stop() {
  rows.value = rows.value.map((row) => (row.state === "waiting" ? { ...row, state: "stopped" } : row));
  giveUp();
}

/** What became of them, in figures. */
function headline() {
  const of = (/** @type {Row["state"]} */ state) => rows.value.filter((row) => row.state === state).length;
  const others = [of("known") && `${of("known")} known already`, of("refused") && `${of("refused")} refused`].filter(Boolean).join(", ");
  const files = count(rows.value.length, "file");
  if (!of("done") && others && !someWait()) return `${files}: ${others}.`;
  return `${of("done")} of ${files} done${others && `, ${others}`}.`;
}

/** @param {{onEach?: () => Promise<void>}} props `onEach`: told whenever one more is done */
export function Rows({ onEach }) {
  const done = rows.value.filter((row) => row.state === "done").length;
  useEffect(() => { if (done && onEach) void onEach(); }, [done]);
  if (!rows.value.length) return null;
  const isBusy = someWait();
  return html`<section class="upload" aria-label="Uploads">
    <p role="status"><b>${headline()}</b> ${isBusy ? "They go up one after the other. This page has to stay open until the last is sent." : ""}</p>
    <ul class="upload-rows">${rows.value.map((row) => html`<${Line} key=${row.id} row=${row} />`)}</ul>
    <p class="caption">Kind, account, title and day can be put right in each review, and so can who is on your side.</p>
    <div class="form-buttons">${isBusy ? html`<button type="button" class="button" onClick=${stop}>Stop</button>` : html`<button type="button" class="button" onClick=${() => { rows.value = []; }}>Close</button>`}</div>
  </section>`;
}

/** @param {{row: Row}} props */
function Line({ row }) {
  const { id, file, state, words, calls } = row;
  const far = state === "sending" && isRecording(file) && sent.value < file.size ? `Sending ${mebibytes(sent.value)} of ${mebibytes(file.size)} MiB` : STATES[state];
  return html`<li class=${`upload-row ${state}`}>
    <span class="upload-name" dir="auto">${file.name}</span>
    <span class="upload-state"><span class="state-mark" aria-hidden="true"></span>${state === "done" && isRecording(file) ? "Taken; being transcribed" : far}</span>
    <span class="upload-acts">${state === "done" && calls.length > 1 ? html`<span>${count(calls.length, "call")}</span>` : (state === "done" || state === "known") && html`<a href=${calls[0].url} aria-label=${`Open ${file.name}`}>Open</a>`}
      ${state === "done" && calls.length === 1 && html`<a href=${`${calls[0].url}#details`} aria-label=${`Details of ${file.name}`}>Details</a>`}
      ${state === "known" && html`<button type="button" class="button link" aria-label=${`Upload ${file.name} again`} onClick=${() => goOn(id, { again: true })}>Upload it again</button>`}
      ${state === "stopped" && html`<button type="button" class="button link" aria-label=${`Send ${file.name}`} onClick=${() => goOn(id)}>Send it</button>`}</span>
    ${state === "sending" && html`<div class="progress" role="progressbar" aria-label=${`${far} ${file.name}`}></div>`}
    ${words && html`<p class=${state === "refused" ? "problem" : "caption"} dir="auto">${words}</p>`}
  </li>`;
}
