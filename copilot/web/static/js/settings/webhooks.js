/** Which other systems are told of calls, how each attempt went, and sending once more. */
import { ask } from "../ask.js";
import { count, day, timeOfDay } from "../format.js";
import { html, signal, useEffect, wordsOf } from "../html.js";
import { toast } from "../toasts.js";

const SHOWN = 10;
const CALM_MS = 10_000;
const AFTER_MS = 700; // a delivery mostly takes less

const endpoints = signal(/** @type {Api.Webhook[]|null} */ (null));
const trouble = signal("");
/** Names of endpoints whose whole log is shown. */
const whole = signal(/** @type {Set<string>} */ (new Set()));

async function load() {
  try {
    endpoints.value = /** @type {{endpoints: Api.Webhook[]}} */ (await ask("/api/webhooks")).endpoints;
    trouble.value = "";
  } catch (error) {
    trouble.value = wordsOf(error);
  }
}

/** @param {string} path @param {string|((answer: any) => string)} done */
async function order(path, done) {
  try {
    const answer = await ask(path, {});
    toast(typeof done === "string" ? done : done(answer));
    window.setTimeout(load, AFTER_MS);
  } catch (error) {
    trouble.value = wordsOf(error);
  }
}

export function Webhooks() {
  useEffect(() => {
    void load();
    const timer = window.setInterval(() => { if (!document.hidden && endpoints.value?.length) void load(); }, CALM_MS);
    return () => window.clearInterval(timer);
  }, []);
  const known = endpoints.value;
  if (!known && !trouble.value) return null;
  return html`<section class="card" aria-labelledby="webhooks"><h2 id="webhooks">Webhooks</h2>
    ${trouble.value && html`<p class="problem" role="alert">${trouble.value}</p>`}
    ${known?.length === 0 && html`<p class="muted">No other system is told of calls. In <code>copilot.toml</code>, <code>[webhooks.NAME]</code> with <code>url</code> and <code>secret</code> sets one up.</p>`}
    ${known?.map((endpoint) => html`<${Endpoint} key=${endpoint.name} endpoint=${endpoint} />`)}
  </section>`;
}

/** @type {Record<Api.Webhook["health"], [string, string]>} */
const HEALTH = { unused: ["–", "Nothing sent yet"], working: ["✓", "Working"], failing: ["✗", "The last attempt failed"], gone: ["✗", "It answered that it is gone: nothing more is sent until a delivery that you send again arrives"], broken: ["✗", "What was noted of it cannot be read, so nothing is sent to it: see the server’s log"] };

/** @param {{endpoint: Api.Webhook}} props */
function Endpoint({ endpoint }) {
  const { name, deliveries, health, problem } = endpoint;
  const [sign, words] = HEALTH[health];
  const all = whole.value.has(name);
  const shown = all ? deliveries : deliveries.slice(0, SHOWN);
  const waits = [endpoint.waiting && `${endpoint.waiting} waiting`, endpoint.held && `${endpoint.held} held back`].filter(Boolean).join(", ");
  return html`<div class="endpoint" role="group" aria-label=${name}>
    <div class="endpoint-head"><p><span class=${`sign ${health === "failing" || health === "gone" || health === "broken" ? "bad" : ""}`} aria-hidden="true">${sign}</span> <b>${name}</b> <span class="finding-words">${endpoint.host}</span></p>
      <div class="endpoint-do">${waits && health !== "broken" && html`<button type="button" class="button" aria-label=${`Send all now: ${name}`} onClick=${() => order(`/api/webhooks/${name}/send-all`, sentNow)}>Send all now</button>`}
        <button type="button" class="button" onClick=${() => order(`/api/webhooks/${name}/test`, "A test message is on its way.")}>Send a test</button></div></div>
    <p class="caption">${words}${health === "failing" && problem && `: ${problem}`}${waits && `; ${waits}`}. Told of ${endpoint.events.join(", ")}; ${endpoint.words ? "with names and the customer’s words" : "ids, links and figures alone"}.</p>
    ${deliveries.length > 0 && html`<ul class="deliveries">${shown.map((delivery) => html`<${Delivery} key=${delivery.id} endpoint=${name} delivery=${delivery} />`)}</ul>`}
    ${deliveries.length > SHOWN && !all && html`<button type="button" class="button" onClick=${() => { whole.value = new Set(whole.value).add(name); }}>Show ${count(deliveries.length - SHOWN, "earlier delivery", "earlier deliveries")}</button>`}
  </div>`;
}

/** @param {{sent: number}} answer */
const sentNow = ({ sent }) => (sent ? `${count(sent, "message is", "messages are")} sent now.` : "Everything that waited is on its way already.");

/** @type {Record<Api.WebhookDelivery["state"], string>} */
const STATES = { waiting: "Waiting", delivered: "Delivered", failed: "Given up", held: "Held back" };

/** @param {{endpoint: string, delivery: Api.WebhookDelivery}} props */
function Delivery({ endpoint, delivery }) {
  const { id, event, call, state, attempts } = delivery;
  const problem = state === "delivered" ? null : attempts.at(-1)?.error;
  const again = `/api/webhooks/${endpoint}/deliveries/${id}/redeliver`;
  return html`<li class="delivery">
    <details><summary><span class=${`delivery-state ${state}`}>${STATES[state]}</span> <b>${event}</b> <span class="finding-words">${moment(delivery.happened_at)}</span>${problem && html` <span class="delivery-problem">${problem}</span>`}</summary>
      ${call && html`<p class="caption">Call <a href=${`/calls/${call}`}>${call}</a></p>`}
      <p class="caption">Message <code>${id}</code>${delivery.due_at && `, tried again ${moment(delivery.due_at)}`}</p>
      ${attempts.length === 0 ? html`<p class="caption">Not tried yet.</p>` : html`<ol class="attempts">${attempts.map((attempt, n) => html`<${Attempt} key=${n} attempt=${attempt} />`)}</ol>`}
    </details>
    <button type="button" class="button" aria-label=${`Redeliver ${event}${call ? ` of ${call}` : ""}`} onClick=${() => order(again, "It is sent once more.")}>Redeliver</button></li>`;
}

/** @param {{attempt: Api.WebhookAttempt}} props */
function Attempt({ attempt }) {
  const { status, error, answer, took_ms } = attempt;
  return html`<li>${moment(attempt.began_at)}: ${error ?? `answered ${status}`}, after ${took_ms} ms${answer && html`<code class="answer" dir="auto">${answer}</code>`}</li>`;
}

/** @param {string} iso */
const moment = (iso) => `${day(iso)}, ${timeOfDay(new Date(iso))}`;
