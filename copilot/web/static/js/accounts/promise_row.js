/** One row of the ledger, and what opens under it. */
import { batch, html } from "../html.js";
import { Icon } from "../icons.js";
import { book, entries, form, opened } from "./book.js";
import { AmendForm, ReadingForm, SameForm } from "./forms.js";
import { ReadingsChart } from "./readings_chart.js";
import { ReadingsTable } from "./readings_table.js";
import { ScaleBar } from "./scale.js";
import { momentOf, onDay } from "./words.js";

/** @typedef {"baseline"|"target"|"owner"|"cadence"} Field */
const FIELDS = /** @type {const} */ (["baseline", "target", "owner", "cadence"]);

/** @param {{row: Api.Row, outcome?: Api.OutcomeEntry, metric?: Api.MetricEntry}} props */
export function PromiseRow({ row, outcome, metric }) {
  const entry = metric ?? outcome;
  if (!entry) return null;
  const words = book.value?.standing_words[row.standing] ?? row.standing;
  const isOpen = opened.value === entry.id;
  return html`<li class=${`promise ${row.standing}`} data-promise=${entry.id}>
    <div class="promise-line">
      <div class="promise-what"><h3 dir="auto">${outcome ? outcome.text : html`<${Gap}>no outcome<//>`}</h3>
        <${Promised} entry=${outcome ?? entry} /><${AlsoFor} metric=${metric} outcome=${outcome} /></div>
      <div class="promise-metric"><span dir="auto">${metric ? metric.text : row.standing === "no_metric" && html`<${Gap}>no metric<//>`}</span>
        ${metric && html`<${Figures} metric=${metric} />`}</div>
      <div class="promise-scale">${metric && html`<${ScaleBar} metric=${metric} words=${words} />`}</div>
      <div class="promise-who">${metric && html`<${Value} metric=${metric} field="owner" /><${Value} metric=${metric} field="cadence" />`}
        ${metric?.overdue && html`<span class="late"><${Icon} name="pitfall" /> reading due ${onDay(metric.reading_due)}</span>`}</div>
      <div class="promise-state"><span class=${`standing ${row.standing}`}>${words}</span>
        ${metric?.moved === "claimed" && html`<span class="caption">Nothing counts until they confirm it, or somebody puts it right</span>`}
        ${metric && metric.standing !== metric.moved && html`<span class="caption">${book.value?.standing_words[metric.moved]}</span>`}</div>
      <div class="promise-do">${metric && html`<button type="button" class="button" aria-label=${`Add reading: ${metric.text}`} onClick=${() => show(entry.id, "reading")}>Add reading</button>`}
        <button type="button" class="button quiet" aria-expanded=${isOpen} aria-label=${`${isOpen ? "Close" : "Open"}: ${entry.text}`} onClick=${() => show(isOpen ? "" : entry.id, "")}>${isOpen ? "Close" : "Open"}</button></div>
    </div>
    ${isOpen && html`<${Opened} entry=${entry} metric=${metric} />`}
  </li>`;
}

/** @param {string} id @param {string} which form */
function show(id, which) {
  batch(() => { opened.value = id; form.value = which; });
}

/** Where it was promised. @param {{entry: Api.OutcomeEntry|Api.MetricEntry}} props */
function Promised({ entry }) {
  const first = entry.mentions[0];
  const quote = first.quotes[0];
  const where = `${first.title ?? first.call}, ${onDay(first.on)}`;
  return html`<p class="caption promised"><${Icon} name="said" label="Said" /> ${quote
    ? html`<a href=${momentOf(quote)} title=${quote.quote} dir="auto">${where}</a>` : html`<span dir="auto">${where}</span>`}</p>`;
}

/** Other outcomes that the metric serves; a review's results are its own figures told again. @param {{metric?: Api.MetricEntry, outcome?: Api.OutcomeEntry}} props */
function AlsoFor({ metric, outcome }) {
  const others = (metric?.outcomes ?? []).filter((id) => id !== outcome?.id).map((id) => entries.value.get(id)).filter((other) => other && other.mentions[0].kind !== "qbr");
  return others.length > 0 && html`<p class="caption also" dir="auto">also for: ${others.map((other) => other?.text).join("; ")}</p>`;
}

/** Baseline, latest reading and target, in their own words. @param {{metric: Api.MetricEntry}} props */
function Figures({ metric }) {
  const { latest, scale } = metric;
  const unit = latest?.figure.kind === "count" && !latest.figure.unit ? scale?.unit : null;
  return html`<span class="figures"><${Value} metric=${metric} field="baseline" /><span aria-hidden="true">→</span>
    ${latest ? html`<b title=${onDay(latest.on)} dir="auto">${latest.figure.text}</b>${unit && html`<span class="caption" title="The figure was told without a unit; it is taken in the promise’s own"> ${unit}</span>`}` : html`<${Gap}>no reading<//>`}<span aria-hidden="true">→</span>
    <${Value} metric=${metric} field="target" /></span>`;
}

/** What stands for a field, or its named hole, which opens the form that fills it. @param {{metric: Api.MetricEntry, field: Field}} props */
function Value({ metric, field }) {
  const told = metric[field];
  if (!told) return html`<button type="button" class="gap-chip" onClick=${() => show(metric.id, "amend")}>no ${field}</button>`;
  const typed = told.note != null;
  const origin = typed ? `${field}, typed${told.by ? ` by ${told.by}` : ""} on ${onDay(told.on)}` : `${field}, said on ${onDay(told.on)}${told.quote ? `: ${told.quote.quote}` : ""}`;
  return html`<span class="told" title=${origin}><span class="visually-hidden">${field} </span><span dir="auto">${told.text}</span>${told.ours && html` <span class="caption">claimed by our side</span>`}${typed && html` <${Icon} name="typed" label="typed" />`}</span>`;
}

/** @param {{children?: any}} props */
const Gap = ({ children }) => html`<span class="gap-chip">${children}</span>`;

/** @param {{entry: Api.OutcomeEntry|Api.MetricEntry, metric?: Api.MetricEntry}} props */
function Opened({ entry, metric }) {
  return html`<div class="promise-open">
    <div class="promise-tools">
      ${metric && html`<${Tool} name="reading">Add reading<//>`}<${Tool} name="amend">Put right<//><${Tool} name="same">Same as …<//></div>
    ${form.value === "reading" && metric && html`<${ReadingForm} metric=${metric} />`}
    ${form.value === "amend" && html`<${AmendForm} entry=${entry} fields=${metric ? ["text", ...FIELDS] : ["text"]} />`}
    ${form.value === "same" && html`<${SameForm} entry=${entry} />`}
    ${metric && html`<${Changes} metric=${metric} />
      ${metric.readings.length > 0 ? html`<div class="promise-readings"><${ReadingsChart} metric=${metric} today=${book.value?.today ?? ""} /><${ReadingsTable} metric=${metric} /></div>`
        : html`<p class="muted">No reading yet. ${metric.owner ? `Ask ${metric.owner.text}.` : "Nobody answers for it so far."}</p>`}`}
    <${Mentions} entry=${entry} />
  </div>`;
}

/** @param {{name: string, children?: any}} props */
function Tool({ name, children }) {
  return html`<button type="button" class="button" aria-expanded=${form.value === name} onClick=${() => { form.value = form.value === name ? "" : name; }}>${children}</button>`;
}

/** A changed promise, both as they were told. @param {{metric: Api.MetricEntry}} props */
function Changes({ metric }) {
  return metric.changes.map((change) => html`<div key=${`${change.field}-${change.after.on}`} class=${`change ${change.settled ? "settled" : ""}`}>
    <h4>The ${change.field} changed${change.settled ? ", and somebody has settled it" : ""}</h4>
    <${Version} told=${change.before} /><${Version} told=${change.after} />
    ${!change.settled && html`<button type="button" class="button" onClick=${() => { form.value = "amend"; }}>Say which one counts</button>`}</div>`);
}

/** @param {{told: Api.Told}} props */
function Version({ told }) {
  return html`<p class="version"><b dir="auto">${told.text}</b> ${told.quote
    ? html`<q dir="auto">${told.quote.quote}</q> <a class="caption" href=${momentOf(told.quote)}>${told.quote.speaker ?? "somebody"}, ${onDay(told.on)}</a>`
    : html`<span class="caption">typed${told.by ? ` by ${told.by}` : ""}, ${onDay(told.on)}</span>`}</p>`;
}

/** Every call on which it came up. @param {{entry: Api.OutcomeEntry|Api.MetricEntry}} props */
function Mentions({ entry }) {
  return html`<details class="mentions"><summary>Heard on ${entry.mentions.length === 1 ? "one call" : `${entry.mentions.length} calls`}</summary>
    <ul>${entry.mentions.map((mention) => html`<li key=${mention.id}><p dir="auto"><b>${mention.title ?? mention.call}</b>, ${onDay(mention.on)}: ${mention.text}</p>
      ${mention.quotes.slice(0, 3).map((quote, n) => html`<p key=${n} class="caption" dir="auto"><q>${quote.quote}</q> <a href=${momentOf(quote)}>${quote.speaker ?? "somebody"}</a></p>`)}</li>`)}</ul></details>`;
}
