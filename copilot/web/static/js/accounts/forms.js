/** What people write down about a promise: a reading, what is put right, and what is the same. */
import { html, useLayoutEffect, useRef, useState } from "../html.js";
import { SignatureField } from "../signature.js";
import { book, form, write, writeAtOnce } from "./book.js";

/** @typedef {Api.OutcomeEntry|Api.MetricEntry} Entry */

/** The days that a note may name. */
export const DAYS = { min: "1990-01-01", max: "2100-12-31" };

/**
 * A form that closes once what it holds was taken, and else says why not; focus begins in it and goes back where it was; Escape leaves it.
 * `save` is told the last note that its reader had seen: where the same thing has changed since, it is refused once.
 * @param {{label: string, save: (data: FormData, seen?: number) => Promise<string>, words?: string, children?: any}} props
 */
export function NoteForm({ label, save, words = "Save", children }) {
  const box = useRef(/** @type {HTMLFormElement|null} */ (null));
  const [refusal, setRefusal] = useState("");
  const [seen, setSeen] = useState(book.value?.last_note);
  useLayoutEffect(() => {
    const form = box.current;
    const before = /** @type {HTMLElement|null} */ (document.activeElement);
    /** @type {HTMLElement|null|undefined} */ (form?.querySelector("input, select"))?.focus();
    return () => { if (form?.contains(document.activeElement)) before?.focus(); };
  }, []);
  const onSubmit = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const why = await save(new FormData(box.current ?? undefined), seen);
    setRefusal(why);
    setSeen(book.value?.last_note);
    if (!why) form.value = "";
  };
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => { if (event.key === "Escape") form.value = ""; };
  return html`<form ref=${box} class="note-form" aria-label=${label} onSubmit=${onSubmit} onKeyDown=${onKeyDown}>
    ${children}<${SignatureField} optional=${true} />
    ${refusal && html`<p class="problem" role="alert" dir="auto">${refusal}</p>`}
    <div class="form-buttons"><button type="submit" class="button primary">${words}</button><button type="button" class="button quiet" onClick=${() => { form.value = ""; }}>Cancel</button></div>
  </form>`;
}

/** @param {{metric: Api.MetricEntry}} props */
export function ReadingForm({ metric }) {
  const today = book.value?.today ?? "";
  const save = (/** @type {FormData} */ data, /** @type {number|undefined} */ seen) => {
    const origin = text(data, "origin");
    const note = { type: "reading", promise: metric.id, figure: text(data, "figure"), on: text(data, "on"), source: { how: "typed", origin: origin || null } };
    return write([note], "Reading added.", { seen });
  };
  return html`<${NoteForm} label=${`Add reading: ${metric.text}`} save=${save} words="Add">
    <label class="field">Figure, with its unit<input type="text" name="figure" required maxlength="200" autocomplete="off" placeholder=${example(metric)} /></label>
    <label class="field">Day<input type="date" name="on" required min=${DAYS.min} max=${today} defaultValue=${today} /></label>
    <label class="field">Where it is from<input type="text" name="origin" maxlength="2000" autocomplete="off" placeholder="the monthly report" /></label>
  <//>`;
}

/** @param {Api.MetricEntry} metric */
const example = (metric) => `like ${(metric.target ?? metric.baseline)?.text ?? "18 hours"}`;

/** Only what differs from what stands is written down. @param {{entry: Entry, fields: string[]}} props */
export function AmendForm({ entry, fields }) {
  const save = async (/** @type {FormData} */ data, /** @type {number|undefined} */ seen) => {
    const notes = fields.map((field) => ({ type: "amended", promise: entry.id, field, value: text(data, field) || null })).filter(({ field, value }) => value !== (valueOf(entry, field) || null) || isChanged(entry, field));
    return notes.length ? write(notes, "Put right; it stays as you say.", { seen }) : "";
  };
  return html`<${NoteForm} label=${`Put right: ${entry.text}`} save=${save}>
    ${fields.map((field) => html`<label key=${field} class="field">${WORDS[field]}<input type="text" name=${field} maxlength="200" autocomplete="off" dir="auto" required=${field === "text"} defaultValue=${valueOf(entry, field)} /></label>`)}
  <//>`;
}

/** @type {Record<string, string>} */
const WORDS = { text: "Words", baseline: "Baseline", target: "Target", owner: "Owner", cadence: "How often it is read" };

/** @param {Entry} entry @param {string} field @returns {string} */
function valueOf(entry, field) {
  if (field === "text") return entry.text;
  const told = /** @type {Record<string, Api.Told|null>} */ (/** @type {unknown} */ (entry))[field];
  return told?.text ?? "";
}

/** Saving it as it stands settles an open change. @param {Entry} entry @param {string} field */
const isChanged = (entry, field) => "changes" in entry && entry.changes.some((change) => change.field === field && !change.settled);

/** Two that are one, or one that is two. @param {{entry: Entry}} props */
export function SameForm({ entry }) {
  const others = sameKind(entry).filter((other) => other.id !== entry.id).sort((a, b) => Number(entry.like.includes(b.id)) - Number(entry.like.includes(a.id)));
  const merge = (/** @type {FormData} */ data) => write([{ type: "merged", promise: entry.id, into: text(data, "into") }], "They are one promise now.");
  const part = (/** @type {string} */ mention) => writeAtOnce([{ type: "parted", promise: mention, other: another(entry, mention) }], "They are two promises now.");
  return html`${others.length > 0 && html`<${NoteForm} label=${`Same as: ${entry.text}`} save=${merge} words="Put together">
      <label class="field">Is the same promise as<select name="into" required><option value="">choose one</option>${others.map((other) => html`<option key=${other.id} value=${other.id}>${other.text}${entry.like.includes(other.id) ? " (the same words)" : ""}</option>`)}</select></label><//>`}
    ${entry.mentions.length > 1 && html`<div class="part"><p>Or it is several:</p><ul>${entry.mentions.slice(1).map((mention) => html`<li key=${mention.id}><button type="button" class="button" onClick=${() => part(mention.id)}>What was heard on ${mention.title ?? mention.call} is another</button></li>`)}</ul></div>`}
    ${others.length === 0 && entry.mentions.length === 1 && html`<p class="muted">There is nothing else that it could be the same as.</p>`}`;
}

/** @param {Entry} entry @returns {Entry[]} */
const sameKind = (entry) => ("readings" in entry ? book.value?.metrics : book.value?.outcomes) ?? [];

/** @param {Entry} entry @param {string} mention */
const another = (entry, mention) => entry.mentions.find((m) => m.id !== mention)?.id ?? "";

/** @param {FormData} data @param {string} name */
export const text = (data, name) => String(data.get(name) ?? "").replace(/\s+/g, " ").trim();
