/** Which calls the list shows: those that a search finds, as many as were asked for; both stand in the address. */
import { computed, html, signal } from "./html.js";

const STEP = 50;
const MOST = 1000;
const WAIT_MS = 250;

const asked = new URLSearchParams(location.search);
export const query = signal(asked.get("q") ?? "");
const shown = signal(Math.min(Math.max(Number(asked.get("show")) || STEP, STEP), MOST));
/** How many calls there are that the search finds. */
export const total = signal(0);

/** What the list asks the server for. */
export const wanted = computed(() => `/api/calls?limit=${shown.value}${query.value.trim() ? `&q=${encodeURIComponent(query.value.trim())}` : ""}`);

function keepInAddress() {
  const kept = new URLSearchParams(location.search);
  for (const [name, value] of [["q", query.value.trim()], ["show", shown.value > STEP ? String(shown.value) : ""]]) {
    if (value) kept.set(name, value);
    else kept.delete(name);
  }
  history.replaceState(null, "", `${location.pathname}${kept.size ? `?${kept}` : ""}`);
}

/** @param {string} words */
export function look(words) {
  query.value = words;
  shown.value = STEP;
  keepInAddress();
}

let timer = 0;

export function SearchBox() {
  const onInput = (/** @type {{currentTarget: HTMLInputElement}} */ event) => {
    const words = event.currentTarget.value;
    window.clearTimeout(timer);
    timer = window.setTimeout(() => look(words), WAIT_MS);
  };
  return html`<div role="search" class="find-calls"><input type="search" aria-label="Search calls" placeholder="Search: title, account, people" maxlength="200" autocomplete="off" value=${query.value} onInput=${onInput} /></div>`;
}

/** @param {{listed: number}} props how many calls are there to be seen */
export function ShowMore({ listed }) {
  const more = () => {
    shown.value = Math.min(shown.value + STEP, MOST);
    keepInAddress();
  };
  if (listed >= total.value) return query.value.trim() && listed > 0 && html`<p class="caption list-foot" role="status">${listed} found.</p>`;
  return html`<div class="list-foot"><span class="caption" role="status">${listed} of ${total.value}</span>
    ${shown.value < MOST ? html`<button type="button" class="button" onClick=${more}>Show more</button>` : html`<span class="caption">The search finds the others.</span>`}</div>`;
}

export function NothingFound() {
  return html`<div class="nothing-found" role="status"><p>No call has “<span dir="auto">${query.value.trim()}</span>” in its title, its account or its people.</p>
    <button type="button" class="button" onClick=${() => look("")}>All calls</button></div>`;
}
