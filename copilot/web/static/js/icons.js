import { html } from "./html.js";

const sprite = document.body.dataset.sprite;

/**
 * An icon of the sprite. Without a label it is decoration.
 * @param {{name: string, label?: string, className?: string}} props
 */
export function Icon({ name, label, className = "" }) {
  const a11y = label ? { role: "img", "aria-label": label } : { "aria-hidden": "true" };
  return html`<svg class=${`icon ${className}`} ...${a11y}>
    ${label && html`<title>${label}</title>`}<use href=${`${sprite}#${name}`}></use>
  </svg>`;
}
