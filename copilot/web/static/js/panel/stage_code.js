import { html } from "../html.js";
import { stage } from "../playbook.js";

/** A stage's code in its colour. @param {{id: string|null}} props */
export function StageCode({ id }) {
  if (!id) return html`<span class="stage-code none" aria-hidden="true"></span>`;
  const { code, title, slot, hatch } = stage(id);
  return html`<span class=${`stage-code ${hatch ? "hatch" : ""}`} data-slot=${slot} title=${title}>
    <span aria-hidden="true">${code}</span><span class="visually-hidden">${title}</span>
  </span>`;
}
