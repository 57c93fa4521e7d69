/** What is known of a call before it begins. */
import { AccountField } from "../account_field.js";
import { html, signal } from "../html.js";
import { KINDS } from "../kinds.js";

const SIDES = [["rep", "Your side"], ["customer", "Customer"], ["unknown", "Not known"]];

/** @typedef {{name: string, role: string, title: string}} Person */

export const details = signal({ title: "", account: "", kind: "discovery" });
export const people = signal(/** @type {Person[]} */ ([{ name: "", role: "rep", title: "" }, { name: "", role: "customer", title: "" }]));
export const consent = signal({ given: false, by: "" });

/** The call as `start` has it. Pure. @param {{details: typeof details.value, people: Person[], consent: typeof consent.value}} typed */
export function callOf({ details: known, people: listed, consent: agreed }) {
  const participants = listed
    .map(({ name, role, title }) => ({ name: name.trim(), role, title: title.trim() || null }))
    .filter(({ name }) => name);
  return {
    title: known.title.trim() || null,
    account: known.account.trim() || null,
    kind: known.kind,
    participants,
    consent: agreed.given ? { by: agreed.by.trim(), how: "ticked before the call" } : null,
  };
}

/** A readable id that nothing else has. @param {string} title */
export function newId(title) {
  const words = title.toLowerCase().normalize("NFKD").replace(/[^a-z0-9]+/g, "-").slice(0, 40).replace(/^-+|-+$/g, "");
  const chance = Array.from(crypto.getRandomValues(new Uint8Array(4)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${words || "call"}-${chance}`;
}

/** @param {{currentTarget: HTMLInputElement|HTMLSelectElement}} event */
const typed = (event) => event.currentTarget.value;
/** @param {"title"|"account"|"kind"} name */
const sets = (name) => (/** @type {any} */ event) => { details.value = { ...details.value, [name]: typed(event) }; };

export function Details() {
  const { title, account, kind } = details.value;
  return html`<section class="card" aria-labelledby="the-call"><h2 id="the-call">The call</h2>
    <label>Title<input type="text" maxlength="200" autocomplete="off" placeholder="optional" value=${title} onInput=${sets("title")} /></label>
    <div class="pair">
      <${AccountField} placeholder="optional" value=${account} onInput=${sets("account")} />
      <label>Kind<select value=${kind} onChange=${sets("kind")}>${Object.entries(KINDS).map(([value, words]) => html`<option key=${value} value=${value}>${words}</option>`)}</select></label>
    </div>
    <fieldset class="people"><legend>Participants <span class="caption">optional</span></legend>
      ${people.value.map((person, n) => html`<${PersonRow} key=${n} n=${n} person=${person} />`)}
      <button type="button" class="button quiet" onClick=${() => { people.value = [...people.value, { name: "", role: "customer", title: "" }]; }}>Add a participant</button>
    </fieldset>
  </section>`;
}

/** @param {{n: number, person: Person}} props */
function PersonRow({ n, person }) {
  /** @param {"name"|"role"|"title"} name */
  const set = (name) => (/** @type {any} */ event) => { people.value = people.value.with(n, { ...person, [name]: typed(event) }); };
  return html`<div class="person">
    <input type="text" aria-label=${`Name of participant ${n + 1}`} placeholder="Name" maxlength="200" autocomplete="off" value=${person.name} onInput=${set("name")} />
    <input type="text" aria-label=${`Title of participant ${n + 1}`} placeholder="Title" maxlength="200" autocomplete="off" value=${person.title} onInput=${set("title")} />
    <select aria-label=${`Side of participant ${n + 1}`} value=${person.role} onChange=${set("role")}>${SIDES.map(([value, words]) => html`<option key=${value} value=${value}>${words}</option>`)}</select>
  </div>`;
}

export function ConsentBox() {
  const { given, by } = consent.value;
  return html`<section class="card" aria-labelledby="consent"><h2 id="consent">Consent</h2>
    <label class="check"><input type="checkbox" checked=${given}
      onChange=${(/** @type {any} */ event) => { consent.value = { by: by || repName(), given: event.currentTarget.checked }; }} /> Everyone on the call agreed to be recorded</label>
    ${given && html`<label>Said by<input type="text" required maxlength="200" autocomplete="off" placeholder="who asked them" value=${by}
      onInput=${(/** @type {any} */ event) => { consent.value = { given, by: typed(event) }; }} /></label>`}
    <p class="caption">${given ? "Saved with the call." : "Without it, only the text of the call is kept; its sound is deleted."}</p>
  </section>`;
}

const repName = () => people.value.find((p) => p.role === "rep" && p.name.trim())?.name.trim() ?? "";
