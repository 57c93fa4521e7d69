/** The sums behind the value: each input with where it is from, and whether the customer agrees. */
import { batch, html, useState } from "../html.js";
import { Icon } from "../icons.js";
import { book, form, opened, write, writeAtOnce } from "./book.js";
import { DAYS, NoteForm, text } from "./forms.js";
import { Fact, Grounds } from "./grounds.js";
import { NO_MONEY_YET } from "./money.js";
import { report } from "./report.js";
import { onDay } from "./words.js";

const AGREEMENT = { agreed: "Agreed", changed_since: "Changed since it was agreed", not_agreed: "Not agreed yet" };

export function Calculations() {
  const shown = report.value;
  if (!shown) return null;
  return html`<section class="card calculations" aria-labelledby="calculations-title">
    <div class="card-head"><div><h2 id="calculations-title">What are the sums made of, in ${shown.quarter_title}?</h2>
      <p class="caption">Low ends count. Nothing is filled in that nobody has said or typed.</p></div><span class="spring"></span>
      <button type="button" class="button" aria-expanded=${form.value === "calculation"} onClick=${() => toggle("calculation")}>Work out a value</button></div>
    ${shown.held_back && html`<p class="muted">${NO_MONEY_YET}</p>`}
    ${form.value === "calculation" && html`<${CalculationForm} shown=${shown} />`}
    ${shown.calculations.length > 0 ? html`<ul class="sums">${shown.calculations.map((sum) => html`<${Sum} key=${sum.name} sum=${sum} shown=${shown} />`)}</ul>`
      : !shown.held_back && html`<p class="muted">None is of ${shown.quarter_title}.</p>`}
  </section>`;
}

/** @param {string} which form */
function toggle(which) {
  batch(() => { opened.value = ""; form.value = form.value === which ? "" : which; });
}

/** @param {{sum: Api.Calculation, shown: Api.ReportView}} props */
function Sum({ sum, shown }) {
  const [edits, agrees] = [`edit ${sum.name}`, `agree ${sum.name}`];
  return html`<li class="sum" data-calculation=${sum.name}>
    <div class="sum-head"><h3 dir="auto">${sum.name}</h3><span class="chip">${sum.formula_title}</span><b class="sum-value">${sum.value?.text ?? "no sum yet"}</b></div>
    <p class="caption">${sum.formula_text}, ${onDay(sum.period.start)} to ${onDay(sum.period.end)}, ${sum.share_text} put down to us${sum.whole && Number(sum.attribution) < 1 ? ` of ${sum.whole.text}` : ""}, confidence ${sum.confidence}</p>
    <dl class="inputs">${sum.inputs.map((line) => html`<${Input} key=${line.id} line=${line} edit=${() => toggle(edits)} />`)}</dl>
    ${[...sum.problems, ...sum.cautions].map((words) => html`<p key=${words} class="caution"><${Icon} name="pitfall" /> ${words.charAt(0).toUpperCase()}${words.slice(1)}.</p>`)}
    <div class="sum-foot"><span class=${`agreement ${sum.agreement}`}>${sum.agreed ? html`<${Fact} statement=${sum.agreed} />` : AGREEMENT[sum.agreement]}</span>
      ${sum.agreement === "agreed" ? html`<button type="button" class="button quiet" aria-label=${`No longer agreed: ${sum.name}`} onClick=${() => writeAtOnce([agreement(sum, false, "", today())], "Written down: they do not agree any more.")}>No longer agreed</button>`
        : sum.value && html`<button type="button" class="button" aria-expanded=${form.value === agrees} aria-label=${`Customer agrees: ${sum.name}`} onClick=${() => toggle(agrees)}>Customer agrees</button>`}
      <button type="button" class="button quiet" aria-expanded=${form.value === edits} aria-label=${`Change: ${sum.name}`} onClick=${() => toggle(edits)}>Change</button></div>
    ${form.value === agrees && html`<${AgreementForm} sum=${sum} />`}
    ${form.value === edits && html`<${CalculationForm} shown=${shown} sum=${sum} />`}
  </li>`;
}

/** @param {{line: Api.InputLine, edit: () => void}} props */
function Input({ line, edit }) {
  return html`<div><dt>${line.title}</dt><dd>${line.figure
    ? html`<b dir="auto">${line.figure}</b> <${Grounds} grounds=${line.grounds} about=${`${line.title} ${line.figure}`} />${line.assumed_by && html` <span class="caption" dir="auto">${line.assumed_by}</span>`}`
    : html`<button type="button" class="gap-chip" onClick=${edit}>missing</button> <span class="caption">Ask: “${line.ask}”</span>`}</dd></div>`;
}

/** To the sum as it is shown; one that has changed meanwhile is refused. @param {Api.Calculation} sum @param {boolean} agreed @param {string} customer @param {string} on */
const agreement = (sum, agreed, customer, on) => ({ type: "agreement", calculation: sum.name, agreed, customer: customer || null, on, as_of: sum.last_note });

/** @param {{sum: Api.Calculation}} props */
function AgreementForm({ sum }) {
  const save = (/** @type {FormData} */ data) => write([agreement(sum, true, text(data, "customer"), text(data, "on"))], "Written down: the customer agrees.");
  return html`<${NoteForm} label=${`Customer agrees: ${sum.name}`} save=${save}>
    <label class="field">Who of them<input type="text" name="customer" required maxlength="200" autocomplete="off" /></label>
    <label class="field">Day<input type="date" name="on" required min=${DAYS.min} max=${today()} defaultValue=${today()} /></label><//>`;
}

const today = () => book.value?.today ?? "";

/** A new calculation, or a change of one. @param {{shown: Api.ReportView, sum?: Api.Calculation}} props */
function CalculationForm({ shown, sum }) {
  const [chosen, setChosen] = useState(sum?.formula ?? shown.formulas[0].id);
  const formula = shown.formulas.find(({ id }) => id === chosen) ?? shown.formulas[0];
  const [start, end] = sum ? [sum.period.start, sum.period.end] : daysOf(shown.quarter);
  const save = async (/** @type {FormData} */ data, /** @type {number|undefined} */ seen) => {
    const name = sum?.name ?? text(data, "name");
    if (!sum && book.value && name in book.value.calculations) return `There is a calculation “${name}” already; give this one another name.`;
    const shared = {
      type: "assumption", calculation: name, formula: formula.id, period: { start: text(data, "start"), end: text(data, "end") }, promise: text(data, "promise") || null,
      attribution: sum && text(data, "share") === percentOf(sum) ? Number(sum.attribution) : Number(text(data, "share")) / 100, confidence: text(data, "confidence"),
    };
    const given = formula.inputs.filter(({ id }) => text(data, id));
    if (!given.length) return "No figure is given; one is enough to begin with.";
    return write(given.map(({ id }) => ({ ...shared, input: id, ...figureOf(data, id, keptOf(name, id)) })), "Written down.", { seen });
  };
  return html`<${NoteForm} label=${sum ? `Change: ${sum.name}` : "Work out a value"} save=${save}>
    ${!sum && html`<label class="field">Name<input type="text" name="name" required maxlength="200" autocomplete="off" placeholder="Driving hours, second quarter" /></label>
    <label class="field">Formula<select name="formula" value=${chosen} onChange=${(/** @type {{currentTarget: HTMLSelectElement}} */ { currentTarget }) => setChosen(currentTarget.value)}>${shown.formulas.map(({ id, title, formula: words }) => html`<option key=${id} value=${id}>${title}: ${words}</option>`)}</select></label>`}
    ${formula.inputs.map((input) => html`<${InputFields} key=${input.id} input=${input} line=${sum?.inputs.find(({ id }) => id === input.id)} />`)}
    <label class="field">Metric that it puts a sum to<select name="promise"><option value="">none</option>${(book.value?.metrics ?? []).map((metric) => html`<option key=${metric.id} value=${metric.id} selected=${metric.id === sum?.metric}>${metric.text}</option>`)}</select></label>
    <label class="field">From<input type="date" name="start" required ...${DAYS} defaultValue=${start} /></label>
    <label class="field">To<input type="date" name="end" required ...${DAYS} defaultValue=${end} /></label>
    <label class="field">Share put down to us, %<input type="number" name="share" required min="1" max="100" step="any" placeholder="as the customer puts it" defaultValue=${sum ? percentOf(sum) : ""} /></label>
    <label class="field">Confidence<select name="confidence">${["low", "medium", "high"].map((words) => html`<option key=${words} value=${words} selected=${words === (sum?.confidence ?? "medium")}>${words}</option>`)}</select></label>
  <//>`;
}

/** The share as the form has it; left as it is, no digit of the share itself is lost. @param {Api.Calculation} sum */
const percentOf = (sum) => String(Number((Number(sum.attribution) * 100).toFixed(2)));

/** What stands for an input so far. @param {string} calculation @param {string} input */
const keptOf = (calculation, input) => book.value?.calculations[calculation]?.find(({ note }) => note.input === input)?.note;

/**
 * A figure with its source; one that stays as it was keeps the source that it has.
 * @param {FormData} data @param {string} id @param {Api.Assumed} [kept]
 */
function figureOf(data, id, kept) {
  const [figure, origin] = [text(data, id), text(data, `${id}-origin`)];
  const source = kept && kept.figure.text === figure && !origin ? kept.source : { how: "typed", origin: origin || null };
  return { figure, source, assumed_by: text(data, `${id}-by`) || null };
}

/**
 * A changed figure asks anew where it is from and whose it is; one that stays keeps both.
 * @param {{input: {id: string, title: string, unit: string, ask: string}, line?: Api.InputLine}} props
 */
function InputFields({ input, line }) {
  const [kept, owner] = [line?.figure ?? "", line?.assumed_by ?? ""];
  const [figure, setFigure] = useState(kept);
  const [by, setBy] = useState(owner);
  const change = (/** @type {string} */ typed) => {
    if (figure === kept && typed !== kept && by === owner) setBy("");
    if (figure !== kept && typed === kept && !by) setBy(owner);
    setFigure(typed);
  };
  const stays = kept && figure.trim() === kept && line?.grounds.length;
  return html`<label class="field">${input.title} (${input.unit})<input type="text" name=${input.id} maxlength="200" autocomplete="off" placeholder=${input.ask} value=${figure} onInput=${(/** @type {{currentTarget: HTMLInputElement}} */ { currentTarget }) => change(currentTarget.value)} /></label>
    <label class="field">${input.title}: where it is from<input type="text" name=${`${input.id}-origin`} maxlength="2000" autocomplete="off" placeholder=${stays ? "as it is" : "van logs"} /></label>
    <label class="field">${input.title}: whose figure it is<input type="text" name=${`${input.id}-by`} maxlength="200" autocomplete="off" placeholder="Gwen, finance" value=${by} onInput=${(/** @type {{currentTarget: HTMLInputElement}} */ { currentTarget }) => setBy(currentTarget.value)} /></label>`;
}

/** The first and the last day of "2026-Q2". @param {string} quarter @returns {[string, string]} */
export function daysOf(quarter) {
  const [year, n] = [Number(quarter.slice(0, 4)), Number(quarter.slice(-1))];
  const day = (/** @type {number} */ month, /** @type {number} */ date) => new Date(Date.UTC(year, month, date)).toISOString().slice(0, 10);
  return [day(3 * n - 3, 1), day(3 * n, 0)];
}
