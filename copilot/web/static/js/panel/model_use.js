/** What the language model has done for this call and what it cost, in one line; a click tells the rest. */
import { count, percent } from "../format.js";
import { html } from "../html.js";
import { Popover } from "../popover.js";
import { state } from "../store.js";

/** @type {Record<string, string>} */
const REASONS = {
  ungrounded: "not what the quoted words say",
  ungrounded_sentence: "sentences without words to rest on",
  unknown_item: "about something that is not there",
  malformed: "not in the agreed form",
  no_change: "nothing new",
  not_the_customer: "not the customer's own words",
  set_aside: "about what was set aside",
  settled: "against what a person has settled",
  too_many: "beyond what one answer may change",
  unsaid_number: "with a figure that was not said",
  unsaid_value: "with a value that was not said",
  stated_value: "against a value that the quoted words state",
};

export function ModelUse() {
  const use = state.value?.model;
  if (!use?.requests) return null;
  return html`<div class="model-use">
    <${Popover} className="button link" title="What the language model did" button=${`LLM: ${line(use)}`}><${Details} use=${use} /><//>
  </div>`;
}

/** @param {Api.ModelUse} use */
function line(use) {
  const dropped = Object.values(use.dropped).reduce((sum, n) => sum + n, 0);
  const parts = [count(use.requests, "request"), `${seconds(use.latency_ms / use.requests)} each`, cost(use)];
  if (use.usage.cached_tokens) parts.push(`${cacheShare(use)} from cache`);
  if (dropped) parts.push(`${dropped} dropped`);
  return parts.join(" · ");
}

/** @param {{use: Api.ModelUse}} props */
function Details({ use }) {
  const { input_tokens: input, output_tokens: output } = use.usage;
  const dropped = Object.entries(use.dropped);
  const rows = [
    ["Model", use.models.join(", ")],
    ["Requests", `${use.requests}${use.incomplete ? `, ${use.incomplete} without a whole answer` : ""}`],
    ["Time", `${seconds(use.latency_ms / use.requests)} each, ${seconds(use.slowest_ms)} the slowest`],
    ["Tokens", `${number(input)} in, ${number(output)} out`],
    ["From cache", cacheShare(use)],
    ["Cost", cost(use)],
    ["Taken up", count(use.applied, "proposal")],
    ["Dropped", dropped.length ? dropped.map(([reason, n]) => `${n} ${REASONS[reason] ?? reason.replaceAll("_", " ")}`).join("; ") : "none"],
  ];
  return html`<dl class="facts">${rows.map(([name, words]) => html`<div key=${name}><dt>${name}</dt><dd>${words}</dd></div>`)}</dl>`;
}

const seconds = (/** @type {number} */ ms) => `${(ms / 1000).toFixed(1)}\u00a0s`;

const number = (/** @type {number} */ n) => n.toLocaleString("en-GB");

const cacheShare = (/** @type {Api.ModelUse} */ { usage }) => percent(usage.input_tokens ? usage.cached_tokens / usage.input_tokens : null);

/** Dollars as far as prices are known. @param {Api.ModelUse} use */
function cost({ cost_usd: dollars, unpriced, requests }) {
  if (unpriced === requests) return "price not known";
  const words = dollars > 0 && dollars < 0.01 ? "under $0.01" : `$${dollars.toFixed(2)}`;
  return unpriced ? `${words} and ${unpriced} of unknown price` : words;
}
