/** The player: a bar that stays in view, or one line that says why there is nothing to play. */
import { clock, day } from "../format.js";
import { html, useEffect, useState, wordsOf } from "../html.js";
import { Icon } from "../icons.js";
import { Popover } from "../popover.js";
import { known, page } from "../store.js";
import { toast } from "../toasts.js";
import { about, canPlay, followed, length, load, playing, position, remove, setSpeed, skip, speed, toggle, trouble } from "./sound.js";

const SPEEDS = [0.75, 1, 1.25, 1.5, 2];
const STEP_S = 5;

/** What the review's keys do while there is sound. */
export const PLAYER_KEYS = { k: toggle, j: () => skip(-STEP_S), l: () => skip(STEP_S) };

export function Player() {
  useEffect(() => void load(), [known().wrapped_up]);
  if (!about.value) return null;
  if (!canPlay.value) return html`<p class="no-sound caption">${trouble.value || about.value.message}</p>`;
  return html`<section class="player" aria-label="Player"><${Controls} /></section>`;
}

function Controls() {
  const words = playing.value ? "Pause" : "Play";
  return html`<button type="button" class="button icon-only" aria-label=${words} title=${`${words} (K)`} onClick=${toggle}><${Icon} name=${playing.value ? "pause" : "play"} /></button>
    <button type="button" class="button" aria-label="Five seconds back" title="Five seconds back (J)" onClick=${() => skip(-STEP_S)}>−5</button>
    <button type="button" class="button" aria-label="Five seconds on" title="Five seconds on (L)" onClick=${() => skip(STEP_S)}>+5</button>
    <select aria-label="Speed" value=${speed.value} onChange=${(/** @type {{currentTarget: HTMLSelectElement}} */ event) => setSpeed(Number(event.currentTarget.value))}>
      ${SPEEDS.map((times) => html`<option key=${times} value=${times}>${times}×</option>`)}</select>
    <span class="player-time">${clock(position.value)} / ${clock(length.value)}</span>
    <span class="spring"></span>
    ${playing.value && !followed.value && html`<button type="button" class="button quiet" onClick=${() => { followed.value = true; }}>Follow</button>`}
    <${Popover} className="button quiet icon-only" label="The sound" button=${html`<${Icon} name="more" />`}>${(/** @type {() => void} */ close) => html`<${Kept} close=${close} />`}<//>`;
}

/** @param {{close: () => void}} props */
function Kept({ close }) {
  const [problem, setProblem] = useState("");
  const take = async () => {
    try {
      await remove();
      toast("The sound is deleted.");
      close();
    } catch (error) {
      setProblem(`Not deleted: ${wordsOf(error)}.`);
    }
  };
  const until = about.value?.until;
  return html`<p>${until ? `Kept until ${day(until)}, with everyone’s consent.` : "Kept with everyone’s consent."} <a href=${`/api/calls/${encodeURIComponent(page.call_id ?? "")}/sound`} download=${`${page.call_id}.ogg`}>Download</a></p>
    <h3>Delete the sound?</h3><p class="muted">It is gone for good; what was said stays as text.</p>
    ${problem && html`<p class="problem" role="alert">${problem}</p>`}
    <div class="form-buttons"><button type="button" class="button" onClick=${take}>Delete the sound</button></div>`;
}
