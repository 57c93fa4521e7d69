/** In a review of value: what the account was promised on earlier calls, and where it stands, above the map. */
import { momentOf, onDay, toldWords } from "../accounts/words.js";
import { effect, html, signal } from "../html.js";
import { Icon } from "../icons.js";
import { ask } from "../requests.js";
import { now, page, state } from "../store.js";

const AGAIN_MS = 20_000;
const MOST = 4;
/** What a dashed place says already. */
const SHOWN_AS_GAPS = new Set(["no_metric", "no_baseline", "no_target", "no_reading"]);

/** @typedef {{entry: Api.OutcomeEntry|Api.MetricEntry, metric?: Api.MetricEntry, standing: string}} Promised */

/** The account's ledger, or null before it is there and for every other kind of call. */
const book = signal(/** @type {(Api.Ledger & {standing_words: Record<string, string>})|null} */ (null));
const trouble = signal(false);
let asked = { about: /** @type {Api.Metric[]|null} */ (null), at: 0 };

/** Asked for at the start, again where the talk has changed a metric, and where it could not be had. */
effect(() => {
  const call = state.value?.call;
  const metrics = state.value?.metrics ?? null;
  if (call?.kind !== "qbr" || !call.account || asked.about === metrics || now.value - asked.at < AGAIN_MS) return;
  asked = { about: metrics, at: now.value };
  void load(call.account, call.demo);
});

/** @param {string} account @param {boolean} demo */
async function load(account, demo) {
  try {
    book.value = await ask(`/api/accounts/${encodeURIComponent(account)}?demo=${demo}`);
    trouble.value = false;
  } catch {
    trouble.value = true;
    asked = { ...asked, about: null };
  }
}

/** What was promised before this call, the latest promises first. Pure. @param {Api.Ledger} ledger @param {string|undefined} callId @returns {Promised[]} */
export function promisedBefore(ledger, callId) {
  const outcomes = new Map(ledger.outcomes.map((entry) => [entry.id, entry]));
  const metrics = new Map(ledger.metrics.map((entry) => [entry.id, entry]));
  /** @type {Promised[]} */
  const promised = [];
  for (const { outcome, metric: metricId, standing } of ledger.rows) {
    const metric = metrics.get(metricId ?? "");
    const entry = metric ?? outcomes.get(outcome ?? "");
    if (!entry || standing === "measured_elsewhere" || standing === "result" || entry.mentions[0].call === callId || promised.some((p) => p.entry === entry)) continue;
    promised.push({ entry, metric, standing });
  }
  return promised.sort((a, b) => b.entry.mentions[0].on.localeCompare(a.entry.mentions[0].on));
}

export function Promises() {
  const account = state.value?.call?.account;
  if (state.value?.call?.kind !== "qbr" || !account) return null;
  if (!book.value) return trouble.value ? html`<p class="promises caption">The promises of earlier calls could not be read; they are tried again.</p>` : null;
  const promised = promisedBefore(book.value, page.call_id);
  return html`<section class="promises" aria-label="Promised before">
    <h3>Promised before ${promised.length > 0 && html`<span class="muted">(${promised.length})</span>`}</h3>
    ${promised.length === 0 && html`<p class="muted">No promise is known from earlier calls with ${account}.</p>`}
    <ul>${promised.slice(0, MOST).map((p) => html`<${Line} key=${p.entry.id} promised=${p} />`)}</ul>
    ${promised.length > MOST && html`<a class="button link" href=${`/accounts/${encodeURIComponent(account)}`} target="_blank" rel="noopener">${promised.length - MOST} more in the account</a>`}
  </section>`;
}

/** "Promised 14 May 2026: 6 weeks → 4 weeks, no reading". @param {{promised: Promised}} props */
function Line({ promised: { entry, metric, standing } }) {
  const [first] = entry.mentions;
  const quote = first.quotes[0];
  const day = onDay(first.on);
  const where = quote ? html`<a href=${momentOf(quote)} target="_blank" rel="noopener" title=${quote.quote}><${Icon} name="said" label="Said" />${day}</a>` : day;
  const words = SHOWN_AS_GAPS.has(standing) ? "" : book.value?.standing_words[standing];
  return html`<li><p dir="auto">${entry.text}</p>
    <p class="figures">Promised ${where}${metric
      ? html`: <${Figure} told=${metric.baseline} field="baseline" /> <span class="arrow" role="img" aria-label="to">→</span> <${Figure} told=${metric.target} field="target" /> <${Latest} reading=${metric.latest} />`
      : html` <span class="missing">no metric</span>`}${words && html` <span class="muted">· ${words}</span>`}</p></li>`;
}

/** @param {{reading: Api.Reading|null}} props */
function Latest({ reading }) {
  if (!reading) return html`<span class="missing">no reading</span>`;
  return html`<span>· now <b dir="auto">${reading.figure.text}</b> <span class="muted">(${onDay(reading.on)})</span></span>`;
}

/** @param {{told: Api.Told|null, field: string}} props */
function Figure({ told, field }) {
  return told ? html`<span class="promised-figure" dir="auto">${toldWords(told)}</span>` : html`<span class="missing">no ${field}</span>`;
}
