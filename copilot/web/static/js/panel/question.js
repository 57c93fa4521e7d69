/** The one question in front, and what a person does with it. */
import { judgeQuestion } from "../decisions.js";
import { count } from "../format.js";
import { useHeldFocus } from "../held_focus.js";
import { effect, html, signal } from "../html.js";
import { Icon } from "../icons.js";
import { stage } from "../playbook.js";
import { Popover } from "../popover.js";
import { LATE_MS, cardNow } from "../question_card.js";
import { connection, known, language, lastClosed, now, refused, state } from "../store.js";
import { announce, behindOpen } from "../ui.js";
import { Quotes } from "./quote.js";
import { StageCode } from "./stage_code.js";

const card = signal(/** @type {import("../question_card.js").Card|null} */ (null));
const putAway = signal(/** @type {Set<string>} */ (new Set()));
const attended = signal(false);

effect(() => {
  const call = state.value;
  if (!call) return;
  const heard = lastClosed.value;
  const heardAsked = heard && heard.by !== "person" && heard.question.state === "asked" ? heard.question.id : null;
  const seen = { questions: call.questions, closed: call.closed_questions, putAway: putAway.value, attended: attended.value, now: now.value, heardAsked };
  const next = cardNow(card.peek(), seen);
  if (!same(next, card.peek())) card.value = next;
});

/** A question whose decision was refused is back. */
effect(() => {
  const back = [...putAway.peek()].filter((id) => refused.value.has(id));
  if (back.length) putAway.value = new Set([...putAway.peek()].filter((id) => !back.includes(id)));
});

/** @typedef {import("../question_card.js").Card} Card */

/** @param {Card|null} a @param {Card|null} b */
const same = (a, b) => a === b || (a && b && a.question === b.question && a.since === b.since && a.askedAt === b.askedAt);

/** @param {"asked"|"dismiss"|"pin"} verdict @param {Api.Question} [question] */
export function judge(verdict, question = card.value?.question) {
  if (!question || card.value?.askedAt && question === card.value.question) return;
  judgeQuestion(question.id, verdict);
  if (verdict === "pin") return;
  attended.value = false;
  putAway.value = new Set(putAway.value).add(question.id);
}

const isLate = () => (connection.value.phase === "down" || connection.value.phase === "refused") && now.value - connection.value.since > LATE_MS;

export function QuestionCard() {
  const shown = isLate() ? null : card.value;
  const question = shown?.question;
  const { slot } = stage(question?.stage);
  const attend = (/** @type {boolean} */ on) => () => { attended.value = on; };
  const focus = useHeldFocus((section) => section.focus());
  const onFocusIn = () => { focus.onFocusIn(); attended.value = true; };
  const onFocusOut = (/** @type {FocusEvent} */ event) => { focus.onFocusOut(event); attended.value = false; };
  return html`<section class=${`question ${question ? "" : "empty"}`} data-slot=${question ? slot : null} aria-label="Question to ask" tabindex="-1" ref=${focus.ref}
      onPointerEnter=${attend(true)} onPointerLeave=${attend(false)} onFocusIn=${onFocusIn} onFocusOut=${onFocusOut}>
    <div class="question-live" aria-live=${announce.value.questions ? "polite" : "off"}>
      ${question ? html`<${Words} question=${question} key=${question.text} />` : html`<p class="nothing">${emptyWords()}</p>`}
    </div>
    ${question && html`<${Ground} question=${question} key=${`why-${question.id}`} /><${Buttons} question=${question} askedAt=${shown?.askedAt} />`}
  </section>`;
}

function emptyWords() {
  if (isLate()) return "No questions while the connection is broken.";
  if (!state.value?.utterances.length) return "Questions appear here as the talk goes on.";
  return "Listening. Nothing worth asking yet.";
}

/** @param {{question: Api.Question}} props */
function Words({ question }) {
  const { title } = stage(question.stage);
  return html`<div class="question-head"><${StageCode} id=${question.stage} /><span class="stage-title">${title}</span></div>
    <p class=${`question-text ${question.text.length > 84 ? "long" : ""}`} title=${question.text.length > 120 ? question.text : null} dir="auto" lang=${language.value}>${question.text}</p>`;
}

/** Why this question, opening its quote. @param {{question: Api.Question}} props */
function Ground({ question }) {
  const about = groundOf(question);
  return html`<div class="why"><${Popover} className="why-button" label=${`Why: ${question.why}`} button=${html`<span>${question.why}</span>`}>
    <h2>Why this question</h2>
    <p>${question.why}</p>
    ${about.length
      ? html`<${Quotes} evidence=${about} />`
      : html`<p class="caption"><${Icon} name="calculated" label="Calculated" /> From the coverage of the call: nothing was said about it yet.</p>`}
  <//></div>`;
}

/** Its own evidence, else that of the item it is about. @param {Api.Question} question */
function groundOf(question) {
  if (question.evidence.length) return question.evidence;
  const { outcomes, capabilities, metrics, next_steps: steps } = known();
  return [...outcomes, ...capabilities, ...metrics, ...steps].find((item) => item.id === question.about)?.evidence ?? [];
}

/** At most two stand behind the one in front. */
const behind = () => (state.value?.questions ?? []).filter((q) => q.id !== card.value?.question.id && !putAway.value.has(q.id)).slice(0, 2);

/** @param {{question: Api.Question, askedAt: number|null}} props */
function Buttons({ question, askedAt }) {
  const pinned = question.state === "pinned";
  const others = behind();
  return html`<button type="button" class="button quiet pin" aria-pressed=${pinned} onClick=${() => judge("pin")}><${Icon} name="pin" />${pinned ? "Pinned" : "Pin"} <kbd>P</kbd></button>
    <div class="question-buttons">
      ${askedAt
        ? html`<span class="asked-words"><${Icon} name="consent" />Asked</span>`
        : html`<button type="button" class="button primary" onClick=${() => judge("asked")}>Asked <kbd>A</kbd></button>
          <button type="button" class="button" onClick=${() => judge("dismiss")}>Dismiss <kbd>D</kbd></button>`}
      <span class="spring"></span>
      ${refused.value.get(question.id) && html`<span class="caption problem">${refused.value.get(question.id)}</span>`}
      ${others.length > 0 && html`<${Behind} others=${others} />`}
    </div>`;
}

/** @param {{others: Api.Question[]}} props */
function Behind({ others }) {
  return html`<${Popover} className="button quiet" openSignal=${behindOpen} below=".fixed-part" toggleKey="n" label=${`${others.length} behind`} button=${html`${others.length} behind <span aria-hidden="true">▾</span>`} panelClass="behind">
    <h2>${count(others.length, "question")} behind</h2>
    <${QuestionLines} questions=${others} />
  <//>`;
}

/** Questions as single lines, each to be marked. @param {{questions: Api.Question[]}} props */
function QuestionLines({ questions }) {
  return html`<ul class="question-lines">${questions.map((q) => html`<li key=${q.id}>
    <${StageCode} id=${q.stage} /><span dir="auto">${q.text}</span>
    <span class="line-buttons"><button type="button" class="button quiet" onClick=${() => judge("asked", q)}>Asked</button>
    <button type="button" class="button quiet" onClick=${() => judge("pin", q)}>Pin</button></span></li>`)}</ul>`;
}

/** The questions behind the card, for the column that has room. */
export function BehindList() {
  const others = isLate() ? [] : behind();
  return html`<section class="aside-list" aria-label="Questions behind"><h2>Questions behind it</h2>
    ${others.length ? html`<${QuestionLines} questions=${others} />` : html`<p class="muted">No other questions.</p>`}</section>`;
}

