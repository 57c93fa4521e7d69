/** The side sheet: what a cell, a dot or a bar rests on, call by call, down to the words. */
import { clock, day, percent } from "../format.js";
import { html, signal, useLayoutEffect, useRef, wordsOf } from "../html.js";
import { Icon } from "../icons.js";
import { ask } from "../requests.js";
import { Verdict } from "../verdict.js";
import { query } from "./data.js";
import { sentence } from "./words.js";

/** @typedef {{title: string, says: string, calls: Api.CallBehind[]|null, trouble: string}} Opened */
const opened = signal(/** @type {Opened|null} */ (null));

/** @param {string} title @param {string} says @param {Record<string, string>} what the calls are asked for by, beside the filters */
export async function openSheet(title, says, what) {
  const mine = { title, says, calls: null, trouble: "" };
  opened.value = mine;
  try {
    const calls = await ask(`/api/team/calls${query(what)}`);
    if (opened.value === mine) opened.value = { ...mine, calls };
  } catch (error) {
    if (opened.value === mine) opened.value = { ...mine, trouble: `The calls could not be had: ${wordsOf(error)}.` };
  }
}

export function Sheet() {
  const dialog = useRef(/** @type {HTMLDialogElement|null} */ (null));
  const isOpen = opened.value !== null;
  useLayoutEffect(() => {
    if (isOpen && !dialog.current?.open) dialog.current?.showModal();
    if (!isOpen && dialog.current?.open) dialog.current.close();
  }, [isOpen]);
  const close = () => { opened.value = null; };
  const onClick = (/** @type {MouseEvent} */ event) => { if (event.target === dialog.current) close(); };
  return html`<dialog ref=${dialog} class="sheet" aria-labelledby="sheet-title" onClose=${close} onClick=${onClick}>${opened.value && html`<${Content} sheet=${opened.value} close=${close} />`}</dialog>`;
}

/** @param {{sheet: Opened, close: () => void}} props */
function Content({ sheet, close }) {
  return html`<div class="sheet-content"><header><h2 id="sheet-title" dir="auto">${sheet.title}</h2><button type="button" class="button quiet icon-only" aria-label="Close" title="Close (Esc)" onClick=${close}><${Icon} name="close" /></button></header>
    <p class="muted">${sentence(sheet.says)}</p>
    ${sheet.trouble && html`<p class="problem" role="alert">${sheet.trouble}</p>`}
    ${sheet.calls?.length === 0 && html`<p>No call stands behind this.</p>`}
    <ol class="sheet-calls">${sheet.calls?.map((call) => html`<${CallRow} key=${call.id} call=${call} alone=${sheet.calls?.length === 1} />`)}</ol></div>`;
}

/** @param {{call: Api.CallBehind, alone: boolean}} props */
function CallRow({ call, alone }) {
  const who = call.reps.length ? call.reps.join(", ") : "rep not known";
  const facts = [day(call.at), who, call.account, alone && call.score !== null ? `${percent(call.score)} of its points` : null].filter(Boolean);
  return html`<li><p><a href=${`/calls/${encodeURIComponent(call.id)}`} dir="auto">${call.title}</a></p><p class="caption" dir="auto">${facts.join(" · ")}</p>
    ${call.answers.map((answer) => html`<${AnswerRow} key=${answer.criterion} answer=${answer} call=${call} titled=${call.answers.length > 1} />`)}
    ${call.pitfalls.map((pitfall) => html`<div key=${pitfall.moment.utterance}>${pitfall.wrong && html`<span class="chip">called wrong, left out</span>`}<${Moment} moment=${pitfall.moment} call=${call} /></div>`)}</li>`;
}

/** @param {{answer: Api.AnswerBehind, call: Api.CallBehind, titled: boolean}} props */
function AnswerRow({ answer, call, titled }) {
  return html`<div class="sheet-answer"><p>${titled && html`<b>${answer.title}</b>${" "}`}<${Verdict} verdict=${answer.verdict} /></p>
    ${answer.override && html`<p class="caption" dir="auto">Automatic: ${answer.answer} · ${answer.override.by}: ${answer.override.reason}</p>`}
    <p class="caption">${sentence(answer.why)}</p>${answer.moments.map((moment) => html`<${Moment} key=${moment.utterance} moment=${moment} call=${call} />`)}</div>`;
}

/** @param {{moment: Api.Moment, call: Api.CallBehind}} props */
function Moment({ moment, call }) {
  const when = moment.start_s === null ? `utterance ${moment.utterance + 1}` : clock(moment.start_s);
  return html`<div class="quote"><span class="quote-mark"><${Icon} name="said" label="Said" /></span><blockquote dir="auto">“${moment.quote}”</blockquote>
    <span class="caption"><span dir="auto">${moment.speaker ?? "Somebody"}</span> · <a href=${`/calls/${encodeURIComponent(call.id)}?u=${moment.utterance}`}>${when}</a></span></div>`;
}
