/** What the language model wrote about the call, sentence by sentence, each with the words it rests on. */
import { html } from "../html.js";
import { Quotes } from "../panel/quote.js";
import { known, language } from "../store.js";

const TITLES = { summary_email: "Summary for the customer", coaching: "Feedback on the call", value_story: "Value story" };

export function Texts() {
  const { summary_email: email, coaching, value_story: story } = known().prose;
  const written = [email, coaching, story].filter((prose) => prose !== undefined);
  return html`${written.map(({ purpose, sentences }) => html`<section class="written" key=${purpose}>
    <h3>${TITLES[purpose]}</h3>
    <ol>${sentences.map((sentence) => html`<li key=${sentence.text}>
      <p dir="auto" lang=${language.value}>${sentence.text}</p>${sentence.evidence.length > 0 && html`<${Quotes} evidence=${sentence.evidence} />`}</li>`)}</ol>
  </section>`)}`;
}
