/** The scorecard: every answer with its moments, and a person's answer beside the automatic one. */
import { count, day, percent } from "../format.js";
import { html, onceDrawn, signal, useEffect, wordsOf } from "../html.js";
import { KINDS } from "../kinds.js";
import { Quote } from "../panel/quote.js";
import { Popover } from "../popover.js";
import { Refused, ask, send } from "../requests.js";
import { SignatureField, signature } from "../signature.js";
import { page, seq, state } from "../store.js";
import { toast } from "../toasts.js";
import { VERDICTS, Verdict } from "../verdict.js";
import { correctDetails } from "./details.js";
import { Changes } from "./scorecard_changes.js";
import { Coaching } from "./scorecard_coaching.js";
import { Override } from "./scorecard_override.js";

const ENGINES = { embedded: "Basic", llm: "LLM" };
const card = signal(/** @type {Api.ScorecardView|null} */ (null));
const trouble = signal("");
/** Whether calls of its kind are not scored at all. */
const unscored = signal(false);
const open = signal("");

const path = `/api/calls/${encodeURIComponent(page.call_id ?? "")}/scorecard`;

/** @param {Promise<Api.ScorecardView>} answer */
async function take(answer) {
  try {
    card.value = await answer;
    trouble.value = "";
    return true;
  } catch (error) {
    unscored.value = error instanceof Refused && error.code === "no_scorecard";
    trouble.value = unscored.value ? `This call’s kind is ${KINDS[state.value?.call?.kind ?? "other"]}, for which there is no scorecard: none is made, and the call is left out of the team’s page.` : `The scorecard could not be had: ${wordsOf(error)}.`;
    if (unscored.value) card.value = null;
    return false;
  }
}

async function scoreAgain() {
  if (await take(ask(path, { method: "POST" }))) toast("Scored again.");
}

export function Scorecard() {
  useEffect(() => void take(ask(path)), [seq.value, state.value?.wrapped_up]);
  const shown = card.value;
  return html`<div class="scorecard">
    ${trouble.value && html`<p class=${unscored.value ? "muted" : "problem"} role=${unscored.value ? "status" : "alert"}>${trouble.value}${unscored.value && html` <button type="button" class="button" onClick=${correctDetails}>Say what kind it was</button>`}</p>`}
    ${!shown && !trouble.value && html`<div class="waiting-blocks"><div class="block"></div><div class="block"></div></div>`}
    ${shown && html`<${Head} card=${shown} /><${Coaching} coaching=${shown.coaching} />
      ${shown.sections.map((section) => html`<${Section} key=${section.id} section=${section} card=${shown} />`)}
      <p class="caption">${shown.notice}</p>`}
  </div>`;
}

/** @param {{card: Api.ScorecardView}} props */
function Head({ card }) {
  const kept = card.kept.at(-1);
  const facts = [`Rubric ${card.rubric}`, ENGINES[card.engine], kept ? `scored ${day(kept.at)}` : "not kept yet"];
  return html`<div class="scorecard-head"><p class="figures-line">${headline(card)}</p>
    <p class="caption">${facts.join(" · ")}</p>
    ${card.newer_rubric && html`<p class="scorecard-newer">There is another rubric by now, ${card.newer_rubric}. <button type="button" class="button" onClick=${scoreAgain}>Score again</button></p>`}
    ${card.as_other_kinds.map((as) => html`<p class="caption" key=${as.kind}>As ${KINDS[as.kind]}, on ${day(as.at)}: ${as.score == null ? "nothing could be scored" : `${points(as.points)} of ${points(as.possible)} points, ${percent(as.score)}`}. It is kept and counts nowhere.</p>`)}
    ${card.changed && html`<${Changes} changed=${card.changed} />`}</div>`;
}

/** @param {Api.ScorecardView} card */
function headline(card) {
  if (card.score == null) return "Nothing in this call can be scored.";
  const parts = [`${points(card.points)} of ${points(card.possible)} points, ${percent(card.score)}`];
  if (card.not_observed) parts.push(`${card.not_observed} with no moment found (up to ${percent(card.could_be)} had they been there)`);
  if (card.not_applicable) parts.push(`${card.not_applicable} ${card.not_applicable === 1 ? "does" : "do"} not apply`);
  const overridden = card.sections.flatMap((s) => s.answers).filter((a) => a.override).length;
  if (overridden) parts.push(`${count(overridden, "answer")} by a person`);
  return `${parts.join("; ")}.`;
}

const points = (/** @type {number} */ n) => String(Math.round(n * 10) / 10);

/** @param {{section: Api.SectionView, card: Api.ScorecardView}} props */
function Section({ section, card }) {
  const failedBy = section.answers.find((a) => a.criterion === section.failed_by);
  return html`<section class="score-section" aria-label=${section.title}>
    <h3>${section.title}<span class="caption">${points(section.points)} of ${points(section.possible)}${failedBy ? `: none, since “${failedBy.title}” is critical and was not met` : ""}</span></h3>
    <ul>${section.answers.map((answer) => html`<${Answer} key=${answer.criterion} answer=${answer} card=${card} />`)}</ul>
  </section>`;
}

/** @param {{answer: Api.AnswerView, card: Api.ScorecardView}} props */
function Answer({ answer, card }) {
  const history = card.history.filter((given) => given.criterion === answer.criterion && given.rubric === card.rubric);
  const editing = open.value === answer.criterion;
  return html`<li class="score-answer" data-criterion=${answer.criterion}>
    <div class="score-line"><h4>${answer.title}${answer.critical && html` <span class="chip">critical</span>`}</h4><${Verdict} verdict=${answer.verdict} /></div>
    <p class="caption">${answer.question}</p>
    ${answer.override && html`<p class="both-answers">Automatic: ${automatic(answer)} · ${answer.override.by}: <b><${Verdict} verdict=${answer.override.verdict} /></b> · ${day(answer.override.at)}<span class="reason" dir="auto">${answer.override.reason}</span></p>`}
    <p>${sentence(answer.why)}${answer.type === "number" && answer.standing === "scored" ? ` Answer: ${answer.answer}.` : ""}${answer.means ? ` ${answer.means}` : ""}</p>
    ${answer.moments.map((m) => html`<${Quote} key=${m.utterance} evidence=${m} />`)}
    ${card.kept.length > 0 && (editing
      ? html`<${Override} answer=${answer} lastAnswer=${card.last_answer} onSave=${save} onCancel=${() => close(answer.criterion)} />`
      : html`<div class="form-buttons"><button type="button" class="button quiet" data-override=${answer.criterion} aria-label=${`Answer “${answer.title}” yourself`} onClick=${() => { open.value = answer.criterion; }}>${answer.override ? "Answer again" : "Override"}</button>
          ${answer.override && html`<${Withdraw} answer=${answer} />`}</div>`)}
    ${history.length > 1 && html`<${History} history=${history} />`}
  </li>`;
}

/** The automatic answer as the rubric words it. @param {Api.AnswerView} answer */
const automatic = (answer) => (answer.standing === "scored" ? answer.answer : VERDICTS[answer.automatic]);

const sentence = (/** @type {string} */ text) => `${text[0]?.toUpperCase() ?? ""}${text.slice(1)}${/[.?]$/.test(text) ? "" : "."}`;

/** @param {string} criterion */
function close(criterion) {
  open.value = "";
  onceDrawn(() => /** @type {HTMLElement|null} */ (document.querySelector(`[data-override="${criterion}"]`))?.focus());
}

/** @param {string} criterion @param {{verdict: string, reason: string, by: string, seen: number}} given */
async function save(criterion, given) {
  await changing(send(`${path}/overrides/${criterion}`, given));
  close(criterion);
}

/** Where somebody else was first, theirs is shown before it is refused. @param {Promise<Api.ScorecardView>} answer */
async function changing(answer) {
  try {
    card.value = await answer;
    trouble.value = "";
  } catch (error) {
    if (error instanceof Refused && error.code === "moved_on") await take(ask(path));
    throw error;
  }
}

/** @param {{answer: Api.AnswerView}} props */
function Withdraw({ answer }) {
  const withdraw = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const given = new URLSearchParams({ by: signature.value, seen: String(card.value?.last_answer ?? 0) });
    try {
      await changing(ask(`${path}/overrides/${answer.criterion}?${given}`, { method: "DELETE" }));
      toast("Withdrawn: the automatic answer counts again.");
      close(answer.criterion);
    } catch (error) {
      trouble.value = `Not withdrawn: ${wordsOf(error)}.`;
    }
  };
  return html`<${Popover} label=${`Withdraw the answer to “${answer.title}”`} button="Withdraw">
    <form class="small-form" onSubmit=${withdraw}><${SignatureField} /><button type="submit" class="button">Withdraw it</button></form><//>`;
}

/** @param {{history: Api.GivenAnswer[]}} props */
function History({ history }) {
  return html`<details class="as-table"><summary>${count(history.length, "entry", "entries")} by people</summary><ol class="score-history">
    ${history.toReversed().map((given) => html`<li key=${given.at}><span class="caption">${day(given.at)} · <span dir="auto">${given.by}</span></span>
      ${given.verdict ? html`<${Verdict} verdict=${given.verdict} /> <span dir="auto">${given.reason}</span>` : "withdrawn"}</li>`)}</ol></details>`;
}
