/** Who talks how much; while the rep goes on without a break, that instead. */
import { changeSpeakers } from "../decisions.js";
import { clock, count, percent } from "../format.js";
import { html } from "../html.js";
import { Icon } from "../icons.js";
import { Popover } from "../popover.js";
import { now, partials, playbook, state } from "../store.js";
import { toast } from "../toasts.js";

const LEAST_TALK_S = 60;
const UNCLEAR_SHARE = 0.2;
const WARN_WORDS_SHARE = 0.5;

/** Both sides change places; said with an Undo. */
export function swapSpeakers() {
  changeSpeakers({ swap: true });
  toast("Swapped: the two sides have changed places. Working it out again.", () => changeSpeakers({ swap: true }));
}

/**
 * The rep's stretch that is worth a timer, or null.
 * @param {Api.TalkStats} talk @param {Api.TalkRanges|undefined} rules @param {number} speaking seconds that the rep has been at words which are not final yet
 */
export function monologue(talk, rules, speaking) {
  const running = talk.running?.role === "rep" ? talk.running : { seconds: 0, words: 0 };
  const [warn, full, words] = [rules?.monologue_warn_s ?? 45, rules?.monologue_s ?? 90, rules?.monologue_words ?? 200];
  if (running.seconds != null) {
    const seconds = running.seconds + speaking;
    return seconds >= warn ? { words: clock(seconds), share: Math.min(1, seconds / full) } : null;
  }
  return running.words >= words * WARN_WORDS_SHARE ? { words: `${running.words} words`, share: Math.min(1, running.words / words) } : null;
}

/** How long the rep has been at the words that are running, in seconds. */
function repSpeaking() {
  const running = [...partials.value.values()].filter((p) => p.role === "rep");
  return running.length ? Math.max(0, (now.value - Math.min(...running.map((p) => p.since))) / 1000) : 0;
}

export function Talk() {
  const talk = state.value?.talk;
  const long = talk && !state.value?.ended ? monologue(talk, playbook.value?.talk, repSpeaking()) : null;
  return html`<section class="talk" aria-label="Talk">
    ${long ? html`<${Monologue} long=${long} />` : html`<${Ratio} talk=${talk} />`}
    <button type="button" class="button quiet icon-only" aria-label="Swap the two sides" title="Swap the two sides" onClick=${swapSpeakers}><${Icon} name="swap" /></button>
  </section>`;
}

/** @param {{long: {words: string, share: number}}} props */
function Monologue({ long }) {
  return html`<span class="monologue-words">You, without a break <b>${long.words}</b></span>
    <span class="bar monologue" aria-hidden="true"><span class="fill" style=${{ width: `${long.share * 100}%` }}></span></span>`;
}

/** @param {{talk: Api.TalkStats|undefined}} props */
function Ratio({ talk }) {
  const total = talk ? talk.rep_s + talk.customer_s + talk.unknown_s : 0;
  const unclear = talk !== undefined && total > 0 && talk.unknown_s / total > UNCLEAR_SHARE;
  const share = talk && total >= LEAST_TALK_S && !unclear ? talk.talk_ratio : null;
  const range = playbook.value?.talk?.talk_ratio;
  const words = unclear ? "Speakers unclear" : share == null ? "Talk time: not enough yet" : `You ${percent(share)}, customer ${percent(1 - share)}`;
  return html`<${Popover} className="ratio" label=${`${words}. Open`} button=${html`
      <span>You <b>${percent(share)}</b></span>
      <span class=${`bar ${share == null ? "unknown" : ""}`}>
        ${share != null && html`<span class="rep" style=${{ flexGrow: share }}></span><span class="customer" style=${{ flexGrow: 1 - share }}></span>`}
        ${share != null && range && [range.low, range.high].filter((end) => end !== null).map((x) => html`<span class="range-tick" key=${x} style=${{ left: `${x * 100}%` }}></span>`)}
        ${share == null && html`<span class="unclear">${unclear ? "speakers unclear" : "first minute of talk"}</span>`}
      </span>
      <span><b>${percent(share == null ? null : 1 - share)}</b> Customer</span>`}>
    <${TalkDetail} talk=${talk} range=${range} />
  <//>`;
}

const usual = (/** @type {Api.UsualRange} */ { low, high }) => (low == null ? `up to ${percent(high)}` : high == null ? `${percent(low)} or more` : `${percent(low)} to ${percent(high)}`);

/** @param {{talk: Api.TalkStats|undefined, range: Api.UsualRange|undefined}} props */
function TalkDetail({ talk, range }) {
  if (!talk) return html`<p>Nothing said yet.</p>`;
  return html`<h2><${Icon} name="calculated" label="Calculated" /> Share of talk time</h2>
    <p>You ${clock(talk.rep_s)}, customer ${clock(talk.customer_s)}${talk.unknown_s > 0 ? `, unknown ${clock(talk.unknown_s)}` : ""}. Silence counts for nobody.${talk.estimated ? " Some times are estimated." : ""}</p>
    ${range && (range.low != null || range.high != null) ? html`<p>Usual for this kind of call: you ${usual(range)}.</p><p class="caption">${range.source}</p>` : html`<p class="muted">No usual range is known for this kind of call.</p>`}
    ${talk.unknown_s > 0 && html`<p class="muted">A speaker's name in the transcript opens name and role.</p>`}
    <p class="muted">Shown from one minute of talk on. ${count(talk.rep_questions, "question")} from you, ${talk.customer_questions} from the customer.</p>`;
}
