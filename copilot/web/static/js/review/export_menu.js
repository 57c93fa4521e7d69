/** What of the call can be taken along: files as the server writes them, and texts to paste. */
import { html, signal } from "../html.js";
import { Icon } from "../icons.js";
import { moments } from "../panel/moments.js";
import { Popover } from "../popover.js";
import { page } from "../store.js";
import { toast } from "../toasts.js";

const base = `/api/calls/${encodeURIComponent(page.call_id ?? "")}`;

/** @type {[string, string][]} what each is called, and its format */
const FILES = [["Markdown", "markdown"], ["JSON", "json"], ["CSV", "csv"]];
/** @type {[string, string][]} what each is called, and where it comes from */
const TEXTS = [["Copy Markdown", "/export?format=markdown"], ["Copy note for a CRM", "/note"]];

const withNotes = signal(false);

export function ExportMenu() {
  const asked = withNotes.value ? "&notes=true" : "";
  return html`<${Popover} className="button" label="Export" button=${html`Export <span aria-hidden="true">▾</span>`} panelClass="menu">
    ${(/** @type {() => void} */ close) => html`
      ${FILES.map(([words, form]) => html`<a class="button" key=${form} href=${`${base}/export?format=${form}${asked}`} download onClick=${close}><${Icon} name="download" />${words}</a>`)}
      ${moments.value.length > 0 && html`<label class="check"><input type="checkbox" checked=${withNotes.value} onChange=${(/** @type {any} */ event) => { withNotes.value = event.currentTarget.checked; }} />Your private notes in these files</label><hr />`}
      ${TEXTS.map(([words, path]) => html`<button type="button" class="button" key=${path} onClick=${() => { close(); void copy(path); }}><${Icon} name="copy" />${words}</button>`)}`}
  <//>`;
}

/** @param {string} path */
async function copy(path) {
  const answer = await fetch(`${base}${path}`, { cache: "no-store" }).catch(() => null);
  if (!answer?.ok) {
    toast("Not copied: the server did not answer.");
    return;
  }
  await navigator.clipboard.writeText(await answer.text());
  toast("Copied.");
}
