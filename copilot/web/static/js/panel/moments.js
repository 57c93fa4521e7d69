/** Moments that somebody marks during a call, with notes for their own side: nothing for the customer is made from them. */
import { markMoment } from "../decisions.js";
import { clock, ending } from "../format.js";
import { computed, html, useLayoutEffect, useRef } from "../html.js";
import { Icon } from "../icons.js";
import { Popover } from "../popover.js";
import { isWaiting, state, utterance, waiting } from "../store.js";
import { marking, ownWindow } from "../ui.js";
import { Moment } from "./quote.js";

const LONGEST = 2000;
const run = Math.random().toString(36).slice(2, 10);
let marked = 0;

/** As the server has them, and as they will be once it has heard of what waits. */
export const moments = computed(() => {
  const all = new Map((state.value?.moments ?? []).map((m) => [m.id, m]));
  for (const decision of waiting.value.values()) {
    if (decision.type === "moment") all.set(decision.id, { id: decision.id, i: all.get(decision.id)?.i ?? decision.i ?? null, text: decision.text, removed: decision.removed });
  }
  return [...all.values()].filter((m) => !m.removed);
});

/** By the utterance that they stand after; null: before the first. */
export const momentsByPlace = computed(() => {
  /** @type {Map<number|null, Api.MarkedMoment[]>} */
  const places = new Map();
  for (const moment of moments.value) places.set(moment.i, [...(places.get(moment.i) ?? []), moment]);
  return places;
});

/** Opening it marks the moment; what is typed by the time it closes is the note. @param {{own?: boolean}} props `own`: it is in the window of its own */
export function MarkButton({ own = false }) {
  return html`<${Popover} className="button mark" openSignal=${own === Boolean(ownWindow.value) ? marking : undefined} label="Mark this moment" title="Mark this moment (B)"
    button=${html`<${Icon} name="pin" />Mark`}>${(/** @type {() => void} */ close) => html`<${NewMoment} close=${close} />`}<//>`;
}

/** @param {{close: () => void}} props */
function NewMoment({ close }) {
  const moment = useRef(/** @type {Api.MarkedMoment|null} */ (null));
  if (!moment.current) {
    marked += 1;
    moment.current = { id: `${run}-${marked}`, i: state.peek()?.utterances.at(-1)?.i ?? null, text: "", removed: false };
  }
  const { current } = moment;
  useLayoutEffect(() => void markMoment(current), []);
  return html`<${NoteForm} moment=${current} close=${close} />`;
}

/** @param {{moment: Api.MarkedMoment, close: () => void}} props */
function NoteForm({ moment, close }) {
  const typed = useRef(moment.text);
  const removed = useRef(false);
  const last = moment.i == null ? undefined : utterance(moment.i);
  // However it is closed, what was typed is kept.
  useLayoutEffect(() => () => {
    const text = typed.current.trim();
    if (removed.current) markMoment({ ...moment, text, removed: true });
    else if (text !== moment.text) markMoment({ ...moment, text });
  }, []);
  const submit = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    close();
  };
  return html`<form class="note-form" onSubmit=${submit}>
    <label><span><b>Marked</b> ${last ? html`after <q dir="auto">${ending(last.text, 48)}</q>` : "before the first words"}</span>
      <input type="text" defaultValue=${moment.text} maxlength=${LONGEST} placeholder="Note (optional)" autocomplete="off" dir="auto" aria-label="Note"
        onInput=${(/** @type {{currentTarget: HTMLInputElement}} */ e) => { typed.current = e.currentTarget.value; }} /></label>
    <p class="caption">For your side alone: it is in no email.</p>
    <div class="form-buttons"><button type="submit" class="button">Save</button>
      <button type="button" class="button quiet" onClick=${() => { removed.current = true; close(); }}>Remove</button></div>
  </form>`;
}

/** What was noted after an utterance, in the transcript. @param {{moments: Api.MarkedMoment[]}} props */
export function NotesAt({ moments: noted }) {
  return noted.map((moment) => html`<p class="note-row" key=${moment.id}><${Icon} name="pin" /><${NoteText} moment=${moment} /></p>`);
}

/** Its words open it for changes. @param {{moment: Api.MarkedMoment}} props */
function NoteText({ moment }) {
  const words = moment.text ? html`<span dir="auto">${moment.text}</span>` : html`<span class="muted">Marked</span>`;
  return html`<${Popover} className="note-text" label=${`${moment.text ? `Note: ${moment.text}` : "Marked moment"}. Change`} button=${html`${words}${isWaiting(moment.id) && html` <span class="id">waiting</span>`}`}>
    ${(/** @type {() => void} */ close) => html`<${NoteForm} moment=${moment} close=${close} />`}<//>`;
}

/** Every marked moment in the order of the call, each leading to its words. */
export function Notes() {
  const inOrder = moments.value.toSorted((a, b) => (a.i ?? -1) - (b.i ?? -1));
  if (!inOrder.length) return html`<p class="muted">Nothing marked. B marks a moment, with a note if you like.</p>`;
  return html`<ul class="notes">${inOrder.map((m) => html`<li key=${m.id}>${m.i == null ? html`<span class="caption">${clock(0)}</span>` : html`<${Moment} i=${m.i} />`}<${NoteText} moment=${m} /></li>`)}</ul>`;
}

/** The same for the column that has room. */
export function NotesList() {
  return html`<section class="aside-list" aria-label="Your notes"><h2>Your notes</h2><${Notes} /></section>`;
}
