/** The list of accounts: how many promises stand how, and what is overdue. */
import { count } from "./format.js";
import { draw, html, signal, useEffect, wordsOf } from "./html.js";
import { ask } from "./requests.js";
import { Toasts } from "./toasts.js";
import { demo, demoQuery, usual } from "./accounts/demos.js";
import { onDay } from "./accounts/words.js";

/** @typedef {{account: string, calls: number, last_call: string|null, promises: number, standing: Record<string, number>, readings_overdue: number, milestones_overdue: number, renewal: string|null, demo: boolean}} Line */

const lines = signal(/** @type {Line[]|null} */ (null));
const words = signal(/** @type {Record<string, string>} */ ({}));
const trouble = signal("");

async function load() {
  try {
    const answer = await ask(`/api/accounts${demo ? "?demo=true" : ""}`);
    words.value = answer.standing_words;
    lines.value = answer.accounts;
    trouble.value = "";
  } catch (error) {
    trouble.value = `The accounts could not be read: ${wordsOf(error)}. Nothing of them is lost.`;
  }
}

function Accounts() {
  useEffect(() => void load(), []);
  return html`<div class="account-content">
    <div class="account-head"><h1>Accounts</h1>
      <p class="caption">${demo ? html`<span class="chip">Demo</span> Bundled calls count here. <a href=${`/accounts${demoQuery(false)}`}>Leave them out</a>` : html`Bundled calls do not count. <a href=${`/accounts${demoQuery(true)}`}>Count them in</a>`} · <a href="/team?view=maturity">Maturity of our value work</a></p></div>
    ${trouble.value && html`<p class="problem banner" role="alert">${trouble.value} <button type="button" class="button" onClick=${load}>Try again</button></p>`}
    ${lines.value === null ? !trouble.value && html`<div class="waiting-blocks"><div class="block"></div><div class="block"></div><p class="slow">The server is slow to answer.</p></div>`
      : lines.value.length ? html`<ul class="card account-lines">${lines.value.map((line) => html`<${AccountLine} key=${line.account} line=${line} />`)}</ul>` : html`<${Nothing} />`}
    <${Toasts} />
  </div>`;
}

/** @param {{line: Line}} props */
function AccountLine({ line }) {
  const late = [line.readings_overdue && `${count(line.readings_overdue, "reading")} overdue`, line.milestones_overdue && `${count(line.milestones_overdue, "milestone")} overdue`].filter(Boolean);
  const facts = [count(line.calls, "call"), line.last_call && `last ${onDay(line.last_call)}`, line.renewal && `renewal ${onDay(line.renewal)}`].filter(Boolean);
  return html`<li class="account-line"><a class="account-link" href=${`/accounts/${encodeURIComponent(line.account)}${demoQuery()}`} dir="auto">${line.account}</a>
    <span class="caption">${facts.join(" · ")}${line.demo && html` <span class="chip">Demo</span>`}</span>
    <span class="account-standing">${Object.entries(line.standing).map(([standing, n]) => html`<span key=${standing} class=${`standing ${standing}`}>${n} ${(words.value[standing] ?? standing).toLowerCase()}</span>`)}${line.promises === 0 && html`<span class="muted">${line.calls ? "no promise yet" : "no call any more; what was written down is on its page"}</span>`}</span>
    ${late.length > 0 && html`<span class="late">${late.join(", ")}</span>`}</li>`;
}

function Nothing() {
  return html`<div class="card nothing"><p>No accounts yet. A call belongs to one when it names it: in the upload's form, in its file, or where it is sent from.</p>
    <p class="muted">${usual ? "The bundled account is here when its calls are counted in." : html`To see one, <a href=${`/accounts${demoQuery(true)}`}>count the bundled calls in</a>, if the demo call was played here; <code class="command">copilot demo --account</code> shows one that is filled.`}</p></div>`;
}

draw(Accounts);
