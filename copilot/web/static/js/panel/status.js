/** The status line: does it hear us, for how long, with whose consent, and which tier works. */
import { begunAt, capturing, captureSign } from "../capture/state.js";
import { ListenAgain, SignButton, canListenAgain } from "../capture/way_back.js";
import { clock, day, timeOfDay } from "../format.js";
import { computed, html } from "../html.js";
import { Icon } from "../icons.js";
import { callSeconds, condition } from "../listening.js";
import { connection, deafSince, now, page, state, status, utteranceAt, waiting } from "../store.js";
import { Popover } from "../popover.js";
import { StreamCommand } from "../stream_command.js";
import { announce } from "../ui.js";
import { Menu } from "./menu.js";

export const seconds = computed(() => (capturing.value ? Math.max(0, now.value - begunAt.value) / 1000 : heardSeconds()));
const heardSeconds = () => callSeconds(state.value, utteranceAt.value, now.value, connection.value.phase === "open" && !state.value?.ended);
export const current = computed(() => condition({ connection: connection.value, status: status.value, state: state.value, callSeconds: seconds.value, capture: captureSign.value }));

/** @type {Record<string, string>} */
const ICONS = { off: "not-listening", broken: "broken-link", silent: "not-listening", behind: "listening", paused: "pause", ending: "listening", opening: "broken-link" };

/** @param {{onRetry: () => void, onOwnWindow: () => void}} props */
export function StatusLine({ onRetry, onOwnWindow }) {
  const { kind, words, detail: why, act = "", since: from } = current.value;
  const detail = kind === "broken" && waiting.value.size > 0 ? `${waiting.value.size} waiting to be sent` : why;
  const isAlarm = kind === "off" || Boolean(act);
  const since = kind === "off" && (from ? timeOfDay(new Date(from)).slice(0, 5) : alarmSince());
  const alarm = html`<span class="state-words" role=${announce.value.alarms && kind !== "quiet" ? "alert" : null}><b>${words}${since && html`<span class="since"> since ${since}</span>`}</b><span class="visually-hidden">. </span>
    <span class="detail" title=${detail}>${detail}</span></span>`;
  return html`<section class=${`status-line ${kind} ${detail ? "explained" : ""}`} aria-label="Status of the call">
    ${ICONS[kind] ? html`<${Icon} name=${ICONS[kind]} />` : html`<span class="dot" aria-hidden="true"></span>`}
    ${isAlarm ? alarm : kind === "behind" && detail ? html`<${Explained} words=${words} detail=${detail} />` : html`<span class="state-words"><b>${words}</b>${detail && html` <span class="detail" title=${detail}>${detail}</span>`}</span>`}
    ${isAlarm ? act ? html`<${SignButton} act=${act} />` : html`<${WayBack} detail=${detail} />` : html`<span class="clock">${seconds.value == null ? "" : clock(seconds.value)}</span>`}
    ${kind === "broken" && !capturing.value && html`<button type="button" class="button" onClick=${onRetry}>Retry</button>`}
    <span class="spring"></span>
    ${state.value?.call?.demo && html`<span class="chip">Demo</span>`}
    <span class="assurances"><${Consent} /><${Tier} /></span>
    <${Menu} onOwnWindow=${onOwnWindow} />
  </section>`;
}

/** A state whose reason is longer than its place: a click tells it whole. @param {{words: string, detail: string}} props */
function Explained({ words, detail }) {
  const button = html`<b>${words}</b><span class="visually-hidden">. </span><span class="detail">${detail}</span>`;
  return html`<${Popover} className="state-words" title=${detail} button=${button}><p><b>${words}</b></p><p>${detail}</p><//>`;
}

/** "12:03", or "" where it began before this page was opened. */
function alarmSince() {
  const at = connection.value.phase === "refused" ? connection.value.since : deafSince.value;
  return at ? timeOfDay(new Date(at)).slice(0, 5) : "";
}

/** Not listening has one button: the way back. @param {{detail: string}} props */
function WayBack({ detail }) {
  if (connection.value.phase === "refused") return html`<button type="button" class="button" onClick=${() => location.reload()}>Reload</button>`;
  if (canListenAgain(page.call_id ?? "")) return html`<${ListenAgain} callId=${page.call_id} />`;
  return html`<${Popover} className="button" label="How to go on" button="Go on">
    <p><b>${detail}</b></p>
    <p>Where the program that sends this call has stopped, start it again; it goes on after what is safe here.</p>
    <${StreamCommand} callId=${page.call_id} />
  <//>`;
}

function Consent() {
  if (!state.value?.call) return null;
  const consent = state.value.call.consent;
  const button = consent ? html`<${Icon} name="consent" />Consent` : html`<span class="long">Consent not noted</span><span class="short">Consent?</span>`;
  return html`<${Popover} className="button quiet tight" label=${consent ? "Consent" : "Consent not noted: sound not kept"} button=${button}>
    ${consent
      ? html`<p>Everyone agreed to be recorded.</p><p class="muted">Said by <span dir="auto">${consent.by}</span>${consent.how && html`, ${consent.how}`}${page.started_at && html`, as the call began: ${day(page.started_at)}, ${timeOfDay(new Date(page.started_at)).slice(0, 5)}`}</p>`
      : html`<p><b>No consent: sound not kept.</b></p><p class="muted">Only the text of this call is stored.</p>`}
  <//>`;
}

function Tier() {
  if (!status.value) return null;
  const { tier, tier_reason: reason, tier_since: since } = status.value;
  const isLlm = tier === "llm";
  return html`<${Popover} className="button quiet tight" label=${isLlm ? "Tier: LLM" : "Tier: Basic"} button=${isLlm ? "LLM" : "Basic"}>
    <p><b>${isLlm ? "LLM" : "Basic"}</b>${since && html` <span class="muted">since ${timeOfDay(new Date(since)).slice(0, 5)}</span>`}</p>
    ${reason && html`<p>${reason}</p>`}
    <p class=${reason ? "muted" : ""}>${tierWords(isLlm, reason)}</p>
    ${page.version && html`<p class="caption">Copilot ${page.version}</p>`}
  <//>`;
}

/** @param {boolean} isLlm @param {string|null} reason */
function tierWords(isLlm, reason) {
  if (isLlm) return "A language model listens in on top of the built-in analysis.";
  if (reason) return "Coverage, quotes, value map and questions go on without it.";
  return "No language model is used. Everything here works without one: stages, value map and quotes, questions, pitfalls, next steps, talk share. It is worked out on this server alone.";
}
