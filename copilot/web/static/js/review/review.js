/** The review: the call's page once the call is over. */
import { clock, count, day, length, percent } from "../format.js";
import { html, signal, useEffect, useRef } from "../html.js";
import { KINDS, pitfallWords } from "../kinds.js";
import { pointing } from "../panel/adding.js";
import { current } from "../panel/status.js";
import { Transcript } from "../panel/transcript.js";
import { ValueMap } from "../panel/value_map.js";
import { Transcription } from "../recording.js";
import { Player } from "../sound/player.js";
import { connection, ended, known, page, recording, state } from "../store.js";
import { drawerOpen, isNarrow, wanted } from "../ui.js";
import { valueMap } from "../value_map.js";
import { Earlier } from "./earlier.js";
import { MoreMenu } from "./delete_call.js";
import { DetailsButton, correctDetails } from "./details.js";
import { Email } from "./email/email.js";
import { ExportMenu } from "./export_menu.js";
import { moments } from "../panel/moments.js";
import { NextSteps } from "./next_steps.js";
import { Notes } from "./notes.js";
import { Pitfalls } from "./pitfalls.js";
import { Questions } from "./questions.js";
import { Scorecard } from "./scorecard.js";
import { ShareButton } from "./share.js";
import { Story } from "./story.js";
import { TalkStats } from "./talk_stats.js";
import { Timeline } from "./timeline.js";
import { SwapButton, WhoIsWho } from "./who_is_who.js";

/** @type {[string, string][]} the name and the words of each */
const TABS = [["email", "Email"], ["map", "Value map"], ["steps", "Next steps"], ["scorecard", "Scorecard"], ["story", "Story"], ["pitfalls", "Pitfalls"], ["questions", "Questions"], ["talk", "Talk"]];
const tab = signal("email");
const record = signal(/** @type {Api.CallLine|null} */ (null));

async function loadRecord() {
  const answer = await fetch(`/api/calls?q=${encodeURIComponent(page.call_id ?? "")}`).catch(() => null);
  if (answer?.ok) record.value = (await answer.json()).calls.find((/** @type {Api.CallLine} */ c) => c.id === page.call_id) ?? null;
  if (record.value && location.hash === "#details") {
    history.replaceState(history.state, "", location.pathname + location.search);
    correctDetails();
  }
}

/** @param {{onRetry: () => void}} props */
export function Review({ onRetry }) {
  useEffect(() => void loadRecord(), [state.value?.wrapped_up, state.value?.call]);
  // Where the transcript is a tab, it comes forward to be pointed at, and goes once somebody has.
  const before = useRef("");
  useEffect(() => {
    if (pointing.value && isNarrow.value) {
      before.current = tab.value;
      tab.value = "transcript";
    } else if (before.current) {
      tab.value = before.current;
      before.current = "";
    }
  }, [pointing.value]);
  // A quote's moment is in the transcript: where that is a tab, it comes forward.
  useEffect(() => {
    if (wanted.value && isNarrow.value) tab.value = "transcript";
    drawerOpen.value = false;
  }, [wanted.value]);
  /** @type {[string, string][]} */
  const noted = moments.value.length ? [["notes", "Notes"]] : [];
  const tabs = [...TABS, ...noted, ...(isNarrow.value ? [["transcript", "Transcript"]] : [])];
  const chosen = tabs.some(([name]) => name === tab.value) ? tab.value : "email";
  return html`<div class="review">
    <${Head} onRetry=${onRetry} />
    ${recording.value && html`<${Transcription} callId=${page.call_id} progress=${recording.value} />`}
    <${Timeline} />
    <div class="review-columns">
      <section class="review-main card">
        <${TabList} tabs=${tabs} chosen=${chosen} />
        <div class="tab-body" role="tabpanel" id="tab-panel" aria-labelledby=${`tab-${chosen}`} tabindex="0"><${TabBody} name=${chosen} /></div>
      </section>
      ${!isNarrow.value && html`<div class="review-transcript card"><${Transcript} live=${!ended.value} /></div>`}
    </div>
    ${ended.value && html`<${Player} />`}
  </div>`;
}

/** @param {{onRetry: () => void}} props */
function Head({ onRetry }) {
  const call = known().call;
  const facts = [day(record.value?.held_on), length(record.value?.duration_s ?? lastEnd()), call && KINDS[call.kind], rubric(), tierWords()].filter(Boolean);
  const { kind, words } = current.value;
  const away = connection.value.phase === "down";
  const broken = away || kind === "broken" || kind === "off";
  return html`<header class="review-head">
    <div class="review-title"><div class="review-name"><h1 dir="auto">${call?.title ?? page.call_id}</h1>
      ${call?.demo && html`<span class="chip">Demo</span>`}
      ${ended.value && !known().wrapped_up && html`<span class="chip">Wrapping up</span>`}
      ${broken && html`<span class="chip warn" role="status">${away ? "Reconnecting" : words}</span><button type="button" class="button" onClick=${onRetry}>Retry</button>`}</div>
      <span class="review-acts"><${DetailsButton} heldOn=${record.value?.held_on} onSaved=${(/** @type {Api.CallLine} */ line) => { record.value = line; }} /><${SwapButton} /><${ShareButton} /><${ExportMenu} />${known().wrapped_up && html`<${MoreMenu} />`}</span></div>
    <p class="muted">${call?.account && html`<a href=${`/accounts/${encodeURIComponent(call.account)}${call.demo ? "?demo=true" : ""}`} dir="auto">${call.account}</a> · `}${facts.join(" · ")}</p>
    ${known().end_reason === "cancelled" && html`<p class="unclear-sides">The transcription was stopped${lastEnd() == null ? "" : ` at ${clock(lastEnd())}`}; the rest of the recording is missing here.</p>`}
    <${WhoIsWho} />
    <p class="figures-line">${figures().map((f, n) => html`<span key=${f}>${n > 0 ? " · " : ""}${f}</span>`)}${call?.kind === "other" && html` <button type="button" class="button link" onClick=${correctDetails}>Say what kind it was</button>`}</p>
  </header>`;
}

const lastEnd = () => known().utterances.findLast((u) => u.end_s != null)?.end_s;

function rubric() {
  const { playbook } = known();
  return playbook ? `rubric v${playbook.split("/").at(-1)}` : "";
}

/** What the call was analysed with, whatever is at work now. */
const tierWords = () => (known().model.requests > known().model.incomplete ? "LLM" : "Basic");

function figures() {
  const map = valueMap(known());
  const pitfalls = known().pitfalls.filter((p) => p.state === "open" || p.state === "dismissed").length;
  const talk = known().talk;
  const enough = talk.rep_s + talk.customer_s + talk.unknown_s >= 60;
  const parts = [count(map.outcomes.length, "outcome")];
  const loose = map.loose.filter((n) => n.type === "capability").length;
  if (loose) parts.push(`${count(loose, "capability", "capabilities")} not tied`);
  const share = enough ? talk.talk_ratio : null;
  parts.push(count(map.gaps, "gap"), pitfallWords(known().call?.kind, pitfalls), `You ${percent(share)}${share == null ? "" : ` of ${clock(talk.rep_s + talk.customer_s)} talk`}`);
  return parts;
}

/** @param {{tabs: [string, string][], chosen: string}} props */
function TabList({ tabs, chosen }) {
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (!step) return;
    event.preventDefault();
    const at = tabs.findIndex(([name]) => name === chosen);
    tab.value = tabs[(at + step + tabs.length) % tabs.length][0];
    document.getElementById(`tab-${tab.value}`)?.focus();
  };
  return html`<div class="tabs" role="tablist" aria-label="Parts of the review" onKeyDown=${onKeyDown}>
    ${tabs.map(([name, words]) => html`<button type="button" key=${name} id=${`tab-${name}`} role="tab" aria-selected=${name === chosen} aria-controls="tab-panel" tabindex=${name === chosen ? 0 : -1}
      onClick=${() => { tab.value = name; }}>${words}</button>`)}</div>`;
}

/** @param {{name: string}} props */
function TabBody({ name }) {
  switch (name) {
    case "steps": return html`<${NextSteps} />`;
    case "questions": return html`<${Questions} />`;
    case "pitfalls": return html`<${Pitfalls} />`;
    case "talk": return html`<${TalkStats} />`;
    case "scorecard": return html`<${Scorecard} />`;
    case "notes": return html`<${Notes} />`;
    case "story": return html`<${Story} />`;
    case "map": return html`<${ValueMap} review=${true} /><${Earlier} heldOn=${record.value?.held_on} />`;
    case "transcript": return html`<${Transcript} live=${!ended.value} />`;
    default: return html`<${Email} />`;
  }
}
