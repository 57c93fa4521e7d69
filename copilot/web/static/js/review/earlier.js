/** What was promised on earlier calls of the account, each with the way to its words. */
import { onDay, momentOf } from "../accounts/words.js";
import { html, signal, useEffect, wordsOf } from "../html.js";
import { Refused, ask } from "../requests.js";
import { known, page } from "../store.js";

/** @typedef {{id: string, text: string, mention: Api.Mention, figures: string, again: boolean}} Promised */

const book = signal(/** @type {(Api.Ledger & {standing_words: Record<string, string>})|null} */ (null));
const trouble = signal("");
let asked = "";

/** @param {string} account @param {boolean} demo */
async function load(account, demo) {
  try {
    book.value = await ask(`/api/accounts/${encodeURIComponent(account)}${demo ? "?demo=true" : ""}`);
    trouble.value = "";
  } catch (error) {
    // An account that no kept call is with has no earlier ones either.
    if (!(error instanceof Refused && error.code === "no_such_account")) trouble.value = `What was promised before could not be had: ${wordsOf(error)}.`;
  }
}

/** @param {{heldOn?: string}} props the day of this call */
export function Earlier({ heldOn }) {
  const call = known().call;
  useEffect(() => {
    if (!call?.account || asked === call.account) return;
    asked = call.account;
    void load(call.account, call.demo);
  }, [call?.account]);
  const calls = earlierCalls(heldOn);
  const promised = promisedOn(new Set(calls.map((c) => c.id)));
  if (trouble.value) return html`<p class="problem">${trouble.value}</p>`;
  if (!call?.account || !calls.length) return null;
  // In a review of value they stand above the map already.
  const isAbove = call.kind === "qbr";
  return html`<section class="earlier" aria-label="Earlier calls"><h3>Earlier calls with <a href=${`/accounts/${encodeURIComponent(call.account)}${call.demo ? "?demo=true" : ""}`} dir="auto">${call.account}</a></h3>
    <p>${calls.map((c, n) => html`${n > 0 && " · "}<a key=${c.id} href=${`/calls/${encodeURIComponent(c.id)}`} dir="auto">${c.title ?? c.id}</a> <span class="caption">${onDay(c.on)}</span>`)}</p>
    ${!isAbove && html`<h4>Promised there</h4>`}
    ${!isAbove && (promised.length
      ? html`<ul>${promised.map((p) => html`<${Line} key=${p.id} promised=${p} />`)}</ul>`
      : html`<p class="nothing">Nothing that the customer took up.</p>`)}</section>`;
}

/** @param {{promised: Promised}} props */
function Line({ promised: { text, mention, figures, again } }) {
  const quote = mention.quotes[0];
  return html`<li><p dir="auto">${text}${figures && html` <span class="muted">${figures}</span>`}</p>
    ${quote && html`<blockquote dir="auto">“${quote.quote}”</blockquote>`}
    <p class="caption"><a href=${quote ? momentOf(quote) : `/calls/${encodeURIComponent(mention.call)}`}>${onDay(mention.on)}</a>${again ? " · named again on this call" : ""}</p></li>`;
}

/** @param {string|undefined} heldOn @returns {Api.LedgerCall[]} */
function earlierCalls(heldOn) {
  const calls = book.value?.calls ?? [];
  const place = calls.findIndex((c) => c.id === page.call_id);
  const on = calls[place]?.on ?? heldOn;
  return calls.filter((c, n) => c.id !== page.call_id && (on === undefined || c.on < on || (c.on === on && n < place)));
}

/** Outcomes and measures that were first named on one of these calls. @param {Set<string>} calls @returns {Promised[]} */
function promisedOn(calls) {
  const { outcomes = [], metrics = [] } = book.value ?? {};
  return [...outcomes, ...metrics].flatMap((entry) => {
    const mention = entry.mentions.find((m) => calls.has(m.call) && (m.state === "heard" || m.state === "confirmed"));
    if (!mention) return [];
    const figures = "baseline" in entry ? figuresOf(entry) : "";
    return [{ id: entry.id, text: entry.text, mention, figures, again: entry.mentions.some((m) => m.call === page.call_id) }];
  });
}

/** @param {Api.MetricEntry} metric */
function figuresOf({ baseline, target, latest }) {
  if (!baseline && !target) return "";
  const read = latest ? `; last read ${latest.figure.text}, ${onDay(latest.on)}` : "";
  return `${baseline?.text ?? "?"} → ${target?.text ?? "?"}${read}`;
}
