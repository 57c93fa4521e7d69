/** The name that a person signs with, kept in this browser so that it is typed once. */
import { html, signal } from "./html.js";

const STORED = "copilot.signature";

export const signature = signal(localStorage.getItem(STORED) ?? "");

/** @param {string} name */
export function sign(name) {
  signature.value = name;
  localStorage.setItem(STORED, name.trim());
}

/** Its field in a form. @param {{optional?: boolean}} props */
export function SignatureField({ optional = false }) {
  const onInput = (/** @type {{currentTarget: HTMLInputElement}} */ event) => sign(event.currentTarget.value);
  return html`<label class="field">Your name<input type="text" name="by" required=${!optional} maxlength="200" autocomplete="name" placeholder=${optional ? "optional" : ""} value=${signature.value} onInput=${onInput} /></label>`;
}
