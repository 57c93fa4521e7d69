/** All calls for other programs, as the server writes them out. */
import { html, signal } from "../html.js";
import { Icon } from "../icons.js";

const FORMS = [["zip", "Zip: a file for each call and form"], ["csv", "CSV: one table"], ["ndjson", "JSON lines"]];
const since = signal("");
const until = signal("");
const form = signal("zip");
const notes = signal(false);

export function Export() {
  const asked = new URLSearchParams({ format: form.value, ...(since.value && { from: since.value }), ...(until.value && { to: until.value }), ...(notes.value && { notes: "true" }) });
  return html`<section class="card" aria-labelledby="export"><h2 id="export">Export</h2>
    <div class="export-fields">
      <label class="field">From <input type="date" value=${since.value} onInput=${(/** @type {any} */ event) => { since.value = event.target.value; }} /></label>
      <label class="field">To <input type="date" value=${until.value} onInput=${(/** @type {any} */ event) => { until.value = event.target.value; }} /></label>
      <label class="field">As <select value=${form.value} onChange=${(/** @type {any} */ event) => { form.value = event.target.value; }}>
        ${FORMS.map(([name, words]) => html`<option key=${name} value=${name}>${words}</option>`)}</select></label>
    </div>
    <label class="check"><input type="checkbox" checked=${notes.value} onChange=${(/** @type {any} */ event) => { notes.value = event.target.checked; }} /> Private notes too</label>
    <p><a class="button" href=${`/api/export?${asked}`} download><${Icon} name="download" />Download all calls</a></p>
    <p class="caption">Everything that is known of each call, transcripts as well; without days, of all calls. What people noted for themselves is left out unless it is ticked.</p></section>`;
}
