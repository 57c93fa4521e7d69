import { clock } from "../format.js";
import { html } from "../html.js";
import { StageCode } from "../panel/stage_code.js";
import { state } from "../store.js";
import { showUtterance } from "../ui.js";

const GROUPS = [["open", "Still worth asking"], ["asked", "Asked"], ["answered", "Answered without asking"], ["dismissed", "Dismissed"]];

/** Every question that stood in front, by what became of it. */
export function Questions() {
  const all = [...state.value.questions.map((q) => ({ ...q, state: "open" })), ...state.value.closed_questions];
  if (!all.length) return html`<p class="nothing">No question was suggested.</p>`;
  return GROUPS.map(([name, words]) => {
    const group = all.filter((q) => q.state === name);
    return group.length > 0 && html`<section class="question-group" key=${name}><h3>${words} (${group.length})</h3><ul>${group.map((q) => html`<${Line} key=${q.id} q=${q} />`)}</ul></section>`;
  });
}

function Line({ q }) {
  const u = state.value.utterances[q.after];
  return html`<li class="question-line"><${StageCode} id=${q.stage} /><div><p dir="auto">${q.text}</p>
    <p class="caption">${q.why}</p>
    <p class="caption">${u && html`<button type="button" class="button link" onClick=${() => showUtterance(q.after)}>suggested at ${u.start_s == null ? `utterance ${q.after + 1}` : clock(u.end_s ?? u.start_s)}</button>`}</p></div></li>`;
}
