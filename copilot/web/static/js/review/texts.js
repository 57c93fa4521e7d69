/** What the language model wrote about the call, sentence by sentence, each with the words it rests on. */
import { html } from "../html.js";
import { Quotes } from "../panel/quote.js";
import { language } from "../store.js";

/** @param {{title: string, sentences: Api.Sentence[]}} props */
export function Written({ title, sentences }) {
  if (!sentences.length) return null;
  return html`<section class="written" aria-label=${title}><h3>${title}</h3><p class="caption">Written by the language model</p>
    <ol>${sentences.map((sentence) => html`<li key=${sentence.text}>
      <p dir="auto" lang=${language.value}>${sentence.text}</p><${Quotes} evidence=${sentence.evidence} /></li>`)}</ol>
  </section>`;
}
