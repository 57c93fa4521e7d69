/** Light, dark, or as the system has it; in this browser alone. */
import { html, signal } from "../html.js";

const STORED = "copilot.theme";
const CHOICES = [["system", "As the system"], ["light", "Light"], ["dark", "Dark"]];
const chosen = signal(document.documentElement.dataset.theme ?? "system");

/** @param {string} theme */
function choose(theme) {
  chosen.value = theme;
  if (theme === "system") {
    localStorage.removeItem(STORED);
    delete document.documentElement.dataset.theme;
  } else {
    localStorage.setItem(STORED, theme);
    document.documentElement.dataset.theme = theme;
  }
}

export function Appearance() {
  return html`<section class="card" aria-labelledby="appearance"><h2 id="appearance">Appearance</h2>
    <fieldset class="themes"><legend class="caption">In this browser</legend>
      ${CHOICES.map(([theme, words]) => html`<label class="check" key=${theme}><input type="radio" name="theme" value=${theme} checked=${chosen.value === theme} onChange=${() => choose(theme)} /> ${words}</label>`)}
    </fieldset></section>`;
}
