/** For the rep alone: what is not in the email and can be added, and what is doubtful in it. */
import { html } from "../../html.js";
import { known } from "../../store.js";
import { Quotes } from "../../panel/quote.js";
import { Popover } from "../../popover.js";
import { flush, type, typed, view } from "./draft.js";
import { isAdded, withAddition } from "./lines.js";

/** @typedef {import("./draft.js").Offered} Offered */

export function NotInTheEmail() {
  const offered = view.value?.not_in_the_email ?? [];
  return html`<${Group} title="Not in the email" offered=${offered.filter((left) => !left.doubtful)} />
    <${Group} title="Worth a look before it goes out" offered=${offered.filter((left) => left.doubtful)} />`;
}

/** @param {{title: string, offered: Offered[]}} props */
function Group({ title, offered }) {
  if (!offered.length) return null;
  return html`<section class="letter-beside" aria-label=${title}><h3>${title} (${offered.length})</h3>
    <p class="caption">For you alone.</p>
    <ul>${offered.map((left) => html`<${Line} key=${`${left.item} ${left.what} ${left.why}`} left=${left} />`)}</ul></section>`;
}

/** @param {{left: Offered}} props */
function Line({ left }) {
  const { what, why, item, addition } = left;
  const evidence = evidenceOf(item);
  return html`<li><div class="letter-left"><p dir="auto">${what}</p><p class="caption">${why}</p></div>
    ${evidence.length > 0 && html`<${Popover} className="cite" label=${`What “${what}” rests on`} title="What was said" button=${html`<span aria-hidden="true">❝</span>${evidence.length}`}><${Quotes} evidence=${evidence} /><//>`}
    ${addition && html`<${Add} what=${what} addition=${addition} />`}</li>`;
}

/** @param {{what: string, addition: import("./draft.js").Addition}} props */
function Add({ what, addition }) {
  const added = isAdded(typed.value.body, addition);
  const add = () => {
    if (added || !view.value) return;
    type("body", withAddition(typed.value.body, addition, view.value.headings, view.value.closing));
    void flush();
  };
  return html`<button type="button" class="button" aria-disabled=${added} aria-label=${`Add “${what}” to the email`} onClick=${add}>${added ? "Added" : "Add"}</button>`;
}

/** @param {string|null} id */
function evidenceOf(id) {
  const { outcomes, capabilities, metrics, next_steps } = known();
  return [...outcomes, ...capabilities, ...metrics, ...next_steps].find((item) => item.id === id)?.evidence ?? [];
}
