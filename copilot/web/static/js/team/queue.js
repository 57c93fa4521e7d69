/** What do I coach next? */
import { count, day } from "../format.js";
import { html, useState, wordsOf } from "../html.js";
import { Icon } from "../icons.js";
import { Popover } from "../popover.js";
import { SignatureField, signature } from "../signature.js";
import { toast, toastProblem } from "../toasts.js";
import { markCoached } from "./data.js";
import { sentence } from "./words.js";

/** @param {{queue: Api.Queue}} props */
export function Queue({ queue }) {
  return html`<section class="card team-card team-queue" aria-label="What do I coach next?"><h2>What do I coach next?</h2>
    ${queue.rows.length === 0 && html`<p class="muted">Nothing was missed twice or more in anybody's last five calls.</p>`}
    <ol class="queue-rows">${queue.rows.map((row) => html`<${Row} key=${`${row.rep} ${row.criterion}`} row=${row} />`)}</ol>
    <div class="form-buttons"><${Popover} className="button link" label="Why this order" button="Why this order"><p>${queue.why_this_order}</p><//></div>
    ${queue.coached.length > 0 && html`<${CoachedList} coached=${queue.coached} />`}</section>`;
}

/** @param {{row: Api.QueueRow}} props */
function Row({ row }) {
  const { moment } = row;
  const opens = moment ? `/calls/${encodeURIComponent(row.moment_call ?? "")}?u=${moment.utterance}` : `/calls/${encodeURIComponent(row.call)}`;
  return html`<li class=${row.ranked ? "" : "unranked"}><div class="queue-what">
    <p class="queue-who"><b dir="auto">${row.rep}</b> · ${row.title}</p>
    <p>${sentence(row.says)}</p>
    ${moment ? html`<div class="quote"><span class="quote-mark"><${Icon} name="said" label="Said" /></span><blockquote dir="auto">“${short(moment.quote)}”</blockquote></div>` : html`<p class="caption">No moment found to quote.</p>`}
    ${row.coaching && html`<p class="coaching-line">${row.coaching}</p>`}</div>
    <div class="queue-do"><a class="button" href=${opens}>${moment ? "Open moment" : "Open call"}<span class="visually-hidden"> of ${row.rep}, ${row.title}</span></a><${Mark} row=${row} /></div></li>`;
}

/** @param {{row: Api.QueueRow}} props */
function Mark({ row }) {
  const [busy, setBusy] = useState(false);
  const submit = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    const mark = { rep: row.rep, criterion: row.criterion, by: signature.value };
    try {
      await markCoached({ ...mark, done: true });
      toast(`Marked: ${row.rep}, ${row.title}.`, () => void unmark(mark));
    } catch (error) {
      toastProblem(`Not marked: ${wordsOf(error)}.`);
    }
    setBusy(false);
  };
  return html`<${Popover} className="button" label=${`Mark as coached: ${row.rep}, ${row.title}`} button="Mark as coached">
    <form class="small-form" onSubmit=${submit}><${SignatureField} /><button type="submit" class="button">Mark as coached</button>
      <p class="caption">It comes back if later calls miss it again.</p></form><//>`;
}

/** @param {{rep: string, criterion: string, by: string}} mark */
async function unmark(mark) {
  try {
    await markCoached({ ...mark, done: false });
  } catch (error) {
    toastProblem(`Not taken back: ${wordsOf(error)}.`);
  }
}

/** @param {{coached: Api.CoachedRow[]}} props */
function CoachedList({ coached }) {
  return html`<details class="as-table"><summary>Coached: ${count(coached.length, "mark")}</summary><ul class="coached-rows">${coached.map((row) => html`<li key=${`${row.rep} ${row.criterion}`}>
    <span><b dir="auto">${row.rep}</b> · ${row.title} <span class="caption">${day(row.at)}, ${row.by}</span></span>
    <button type="button" class="button link" onClick=${() => unmark({ rep: row.rep, criterion: row.criterion, by: signature.value || row.by || "" })}>Take back</button></li>`)}</ul></details>`;
}

const LONGEST = 140;
const short = (/** @type {string} */ quote) => (quote.length <= LONGEST ? quote : `${quote.slice(0, LONGEST - 1).trimEnd()}…`);
