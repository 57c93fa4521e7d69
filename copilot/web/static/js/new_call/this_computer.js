/** A call that this computer hears: what it is, what is heard, who agreed, and the start. */
import { begin } from "../capture/capture.js";
import { alone, meeting, microphone, moved } from "../capture/state.js";
import { support, thisBrowser } from "../capture/support.js";
import { html, signal } from "../html.js";
import { page } from "../store.js";
import { ConsentBox, Details, callOf, consent, details, newId, people } from "./details.js";
import { Instead } from "./instead.js";
import { Sources } from "./sources.js";

export const able = support(thisBrowser(), { speech: Boolean(page.speech) });
if (able.can === "microphone") alone.value = true;

const starting = signal(false);
const trouble = signal("");

/** What stands between the rep and the start, or "". */
function missing() {
  if (microphone.value.phase !== "live") return "Allow the microphone first.";
  if (!alone.value && meeting.value.phase !== "live") return "Share the meeting’s sound first.";
  if (consent.value.given && !consent.value.by.trim()) return "Say who asked for the consent.";
  return "";
}

/** What has not been heard yet, in words, or "". */
function unheard() {
  if (!moved.value[0]) return "Nothing has come from the microphone yet.";
  if (!alone.value && !moved.value[1]) return "Nothing has come from the meeting yet.";
  return "";
}

/** @param {(id: string, kind: string) => Promise<void>} onStarted */
async function start(onStarted) {
  if (missing() || starting.value) return;
  const call = callOf({ details: details.value, people: people.value, consent: consent.value });
  const id = newId(details.value.title || details.value.account);
  starting.value = true;
  trouble.value = "";
  try {
    await begin(id, call);
    await onStarted(id, call.kind);
  } catch (error) {
    trouble.value = error instanceof Error ? error.message : String(error);
  } finally {
    starting.value = false;
  }
}

/** @param {{onStarted: (id: string, kind: string) => Promise<void>, onWay: (way: string) => void}} props */
export function ThisComputer({ onStarted, onWay }) {
  if (able.can === "nothing") return html`<${Instead} able=${able} onWay=${onWay} />`;
  const lacks = missing();
  const silent = unheard();
  return html`<div class="this-computer">
    <div class="new-column"><${Details} /></div>
    <div class="new-column">
      ${able.words && html`<div class="card unable"><p><b>${able.words}</b></p><p>${able.remedy}</p></div>`}
      <${Sources} can=${able.can} />
      <${ConsentBox} />
      <div class="start">
        <button type="button" class=${`button ${lacks || silent ? "" : "primary"}`} aria-disabled=${Boolean(lacks) || starting.value} aria-describedby="start-words"
          onClick=${() => start(onStarted)}>${starting.value ? "Starting" : "Start the call"}</button>
        <p class="caption" id="start-words" role="status">${lacks || silent}</p>
      </div>
      ${trouble.value && html`<p class="problem" role="alert">${trouble.value}</p>`}
    </div>
  </div>`;
}
