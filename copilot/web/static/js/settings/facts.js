/** What this installation was told: where calls are kept and for how long, who gets in, how mail goes out. */
import { count } from "../format.js";
import { html } from "../html.js";
import { settings } from "./known.js";

const SECURITY = { starttls: "encrypted after its greeting", tls: "encrypted", none: "not encrypted" };

export function Facts() {
  const known = settings.value;
  if (!known) return null;
  const { facts } = known;
  return html`<section class="card" aria-labelledby="kept"><h2 id="kept">What is kept, and where</h2>
      <dl class="facts">
        <${Fact} name="Calls">${facts.database}<//>
        <${Fact} name="Text">Kept until its call is deleted: on the call’s page, under More.<//>
        <${Fact} name="Sound">${soundWords(facts)}<//>
        <${Fact} name="Data folder">${facts.data}<//>
      </dl>
      <p class="caption">Deleting a call removes it from all of these. What people wrote down about its account stays, except for readings and corrections of promises that were made in that call alone. docs/retention.md tells of every place.</p></section>
    <section class="card" aria-labelledby="access"><h2 id="access">Access</h2>
      <dl class="facts">
        <${Fact} name="Address">${location.origin}<//>
        <${Fact} name="Token">${facts.token}<//>
      </dl>
      <p class="caption">Whoever has the token can read every call here. It stands in no page; the address that the server printed has it.</p></section>
    <section class="card" aria-labelledby="mail"><h2 id="mail">Mail</h2>
      ${facts.mail ? html`<dl class="facts">
          <${Fact} name="Server">${facts.mail.server}, ${SECURITY[facts.mail.security]}<//>
          <${Fact} name="From">${facts.mail.sender}<//>
          <${Fact} name="Blind copies">${facts.mail.copies_to.join(", ") || "none"}<//>
        </dl><p class="caption">Nothing is sent without a person’s word on that very email.</p>`
      : html`<p class="muted">No mail server is set up. Emails can be copied, or downloaded as drafts.</p>`}</section>`;
}

/** @param {Api.Facts} facts */
function soundWords(facts) {
  if (facts.sound === "never") return "Not kept: deleted when its call is over.";
  return `Kept for ${count(facts.sound_days, "day")} where everyone agreed to it, else deleted when its call is over.`;
}

/** @param {{name: string, children?: any}} props */
const Fact = ({ name, children }) => html`<div><dt>${name}</dt><dd>${children}</dd></div>`;
