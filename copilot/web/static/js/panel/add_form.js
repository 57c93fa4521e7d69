/** The form in which somebody adds what was missed: what it is, where it was said, and how they put it. */
import { addItem, takeBack } from "../decisions.js";
import { html, useEffect, useLayoutEffect, useRef, useState } from "../html.js";
import { Icon } from "../icons.js";
import { connection, known, language, refused, utterance, waiting } from "../store.js";
import { toast } from "../toasts.js";
import { stands } from "../value_map.js";
import { adding, leave, pointing } from "./adding.js";
import { FIELDS, Field, sendOnEnter, typed } from "./item_fields.js";
import { speakerName } from "./quote.js";
import { WhereSaid, whenSaid } from "./where_said.js";

/** @type {[Api.ItemType, string][]} */
const KINDS = [["outcome", "Outcome"], ["capability", "Capability"], ["metric", "Metric"], ["next_step", "Next step"]];
/** @type {Record<Api.ItemType, "outcomes"|"capabilities"|"metrics"|"next_steps">} */
const LISTS = { outcome: "outcomes", capability: "capabilities", metric: "metrics", next_step: "next_steps" };
const WORDS = Object.fromEntries(KINDS);
const run = Math.random().toString(36).slice(2, 10);
let made = 0;

/** The dialog; it makes way while somebody points at the words. */
export function AddDialog() {
  const box = useRef(/** @type {HTMLDialogElement|null} */ (null));
  const isOpen = Boolean(adding.value) && !pointing.value;
  useLayoutEffect(() => {
    if (isOpen) {
      box.current?.showModal();
      focusIn(box.current);
    } else box.current?.close();
  }, [isOpen]);
  if (!adding.value) return null;
  const onClose = () => { if (!pointing.value) leave(); };
  return html`<dialog ref=${box} class="add-item" aria-labelledby="add-title" onClose=${onClose}><${AddForm} key=${adding.value.begun} addition=${adding.value} /></dialog>`;
}

/** @typedef {import("./adding.js").Addition} Addition @typedef {import("./adding.js").Place} Place */

/** @param {{addition: Addition}} props */
function AddForm({ addition }) {
  const [kind, setKind] = useState(addition.kind);
  const { place } = addition;
  const [quote, setQuote] = useState(place?.quote ?? "");
  const [text, setText] = useState(place?.quote ?? "");
  const [problem, setProblem] = useState("");
  const form = useRef(/** @type {HTMLFormElement|null} */ (null));
  const sending = useSending(kind, setProblem);
  const isTyped = useRef(false);

  useLayoutEffect(() => {
    setQuote(place?.quote ?? "");
    if (place && !isTyped.current) setText(place.quote);
    setProblem("");
    focusIn(form.current);
  }, [place]);

  const onSubmit = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const why = whatIsMissing(place, quote, text);
    setProblem(why);
    if (!why && place) sending.send({ kind, i: place.i, quote: quote.trim(), fields: fieldsIn(form.current, kind, text) });
  };
  return html`<form ref=${form} class="add-form" onSubmit=${onSubmit} onKeyDown=${sendOnEnter}>
    <h2 id="add-title">Add what was missed</h2>
    <fieldset class="add-kinds"><legend class="visually-hidden">What it is</legend>${KINDS.map(([name, words]) => html`<label class="check" key=${name}>
      <input type="radio" name="what" value=${name} checked=${kind === name} onChange=${() => setKind(name)} /> ${words}</label>`)}</fieldset>
    ${place ? html`<${Said} key=${place.i} place=${place} kind=${kind} quote=${quote} onQuote=${setQuote} />` : html`<${WhereSaid} />`}
    <label class="field"><span>${WORDS[kind]}, in a few words</span><textarea name="text" rows="2" dir="auto" value=${text}
      onInput=${(/** @type {{currentTarget: HTMLTextAreaElement}} */ e) => { isTyped.current = true; setText(e.currentTarget.value); }}></textarea></label>
    <div class="add-fields">${FIELDS[kind].filter((name) => name !== "text").map((name) => html`<${Field} key=${`${kind}-${name}`} name=${name} item=${{ outcomes: addition.outcomes }} />`)}</div>
    ${problem && html`<p class="problem" role="alert" dir="auto">${problem}</p>`}
    <div class="form-buttons"><span class="caption"><${Icon} name="typed" /> typed by you</span><span class="spring"></span>
      <button type="button" class="button quiet" onClick=${leave}>Cancel</button><button type="submit" class="button primary" aria-disabled=${sending.isUnderWay}>${sending.isUnderWay ? "Adding" : "Add"}</button></div>
  </form>`;
}

/**
 * Sends an addition and waits for the answer: the form closes once it was taken, and says why where it was not. Without a
 * connection it closes at once, and what was typed goes out when there is one.
 * @param {Api.ItemType} kind @param {(why: string) => void} onRefused
 */
function useSending(kind, onRefused) {
  const [under, setUnder] = useState(/** @type {{name: string, ref: string}|null} */ (null));
  const away = connection.value.phase !== "open";
  useEffect(() => {
    const isWaiting = under && waiting.value.has(under.ref);
    if (!under || (isWaiting && !away)) return;
    setUnder(null);
    const why = refused.value.get(under.name);
    if (why) return onRefused(`${why}.`);
    leave();
    return toast(isWaiting ? `${WORDS[kind]} kept here; it is added once the connection is back.` : `${WORDS[kind]} added.`, () => takeBack(under.name));
  }, [under, waiting.value, away]);
  const send = (/** @type {{kind: Api.ItemType, i: number, quote: string, fields: object}} */ addition) => {
    if (under) return;
    made += 1;
    const name = `${run}-${made}`;
    setUnder({ name, ref: addItem({ id: name, ...addition }) });
  };
  return { send, isUnderWay: Boolean(under) };
}

/** On what comes next: where it was said, or then how it is put. @param {HTMLElement|null} part */
function focusIn(part) {
  /** @type {HTMLElement|null|undefined} */ (part?.querySelector("input[type=search]") ?? part?.querySelector("textarea[name=text]"))?.focus();
}

/** The words it rests on, to be cut to what counts, and what the map has from them already. @param {{place: Place, kind: Api.ItemType, quote: string, onQuote: (quote: string) => void}} props */
function Said({ place, kind, quote, onQuote }) {
  const [isCutting, setCutting] = useState(false);
  const words = useRef(/** @type {HTMLTextAreaElement|null} */ (null));
  useLayoutEffect(() => { if (isCutting) words.current?.focus(); }, [isCutting]);
  const u = utterance(place.i);
  const there = known()[LISTS[kind]].filter((item) => stands(item) && item.evidence.some((e) => e.utterance === place.i));
  return html`<div class="add-said"><p class="caption"><span dir="auto">${speakerName(u)}</span> · ${u && whenSaid(u)}
      <button type="button" class="button link" onClick=${() => { if (adding.value) adding.value = { ...adding.value, place: null }; }}>Another place</button></p>
    ${isCutting
      ? html`<label class="field"><span>Their words, as they were said: leave those that count</span>
          <textarea name="quote" ref=${words} rows="2" dir="auto" lang=${language.value} value=${quote} onInput=${(/** @type {{currentTarget: HTMLTextAreaElement}} */ e) => onQuote(e.currentTarget.value)}></textarea></label>`
      : html`<blockquote tabindex="0" dir="auto" lang=${language.value}>${quote}</blockquote>
          <div><button type="button" class="button link" onClick=${() => setCutting(true)}>Cut them to what counts</button></div>`}
    ${there.length > 0 && html`<p class="caption">In the map from here already: ${there.map((item, n) => html`${n > 0 && "; "}<b>${item.id}</b> <span dir="auto" key=${item.id}>${item.text}</span>`)}</p>`}
  </div>`;
}

/** @param {Place|null} place @param {string} quote @param {string} text @returns {string} what is still missing, or nothing */
function whatIsMissing(place, quote, text) {
  if (!place) return "Choose where it was said first: an entry rests on words of the call.";
  if (!text.trim()) return "Say in a few words what it is.";
  return quote.trim() ? "" : "Leave the words that it rests on.";
}

/** What was typed into it; what was left open is left out. @param {HTMLFormElement|null} form @param {Api.ItemType} kind @param {string} text */
function fieldsIn(form, kind, text) {
  const data = new FormData(form ?? undefined);
  /** @type {Record<string, any>} */
  const fields = { text: text.replace(/\s+/g, " ").trim() };
  for (const name of FIELDS[kind].slice(1)) {
    const value = typed(name, data);
    if (value !== null && String(value) !== "") fields[name] = value;
  }
  return fields;
}
