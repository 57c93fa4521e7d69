/** The page on which a call begins. One that this computer hears goes on in place: its sound would not survive another page. */
import { DemoTrouble, playDemo } from "./demo.js";
import { effect, html, render, signal } from "./html.js";
import { Icon } from "./icons.js";
import { ThisComputer, able } from "./new_call/this_computer.js";
import { page } from "./store.js";
import { StreamCommand, Telephony } from "./stream_command.js";
import { Toasts } from "./toasts.js";
import { DropTarget, UploadPanel, choose, isUploading } from "./upload.js";

const WAYS = [["computer", "This computer"], ["upload", "Upload"], ["demo", "Demo call"], ["elsewhere", "From elsewhere"]];

const way = signal("computer");
const place = /** @type {HTMLElement} */ (document.getElementById("app"));

effect(() => { if (isUploading()) way.value = "upload"; });

/** The panel takes this page's place. @param {string} id @param {string} kind */
async function showPanel(id, kind) {
  history.replaceState(null, "", `/calls/${encodeURIComponent(id)}`);
  Object.assign(page, { call_id: id, kind, live: true });
  render(null, place);
  document.body.className = "call-page";
  await import("./call.js");
}

function App() {
  return html`<div class="new-call"><${DropTarget} />
    <div class="new-head"><h1>New call</h1><a class="button quiet" href="/">All calls</a></div>
    <fieldset class="choices"><legend class="visually-hidden">How the call is heard</legend>
      ${WAYS.map(([value, words]) => html`<label key=${value} class=${`choice ${way.value === value ? "chosen" : ""}`}>
        <input type="radio" name="way" value=${value} checked=${way.value === value} onChange=${() => { way.value = value; }} />${words}</label>`)}
    </fieldset>
    ${able.can === "nothing" && way.value !== "computer" && html`<p class="caption">${able.words}</p>`}
    <${Chosen} />
    <${Toasts} />
  </div>`;
}

function Chosen() {
  if (way.value === "computer") return html`<${ThisComputer} onStarted=${showPanel} onWay=${(/** @type {string} */ to) => { way.value = to; }} />`;
  if (way.value === "upload") {
    return html`<section class="card way" aria-label="Upload"><p>A transcript from your meeting tool${page.speech ? ", or a recording" : ""}: drop it anywhere on this page, or several at once; paste a transcript’s text, or choose files.</p>
      <div><button type="button" class=${`button ${isUploading() ? "" : "primary"}`} onClick=${choose}><${Icon} name="upload" />Choose files</button></div>
      <${UploadPanel} onDone=${async () => location.assign("/")} /></section>`;
  }
  if (way.value === "demo") {
    return html`<section class="card way" aria-label="Demo call"><p>A bundled call plays as if it were live; try the panel on it. It never counts for a team.</p>
      <div><button type="button" class="button primary" onClick=${playDemo}><${Icon} name="play" />Play the demo call</button></div><${DemoTrouble} /></section>`;
  }
  return html`<section class="card way" aria-label="From elsewhere"><p>Any program can send a call while it runs. From a terminal:</p><${StreamCommand} />
    <h2>Telephone calls</h2><${Telephony} /></section>`;
}

render(html`<${App} />`, place);
