/** The account's calls, the newest first. */
import { html } from "../html.js";
import { KINDS } from "../kinds.js";
import { book } from "./book.js";
import { onDay } from "./words.js";

export function AccountCalls() {
  const calls = [...(book.value?.calls ?? [])].reverse();
  return html`<section class="card account-calls" aria-labelledby="calls-title">
    <div class="card-head"><h2 id="calls-title">Which calls is this from?</h2></div>
    ${calls.length ? html`<ul>${calls.map((call) => html`<li key=${call.id}><a href=${`/calls/${encodeURIComponent(call.id)}`} dir="auto">${call.title ?? call.id}</a>
      <span class="caption">${[KINDS[call.kind], onDay(call.on)].join(" · ")}${call.demo && html` <span class="chip">Demo</span>`}</span></li>`)}</ul>` : html`<p class="muted">No call of this account counts.</p>`}
  </section>`;
}
