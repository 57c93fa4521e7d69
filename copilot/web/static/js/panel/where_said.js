/** Where something was said: looked for by its words, or pointed at in the transcript. */
import { clock } from "../format.js";
import { html, useState } from "../html.js";
import { Icon } from "../icons.js";
import { ended, known, language } from "../store.js";
import { adding, point } from "./adding.js";
import { speakerName } from "./quote.js";

const MOST_FOUND = 6;
const LATEST = 3;

export function WhereSaid() {
  const [query, setQuery] = useState("");
  const found = foundBy(query);
  const shown = found.slice(0, MOST_FOUND);
  const more = found.length - shown.length;
  const onKeyDown = (/** @type {KeyboardEvent & {currentTarget: HTMLInputElement}} */ event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    if (found.length === 1) choose(found[0]);
    else /** @type {HTMLElement|null|undefined} */ (event.currentTarget.form?.querySelector(".where-place"))?.focus();
  };
  return html`<fieldset class="where-said"><legend>Where was it said?</legend>
    <div class="where-ways"><label class="search"><span class="visually-hidden">Search the transcript for it</span><${Icon} name="search" />
      <input type="search" placeholder="A word of it" value=${query} autocomplete="off" onKeyDown=${onKeyDown} onInput=${(/** @type {{currentTarget: HTMLInputElement}} */ e) => setQuery(e.currentTarget.value)} /></label>
      <button type="button" class="button" onClick=${point}>Point at it</button></div>
    <p class="caption" role="status">${statusWords(query, found.length, more)}</p>
    ${shown.length > 0 && html`<ul class="where-found">${shown.map((u) => html`<li key=${u.i}><button type="button" class="where-place" onClick=${() => choose(u)}>
      <span class="caption"><span dir="auto">${speakerName(u)}</span> · ${whenSaid(u)}</span>
      <span class="where-words" dir="auto" lang=${language.value}>${u.text}</span></button></li>`)}</ul>`}
  </fieldset>`;
}

/** @param {Api.Said} u */
export const whenSaid = (u) => (u.start_s == null ? `#${u.i + 1}` : clock(u.start_s));

/** @param {string} query @param {number} count @param {number} more */
function statusWords(query, count, more) {
  if (!query.trim()) return count ? "Said last:" : "";
  if (!count) return "No utterance has these words.";
  return more > 0 ? `${count} places have it; ${more} are not shown. Another word makes them fewer.` : `${count} ${count === 1 ? "place has" : "places have"} it:`;
}

/** The utterances with every word of the query; without one those said last, while the call goes on. @param {string} query */
function foundBy(query) {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const { utterances } = known();
  if (!words.length) return ended.value ? [] : utterances.slice(-LATEST).reverse();
  return utterances.filter((u) => words.every((word) => u.text.toLowerCase().includes(word)));
}

/** @param {Api.Said} u */
function choose(u) {
  if (adding.value) adding.value = { ...adding.value, place: { i: u.i, quote: u.text } };
}
