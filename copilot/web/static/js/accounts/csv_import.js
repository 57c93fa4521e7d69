/** Readings from elsewhere: a CSV, taken as a whole or not at all. */
import { count } from "../format.js";
import { batch, html, signal } from "../html.js";
import { ask } from "../requests.js";
import { signature } from "../signature.js";
import { clearToasts, toast } from "../toasts.js";
import { addressOf, book, sentence } from "./book.js";

const refusal = signal("");
const passedOver = signal("");
const busy = signal(false);

/** @param {File} file */
async function take(file) {
  busy.value = true;
  const body = new FormData();
  body.set("file", file);
  body.set("by", signature.value);
  try {
    const answer = await ask(addressOf("/readings"), { method: "POST", body });
    batch(() => { book.value = answer; refusal.value = ""; passedOver.value = withoutColumns(file.name, answer.columns_passed_over); });
    const known = answer.known_already ? `, ${answer.known_already} known already` : "";
    toast(`${count(answer.imported, "reading")} imported from ${file.name}${known}.`);
  } catch (error) {
    clearToasts();
    batch(() => { refusal.value = sentence(error); passedOver.value = ""; });
  }
  busy.value = false;
}

/** @param {string} file @param {string[]} columns */
const withoutColumns = (file, columns) =>
  columns.length ? `Nothing was taken from ${columns.length === 1 ? "this column" : "these columns"} of ${file}: ${columns.join(", ")}.` : "";

/** @param {string} words */
const cell = (words) => (/[",;\n]/.test(words) ? `"${words.replaceAll('"', '""')}"` : words);

export function CsvImport() {
  const onChange = async (/** @type {{currentTarget: HTMLInputElement}} */ { currentTarget }) => {
    const file = currentTarget.files?.[0];
    if (file) await take(file);
    currentTarget.value = "";
  };
  const metric = book.value?.metrics[0];
  const example = [metric?.text ?? "Time to close a ticket", "2026-01-31", metric?.target?.text ?? "18 hours", "monthly report"];
  return html`<section class="card csv-import" aria-labelledby="import-title">
    <div class="card-head"><h2 id="import-title">Readings from a file</h2><span class="spring"></span><a class="button quiet" href=${addressOf("/readings.csv")} download>Export readings</a></div>
    <p>A CSV whose first line names the columns <code>metric</code>, <code>date</code>, <code>figure</code> and, if wanted, <code>source</code>. All of its lines are taken, or none; those that say what is known already are passed over.</p>
    <pre class="example" role="group" aria-label="Example" tabindex="0">metric,date,figure,source${"\n"}${example.map(cell).join(",")}</pre>
    <label class="field">CSV file<input type="file" accept=".csv,text/csv,text/plain" disabled=${busy.value} onChange=${onChange} /></label>
    ${passedOver.value && html`<p class="muted" role="status" dir="auto">${passedOver.value}</p>`}
    ${refusal.value && html`<p class="problem" role="alert" dir="auto">${refusal.value}</p>`}
  </section>`;
}
