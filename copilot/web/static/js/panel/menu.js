import { html } from "../html.js";
import { Icon } from "../icons.js";
import { keysOn, switchKeys } from "../keys.js";
import { Popover } from "../popover.js";
import { announce, hidden, keyListOpen } from "../ui.js";

const VOICES = [["questions", "questions"], ["notices", "notices"], ["map", "map changes"], ["transcript", "the transcript"]];

/** @param {{onOwnWindow: () => void}} props */
export function Menu({ onOwnWindow }) {
  return html`<${Popover} className="button quiet icon-only" label="More" title="More" button=${html`<${Icon} name="more" />`} panelClass="menu">
    ${(close) => {
      const act = (what) => () => { close(); what(); };
      return html`
        <button type="button" class="button" onClick=${act(onOwnWindow)}>Own window <kbd>O</kbd></button>
        <button type="button" class="button" onClick=${act(() => { hidden.value = true; })}>Hide everything <kbd>H</kbd></button>
        <button type="button" class="button" onClick=${act(() => { keyListOpen.value = true; })}>Keys <kbd>?</kbd></button>
        <label class="check"><input type="checkbox" checked=${keysOn.value} onChange=${(e) => switchKeys(e.target.checked)} /> One-letter keys</label>
        <hr />
        ${VOICES.map(([name, words]) => html`<label class="check" key=${name}><input type="checkbox" checked=${announce.value[name]}
          onChange=${(e) => { announce.value = { ...announce.value, [name]: e.target.checked }; }} /> Announce ${words} to screen readers</label>`)}
        <hr />
        <a class="button" href="/">All calls</a>`;
    }}
  <//>`;
}
