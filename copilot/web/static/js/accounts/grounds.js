/** What a statement stands on, a click away: the quote with its moment, or whose note it is. */
import { html } from "../html.js";
import { Icon } from "../icons.js";
import { Popover } from "../popover.js";
import { momentOf } from "./words.js";

/** @param {{grounds: Api.Ground[], about: string}} props */
export function Grounds({ grounds, about }) {
  if (!grounds.length) return null;
  const heard = grounds.some(({ how }) => how === "heard");
  return html`<${Popover} className="button quiet icon-only grounds" label=${`What this stands on: ${about}`} button=${html`<${Icon} name=${heard ? "said" : "typed"} />`}>
    <ul class="ground-list">${grounds.map((ground, n) => html`<li key=${n} dir="auto">${ground.text}${ground.quote && html` <a href=${momentOf(ground.quote)}>Open</a>`}</li>`)}</ul><//>`;
}

/** A sentence of fact with what it stands on. @param {{statement: Api.Statement}} props */
export const Fact = ({ statement }) => html`<span class="fact"><span dir="auto">${statement.text}</span> <${Grounds} grounds=${statement.grounds} about=${statement.text} /></span>`;
