/** What was uploaded is known already. */
import { day } from "./format.js";
import { html } from "./html.js";

/** @param {{call: import("./sending.js").KnownCall}} props */
export function Known({ call }) {
  return html`<p class="known-already" role="alert">This is known already: <a href=${call.url} dir="auto">${call.title ?? call.id}</a>, ${day(call.held_on)}.</p>`;
}
