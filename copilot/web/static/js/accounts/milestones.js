/** The playbook's milestones on a line from the contract's start to its renewal, with today on it. */
import { html } from "../html.js";
import { Icon } from "../icons.js";
import { Popover } from "../popover.js";
import { book, form, opened, reviewed, write, writeAtOnce } from "./book.js";
import { DAYS, NoteForm, text } from "./forms.js";
import { MILESTONE_WORDS, onDay, timeOf } from "./words.js";
import { useWidth } from "./width.js";

const LANE = 22;
const TOP = 22;
const EDGE = 8;
const NUMBER = 14; // left of its bar, where it covers nothing that was done on the first day
const DAY_MS = 86_400_000;
const LATER_MS = 60 * DAY_MS; // how far an open end is drawn

export function Milestones() {
  const ledger = book.value;
  if (!ledger) return null;
  const { milestones, contract, today } = ledger;
  const asks = form.value === "contract";
  return html`<section class="card milestones" aria-labelledby="milestones-title">
    <div class="card-head"><div><h2 id="milestones-title">${reviewed.value ? "Is it on course for the renewal?" : "What is due before the renewal?"}</h2>
      <p class="caption">${contract ? `Contract from ${onDay(contract.note.start)}${contract.note.renewal ? ` to its renewal on ${onDay(contract.note.renewal)}` : ", renewal not known"}` : "The milestones count from the contract's first day."}</p></div><span class="spring"></span>
      <button type="button" class="button" aria-expanded=${asks} onClick=${() => { opened.value = ""; form.value = asks ? "" : "contract"; }}>${contract ? "Change dates" : "Set contract dates"}</button></div>
    ${asks && html`<${ContractForm} contract=${contract?.note} />`}
    ${contract && html`<${Line} milestones=${milestones} start=${contract.note.start} renewal=${contract.note.renewal} today=${today} />`}
    <ol class="milestone-list">${milestones.map((line, n) => html`<${Step} key=${line.id} line=${line} n=${n + 1} today=${today} />`)}</ol>
  </section>`;
}

/** @param {{contract?: Api.ContractSet}} props */
function ContractForm({ contract }) {
  const save = (/** @type {FormData} */ data, /** @type {number|undefined} */ seen) => write([{ type: "contract", start: text(data, "start"), renewal: text(data, "renewal") || null }], "Contract dates saved.", { seen });
  return html`<${NoteForm} label="Contract dates" save=${save}>
    <label class="field">First day<input type="date" name="start" required ...${DAYS} defaultValue=${contract?.start ?? ""} /></label>
    <label class="field">Renewal<input type="date" name="renewal" ...${DAYS} defaultValue=${contract?.renewal ?? ""} /></label><//>`;
}

/** @param {{milestones: Api.MilestoneLine[], start: string, renewal: string|null, today: string}} props */
function Line({ milestones, start, renewal, today }) {
  const [box, width] = useWidth(240);
  const began = timeOf(start);
  const ends = milestones.map((m) => (m.end ? timeOf(m.end) : timeOf(m.start ?? start) + LATER_MS));
  const last = Math.max(renewal ? timeOf(renewal) : 0, timeOf(today), ...ends);
  const x = (/** @type {number} */ time) => EDGE + NUMBER + ((time - began) / Math.max(last - began, DAY_MS)) * (width - 2 * EDGE - NUMBER);
  const height = TOP + milestones.length * LANE + 20;
  const now = Math.max(x(timeOf(today)), x(began));
  const label = milestones.map((m) => `${m.title}: ${MILESTONE_WORDS[m.state]}`).join("; ");
  return html`<div ref=${box} class="milestone-line"><svg width=${width} height=${height} viewBox=${`0 0 ${width} ${height}`} role="img" aria-label=${label}>
    <line class="axis" x1=${x(began)} x2=${width - EDGE} y1=${height - 20} y2=${height - 20} />
    ${milestones.map((m, n) => html`<${Window} key=${m.id} line=${m} n=${n + 1} y=${TOP + n * LANE} x1=${x(timeOf(m.start ?? start))} x2=${x(ends[n])} done=${m.done_on ? x(timeOf(m.done_on)) : null} />`)}
    <line class="today" x1=${now} x2=${now} y1="14" y2=${height - 20} />
    <text class="today-word" x=${Math.min(Math.max(now, 20), width - 20)} y="11" text-anchor="middle">Today</text>
    <text x=${x(began)} y=${height - 5}>${onDay(start)}</text>
    ${renewal && html`<text x=${width - EDGE} y=${height - 5} text-anchor="end">Renewal ${onDay(renewal)}</text>`}
  </svg></div>`;
}

/** @param {{line: Api.MilestoneLine, n: number, y: number, x1: number, x2: number, done: number|null}} props */
function Window({ line, n, y, x1, x2, done }) {
  const title = `${line.title}: ${MILESTONE_WORDS[line.state]}, ${windowOf(line)}`;
  return html`<g class=${`window ${line.state}`}><title>${title}</title>
    <rect x=${x1} y=${y + 3} width=${Math.max(x2 - x1, 4)} height=${LANE - 8} rx="3" />
    <text x=${x1 - 5} y=${y + 14} text-anchor="end">${n}</text>
    ${done != null && html`<circle class="done-on" cx=${Math.max(done, EDGE + NUMBER)} cy=${y + LANE / 2 - 1} r="4" />`}</g>`;
}

/** @param {{line: Api.MilestoneLine, n: number, today: string}} props */
function Step({ line, n, today }) {
  const isDone = line.state === "done";
  const mark = (/** @type {string|null} */ on, /** @type {string} */ done) => writeAtOnce([{ type: "milestone", milestone: line.id, on }], done);
  return html`<li class=${`milestone ${line.state}`}>
    <span class="milestone-number" aria-hidden="true">${n}</span>
    <div class="milestone-what"><b>${line.title}</b> <span class=${`standing ${line.state}`}>${isDone && html`<${Icon} name="consent" /> `}${MILESTONE_WORDS[line.state]}${line.done_on ? ` ${onDay(line.done_on)}` : ""}</span>
      <p class="caption">${line.checkpoint} ${windowOf(line)}</p></div>
    ${isDone ? html`<button type="button" class="button quiet" aria-label=${`Undo: ${line.title}`} onClick=${() => mark(null, `${line.title}: not done after all.`)}>Undo</button>`
      : html`<${Popover} className="button quiet" label=${`Mark as done: ${line.title}`} button="Mark done">${(/** @type {() => void} */ close) => html`
        <form class="small-form" onSubmit=${(/** @type {SubmitEvent} */ event) => {
          event.preventDefault();
          close();
          void mark(text(new FormData(/** @type {HTMLFormElement} */ (event.target)), "on"), `${line.title}: done.`);
        }}><label class="field">Day it was done<input type="date" name="on" required min=${DAYS.min} max=${today} value=${today} /></label>
          <button type="submit" class="button primary">Done</button></form>`}<//>`}
  </li>`;
}

/** @param {Api.MilestoneLine} line */
function windowOf(line) {
  if (!line.start) return "";
  return line.end ? `${onDay(line.start)} to ${onDay(line.end)}` : `from ${onDay(line.start)}`;
}
