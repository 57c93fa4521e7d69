import { html } from "../html.js";
import { Icon } from "../icons.js";
import { keysOn, switchKeys } from "../keys.js";
import { Popover } from "../popover.js";
import { announce, hidden, keyListOpen, marking, ownWindow } from "../ui.js";
import { add } from "./adding.js";

/** @type {[keyof typeof announce.value, string][]} */
const VOICES = [["questions", "questions"], ["notices", "notices"], ["map", "map changes"], ["alarms", "that nobody is listening"], ["transcript", "the transcript"]];

/** @param {Event} event of a checkbox */
const isChecked = (event) => /** @type {HTMLInputElement} */ (event.target).checked;

/** @param {{onOwnWindow: () => void}} props */
export function Menu({ onOwnWindow }) {
  /** @type {Record<string, () => void>} */
  const acts = {
    o: onOwnWindow,
    h: () => { hidden.value = true; },
    b: () => { marking.value = true; },
    ...(ownWindow.value ? {} : { i: () => add() }),
    "?": () => { keyListOpen.value = true; },
  };
  return html`<${Popover} className="button quiet icon-only" label="More" title="More" keys=${acts} button=${html`<${Icon} name="more" />`} panelClass="menu">
    ${(/** @type {() => void} */ close) => {
      const act = (/** @type {() => void} */ what) => () => { close(); what(); };
      return html`
        <button type="button" class="button" onClick=${act(acts.o)}>Own window <kbd>O</kbd></button>
        <button type="button" class="button" onClick=${act(acts.h)}>Hide everything <kbd>H</kbd></button>
        <button type="button" class="button" onClick=${act(acts.b)}>Mark this moment <kbd>B</kbd></button>
        ${acts.i && html`<button type="button" class="button" onClick=${act(acts.i)}>Add what was missed <kbd>I</kbd></button>`}
        <button type="button" class="button" onClick=${act(acts["?"])}>Keys <kbd>?</kbd></button>
        <label class="check"><input type="checkbox" checked=${keysOn.value} onChange=${(/** @type {Event} */ e) => switchKeys(isChecked(e))} /> One-letter keys</label>
        <hr />
        ${VOICES.map(([name, words]) => html`<label class="check" key=${name}><input type="checkbox" checked=${announce.value[name]}
          onChange=${(/** @type {Event} */ e) => { announce.value = { ...announce.value, [name]: isChecked(e) }; }} /> Announce ${words} to screen readers</label>`)}
        <hr />
        <a class="button" href="/">All calls</a>`;
    }}
  <//>`;
}
