/** The report for the customer: what it counts, what it comes to, where it is weak, and how it goes out. */
import { download } from "../download.js";
import { html, wordsOf } from "../html.js";
import { Icon } from "../icons.js";
import { askFile } from "../requests.js";
import { toastProblem } from "../toasts.js";
import { addressOf, form, write } from "./book.js";
import { daysOf } from "./calculations.js";
import { DAYS, NoteForm, text } from "./forms.js";
import { Fact, Grounds } from "./grounds.js";
import { NO_MONEY_YET, returnsText, sumsText } from "./money.js";
import { query, report, reportTrouble, wanted } from "./report.js";
import { onDay } from "./words.js";

const FILES = { md: "Markdown", html: "Page", pdf: "PDF", pptx: "PowerPoint" };

export function ReportCard() {
  const shown = report.value;
  return html`<section class="card value-report" aria-labelledby="report-title">
    <div class="card-head"><h2 id="report-title">What goes into the review?</h2></div>
    ${reportTrouble.value && html`<p class="problem" role="alert">${reportTrouble.value}</p>`}
    ${shown && html`<${Choices} shown=${shown} /><${Figures} shown=${shown} /><${Moved} shown=${shown} /><${News} shown=${shown} /><${Next} shown=${shown} /><${Weak} shown=${shown} /><${Out} />`}
  </section>`;
}

/** @param {{shown: Api.ReportView}} props */
function Choices({ shown }) {
  const quarters = [...new Set([...shown.trend.map(({ quarter }) => quarter), shown.quarter, wanted.value.quarter].filter(Boolean))].sort().reverse();
  const set = (/** @type {Partial<import("./report.js").Wanted>} */ change) => { wanted.value = { ...wanted.value, ...change }; };
  return html`<div class="report-choices">
    <label class="field">Quarter<select value=${shown.quarter} onChange=${(/** @type {{currentTarget: HTMLSelectElement}} */ { currentTarget }) => set({ quarter: currentTarget.value })}>${quarters.map((quarter) => html`<option key=${quarter} value=${quarter}>${quarter}</option>`)}</select></label>
    <label class="field">New since<input type="date" value=${wanted.value.since || shown.since || ""} onChange=${(/** @type {{currentTarget: HTMLInputElement}} */ { currentTarget }) => set({ since: currentTarget.value })} /></label>
    <label class="check"><input type="checkbox" checked=${wanted.value.calculated} onChange=${(/** @type {{currentTarget: HTMLInputElement}} */ { currentTarget }) => set({ calculated: currentTarget.checked })} /> Count sums that are not agreed</label></div>`;
}

/** @param {{shown: Api.ReportView}} props */
function Figures({ shown }) {
  if (shown.held_back) return html`<p class="muted">${NO_MONEY_YET}</p>`;
  return html`<dl class="report-figures">
    ${shown.investments.map((one) => html`<div key=${one.what}><dt dir="auto">${one.what} <${Grounds} grounds=${one.grounds} about=${one.what} /></dt><dd>${one.in_quarter?.text ?? "—"}</dd>${one.problem && html`<p class="caution">${one.problem}.</p>`}</div>`)}
    <div><dt>Value delivered</dt><dd><b>${sumsText(shown.totals)}</b></dd></div>
    <div><dt>Return</dt><dd><b>${returnsText(shown.returns)}</b></dd></div>
    <div><dt>A year at this rate</dt><dd>${sumsText(shown.annualised)}</dd></div></dl>
    ${shown.left_out > 0 && html`<p class="caution"><${Icon} name="pitfall" /> ${shown.left_out === 1 ? "One sum is" : `${shown.left_out} sums are`} left out: the customer has not agreed.</p>`}
    <div><button type="button" class="button quiet" aria-expanded=${form.value === "investment"} onClick=${() => { form.value = form.value === "investment" ? "" : "investment"; }}>Add an investment</button></div>
    ${form.value === "investment" && html`<${InvestmentForm} quarter=${shown.quarter} />`}`;
}

/** @param {{quarter: string}} props */
function InvestmentForm({ quarter }) {
  const [start, end] = daysOf(quarter);
  const save = (/** @type {FormData} */ data) => write([{ type: "investment", what: text(data, "what"), amount: text(data, "amount"), period: { start: text(data, "start"), end: text(data, "end") } }], "Investment added.");
  return html`<${NoteForm} label="Add an investment" save=${save} words="Add">
    <label class="field">What<input type="text" name="what" required maxlength="200" autocomplete="off" placeholder="Licence" /></label>
    <label class="field">Amount<input type="text" name="amount" required maxlength="200" autocomplete="off" placeholder="$24,000" /></label>
    <label class="field">From<input type="date" name="start" required ...${DAYS} value=${start} /></label>
    <label class="field">To<input type="date" name="end" required ...${DAYS} value=${end} /></label><//>`;
}

/** @param {{title: string, statements: Api.Statement[]}} props */
const Facts = ({ title, statements }) => statements.length > 0 && html`<h3>${title}</h3><ul class="facts-list">${statements.map((statement, n) => html`<li key=${n}><${Fact} statement=${statement} /></li>`)}</ul>`;

/** @param {{shown: Api.ReportView}} props */
const Moved = ({ shown }) => html`<${Facts} title=${`What has moved, as of ${onDay(shown.today)}`} statements=${shown.improvements} /><${Facts} title="What has not moved the right way" statements=${shown.setbacks} />`;

/** @param {{shown: Api.ReportView}} props */
function News({ shown }) {
  if (!shown.since) return null;
  return shown.new.length ? html`<${Facts} title=${`New since ${onDay(shown.since)}`} statements=${shown.new} />` : html`<h3>New since ${onDay(shown.since)}</h3><p class="muted">Nothing yet.</p>`;
}

/** @param {{shown: Api.ReportView}} props */
function Next({ shown }) {
  const save = (/** @type {FormData} */ data) => write([{ type: "goal", text: text(data, "text"), quarter: text(data, "quarter") }], "Goal added.");
  return html`${shown.goals.length ? html`<${Facts} title="What is next" statements=${shown.goals} />` : html`<h3>What is next, in ${shown.goals_title}</h3><p><span class="gap-chip">no goal</span></p>`}
    <div><button type="button" class="button quiet" aria-expanded=${form.value === "goal"} onClick=${() => { form.value = form.value === "goal" ? "" : "goal"; }}>Add a goal</button></div>
    ${form.value === "goal" && html`<${NoteForm} label="Add a goal" save=${save} words="Add"><label class="field">Goal<input type="text" name="text" required maxlength="2000" autocomplete="off" /></label>
      <label class="field">Quarter<input type="text" name="quarter" required pattern="\\d{4}-Q[1-4]" title="as in 2026-Q3" value=${next(shown.quarter)} /></label><//>`}`;
}

/** @param {string} quarter */
const next = (quarter) => (quarter.endsWith("4") ? `${Number(quarter.slice(0, 4)) + 1}-Q1` : `${quarter.slice(0, -1)}${Number(quarter.slice(-1)) + 1}`);

/** For us alone: none of it goes into a file. @param {{shown: Api.ReportView}} props */
function Weak({ shown }) {
  const weak = shown.checks.filter((check) => check.why.length);
  return html`<div class="weak"><h3>Where is it weak? <span class="chip">for us alone</span></h3>
    ${weak.length ? html`<ul>${weak.map((check) => html`<li key=${check.id}><b title=${check.what}>${check.title}</b><ul>${check.why.map((words) => html`<li key=${words} dir="auto">${words}</li>`)}</ul></li>`)}</ul>`
      : html`<p class="muted">None of the playbook’s ${shown.checks.length} anti-patterns was found.</p>`}</div>`;
}

/** A file that cannot be made, for want of what makes it, is said to be none. @param {string} ending @returns {(event: Event) => Promise<void>} */
const saves = (ending) => async (event) => {
  event.preventDefault();
  try {
    download(`value-report.${ending}`, await askFile(addressOf(`/report.${ending}`, query())));
  } catch (error) {
    toastProblem(`No file: ${wordsOf(error)}.`);
  }
};

function Out() {
  return html`<div class="report-out"><a class="button primary" target="_blank" rel="noopener" href=${addressOf("/report.html", { ...query(), shown: "true" })}>Open to print</a>
    ${Object.entries(FILES).map(([ending, words]) => html`<a key=${ending} class="button" download href=${addressOf(`/report.${ending}`, query())} onClick=${saves(ending)}>${words}</a>`)}</div>`;
}
