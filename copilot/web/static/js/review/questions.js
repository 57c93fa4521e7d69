import { clock } from "../format.js";
import { html } from "../html.js";
import { StageCode } from "../panel/stage_code.js";
import { known } from "../store.js";
import { showUtterance } from "../ui.js";
import { FATES, questionRows } from "./question_rows.js";

const HEADINGS = { open: "Still worth asking", asked: "Asked", answered: "Answered without asking", dismissed: "Dismissed" };

/** Every question that was suggested, by what became of it and when. */
export function Questions() {
  const rows = questionRows(known());
  if (!rows.length) return html`<p class="nothing">No question was suggested.</p>`;
  return FATES.map((fate) => {
    const group = rows.filter((row) => row.fate === fate);
    return group.length > 0 && html`<section class="question-group" key=${fate} aria-label=${HEADINGS[fate]}><h3>${HEADINGS[fate]} (${group.length})</h3>
      <ul>${group.map((row) => html`<${Line} key=${row.id} row=${row} />`)}</ul></section>`;
  });
}

/** @param {{row: import("./question_rows.js").QuestionRow}} props */
function Line({ row }) {
  return html`<li class="question-line"><${StageCode} id=${row.stage} /><div><p dir="auto">${row.text}</p>
    <p class="caption">${row.why}</p>
    <p class="caption">${row.moments.map((moment, n) => html`${n > 0 && " · "}<${Moment} key=${n} ...${moment} />`)}</p></div></li>`;
}

/** @param {import("./question_rows.js").Moment} props */
function Moment({ words, i }) {
  const u = known().utterances[i];
  if (!u) return words;
  const when = u.start_s == null ? `utterance ${i + 1}` : clock(u.start_s);
  return html`<button type="button" class="button link" onClick=${() => showUtterance(i)}>${words} at ${when}</button>`;
}
