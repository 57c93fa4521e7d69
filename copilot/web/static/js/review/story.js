/** The story of the call: a language model's, where it wrote one, then the customer's words; what was not told is an open place with what to ask. */
import { html, signal, useEffect, wordsOf } from "../html.js";
import { Quote, Quotes } from "../panel/quote.js";
import { ask } from "../requests.js";
import { known, page, playbook, seq } from "../store.js";
import { Written } from "./texts.js";

/**
 * @typedef {{text: string, speaker: string|null, evidence: Api.Evidence, cut: boolean}} Told
 * @typedef {{item: string, text: string, evidence: Api.Evidence[]}} Entry
 * @typedef {{before: Told[], consequences: Told[], aims: Entry[], phases: {title: string, needs: Entry[]}[],
 *   measures: (Entry & {baseline: string|null, target: string|null})[]}} Parts
 */

const MOST_QUOTES = 2;
const parts = signal(/** @type {Parts|null} */ (null));
const trouble = signal("");

async function load() {
  try {
    parts.value = (await ask(`/api/calls/${encodeURIComponent(page.call_id ?? "")}/email`)).parts;
    trouble.value = "";
  } catch (error) {
    trouble.value = `The story could not be had: ${wordsOf(error)}.`;
  }
}

export function Story() {
  useEffect(() => void load(), [seq.value]);
  if (trouble.value) return html`<p class="problem" role="alert">${trouble.value}</p>`;
  if (!parts.value) return html`<div class="waiting-blocks"><div class="block"></div><div class="block"></div></div>`;
  const { before, consequences, aims, phases, measures } = parts.value;
  return html`<div class="story">
    <${Written} title="In short" sentences=${known().prose.value_story?.sentences ?? []} />
    <${Chapter} title="How it is today" stage="before_scenario">${before.map(quoted)}<//>
    <${Chapter} title="What that costs" stage="negative_consequences">${consequences.map(quoted)}<//>
    <${Chapter} title="What they want to reach" stage="positive_business_outcomes">${aims.map(told)}<//>
    <${Chapter} title="What has to be in place" stage="required_capabilities">${phases.flatMap((phase) => phase.needs).map(told)}<//>
    <${Chapter} title="How it will be measured" stage="metrics">${measures.map((m) => told(m, `${m.baseline ?? "?"} → ${m.target ?? "?"}`))}<//>
  </div>`;
}

/** @param {{title: string, stage: string, children: any[]}} props */
function Chapter({ title, stage, children }) {
  const question = playbook.value?.stages.find((s) => s.stage === stage)?.questions[0];
  const isOpen = children.flat().length === 0;
  return html`<section class="chapter" aria-label=${title}><h3>${title}</h3>
    ${isOpen ? html`<p class="open-place">The customer has not told this.${question && html` Ask: <span dir="auto">“${question}”</span>`}</p>` : children}</section>`;
}

/** @param {Told} quote */
const quoted = ({ evidence }) => html`<${Quote} key=${evidence.quote} evidence=${evidence} />`;

/** @param {Entry} entry @param {string|number} [figures] */
const told = (entry, figures) => html`<div class="told" key=${entry.item}><p dir="auto"><b>${entry.text}</b>${typeof figures === "string" && html` <span class="muted">${figures}</span>`}</p>
  <${Quotes} evidence=${entry.evidence.slice(0, MOST_QUOTES)} /></div>`;
