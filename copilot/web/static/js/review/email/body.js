/** The body: a field as high as its text, with the words behind each line in the margin. */
import { html } from "../../html.js";
import { Quotes } from "../../panel/quote.js";
import { Popover } from "../../popover.js";
import { flush, type, typed, view } from "./draft.js";
import { groundsByLine } from "./lines.js";

const NOTHING = "\u200b"; // gives an empty line its height

export function Body() {
  const { body } = typed.value;
  const lines = body.split("\n");
  const grounds = groundsByLine(lines, view.value?.grounds ?? []);
  return html`<div class="letter-body">
    <textarea id="letter-body" class="letter-field" aria-label="Body" dir="auto" lang=${view.value?.automatic.language} spellcheck="true" value=${body}
      onInput=${(/** @type {{currentTarget: HTMLTextAreaElement}} */ event) => type("body", event.currentTarget.value)} onBlur=${flush}></textarea>
    <div class="letter-lines">${lines.map((line, n) => html`<div class="letter-line" key=${n}>
      <span class="letter-margin">${grounds.has(n) && html`<${Mark} grounds=${grounds.get(n)} />`}</span>
      <span class="letter-words" aria-hidden="true" dir="auto">${line || NOTHING}</span></div>`)}</div>
  </div>`;
}

/** @param {{grounds: import("./draft.js").Ground[]}} props */
function Mark({ grounds }) {
  const label = `What “${grounds[0].text}” rests on`;
  return html`<${Popover} className="cite" label=${label} title="What was said" button=${html`<span aria-hidden="true">❝</span>`}>
    <h2>What was said</h2>${grounds.map((ground) => html`<${Quotes} key=${ground.text} evidence=${ground.evidence} />`)}<//>`;
}
