/** What the language model wrote about the call, sentence by sentence, each with the words it rests on. */
import { html } from "../html.js";
import { Quotes } from "../panel/quote.js";
import { language, state } from "../store.js";

const TITLES = { summary_email: "Summary for the customer", coaching: "Feedback on the call", value_story: "Value story" };

export function Texts() {
  const written = Object.keys(TITLES).filter((purpose) => state.value.prose[purpose]);
  return html`${written.map((purpose) => html`<section class="written" key=${purpose}>
    <h3>${TITLES[purpose]}</h3>
    <ol>${state.value.prose[purpose].sentences.map((sentence) => html`<li key=${sentence.text}>
      <p dir="auto" lang=${language.value}>${sentence.text}</p>${sentence.evidence.length > 0 && html`<${Quotes} evidence=${sentence.evidence} />`}</li>`)}</ol>
  </section>`)}`;
}
