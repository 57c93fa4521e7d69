/** The list of calls: what is live first, and the ways to begin another one. */
import { count, day, length, timeOfDay } from "./format.js";
import { draw, effect, html, signal, useEffect, wordsOf } from "./html.js";
import { Icon } from "./icons.js";
import { KINDS, pitfallWords } from "./kinds.js";
import { loadPlaybook, stage } from "./playbook.js";
import { Popover } from "./popover.js";
import { page, playbook } from "./store.js";
import { DemoTrouble, playDemo } from "./demo.js";
import { ProgressBar, progressWords } from "./recording.js";
import { ask } from "./requests.js";
import { StreamCommand } from "./stream_command.js";
import { Toasts } from "./toasts.js";
import { DropTarget, UploadPanel, choose, isBusy, isUploading } from "./upload.js";
import { NothingFound, SearchBox, ShowMore, query, total, wanted } from "./finding.js";

const AGAIN_MS = 5000;
const STATES = { live: "Live", transcribing: "Transcribing", wrapping_up: "Wrapping up", ready: "Ready" };

const calls = signal(/** @type {Api.CallLine[]|null} */ (null));
const trouble = signal("");

async function refresh() {
  const path = wanted.peek();
  try {
    const answer = await ask(path);
    if (path !== wanted.peek()) return; // something else is looked for by now
    calls.value = answer.calls;
    total.value = answer.total;
    trouble.value = "";
  } catch (error) {
    trouble.value = `The list could not be read: ${wordsOf(error)}. The calls themselves are safe.`;
  }
}

/** The first run's page stays as it is while a file is read: what was typed stands in it. */
const mayChange = () => !calls.value || calls.value.some((c) => c.state !== "ready") || (isBusy() && calls.value.length > 0);

function Empty() {
  return html`<section class="first-run">
    <h1>No calls yet</h1>
    <ul class="ways">
      <li><button type="button" class=${`button ${isUploading() ? "" : "primary"}`} onClick=${playDemo}><${Icon} name="play" />Play the demo call</button>
        <p>A bundled call plays as if it were live; try the panel on it. It never counts for a team.</p><${DemoTrouble} /></li>
      <li><a class="button" href="/new"><${Icon} name="microphone" />Start a call</a>
        <p>${page.speech ? "This computer hears your microphone and the meeting’s sound, and the panel fills while you talk." : "This server has no speech model, so it cannot hear a call yet; one command changes that."}</p></li>
      <li><button type="button" class="button" onClick=${choose}><${Icon} name="upload" />Upload</button>
        <p>A transcript from your meeting tool${page.speech ? " or a recording" : ""}, dropped anywhere on this page or chosen here.</p><${UploadPanel} onDone=${refresh} onEach=${refresh} /></li>
      <li><span class="way-title">From elsewhere</span><p>Any program can send a call while it runs. From a terminal:</p><${StreamCommand} /></li>
    </ul>
  </section>`;
}

/** @param {{list: Api.CallLine[]}} props newest first, live ones before them */
function Filled({ list }) {
  return html`<section class="call-list">
    <div class="list-head"><h1>Calls</h1><span class="spring"></span>
      <a class=${`button ${page.speech && !isUploading() ? "primary" : ""}`} href="/new"><${Icon} name="microphone" />Start a call</a>
      <button type="button" class=${`button ${page.speech || isUploading() ? "" : "primary"}`} onClick=${choose}><${Icon} name="upload" />Upload</button>
      <button type="button" class="button" onClick=${playDemo}><${Icon} name="play" />Demo call</button>
      <${Popover} className="button" label="From elsewhere" button="From elsewhere"><p>Any program can send a call while it runs. From a terminal:</p><${StreamCommand} /><//>
    </div>
    <${DemoTrouble} /><${UploadPanel} onDone=${refresh} onEach=${refresh} />
    <${SearchBox} />
    ${list.length ? html`<ul class="calls">${list.map((call) => html`<${Line} key=${call.id} call=${call} />`)}</ul>` : html`<${NothingFound} />`}
    <${ShowMore} listed=${list.length} />
  </section>`;
}

/** @param {{call: Api.CallLine}} props */
function Line({ call }) {
  const held = call.title ? day(call.held_on) : `${day(call.held_on)}, ${timeOfDay(new Date(call.started_at)).slice(0, 5)}`;
  const facts = [call.account, KINDS[call.kind] ?? call.kind, held, length(call.duration_s)].filter(Boolean);
  return html`<li class=${`call ${call.state}`}>
    <a class="call-link" href=${`/calls/${encodeURIComponent(call.id)}`}><span class="call-title" dir="auto">${call.title ?? call.id}</span></a>
    <span class="call-facts" dir="auto">${facts.join(" · ")}</span>
    <span class="call-state"><span class=${`state-mark ${call.recording?.state ?? call.state}`} aria-hidden="true"></span><span>${call.recording ? progressWords(call.recording) : STATES[call.state] ?? call.state}</span>${call.demo && html` <span class="chip">Demo</span>`}</span>
    ${call.recording && html`<${ProgressBar} progress=${call.recording} label=${`Transcription of ${call.title ?? call.id}`} />`}
    <${SmallStrip} coverage=${call.coverage ?? {}} />
    <span class="call-counts"><span>${count(call.gaps, "gap")}</span>${pitfalls(call)}</span>
  </li>`;
}

/** @param {Api.CallLine} call */
function pitfalls(call) {
  const words = pitfallWords(call.kind, call.pitfalls);
  if (call.kind !== "other" || call.pitfalls || call.state === "live") return html`<span>${words}</span>`;
  return html`<a href=${`/calls/${encodeURIComponent(call.id)}#details`} title="Few pitfalls apply to a call of this kind; its details say what it was for.">${words}</a>`;
}

/** Coverage at a glance; what each mark is stands in its tooltip and in words for screen readers. @param {{coverage: Api.CallLine["coverage"]}} props */
function SmallStrip({ coverage }) {
  const stages = playbook.value?.stages.filter((s) => s.stage !== "other") ?? [];
  const touched = stages.filter((s) => coverage[s.stage] && coverage[s.stage] !== "untouched").length;
  return html`<span class="small-strip" role="img" aria-label=${`${touched} of ${stages.length} stages touched`}>
    ${stages.map((s) => html`<span key=${s.stage} class=${coverage[s.stage] ?? "untouched"} data-slot=${stage(s.stage).slot} title=${`${s.title}: ${coverage[s.stage] ?? "not touched"}`}></span>`)}</span>`;
}

function App() {
  useEffect(() => {
    const stop = effect(() => { if (wanted.value) void refresh(); });
    void loadPlaybook("discovery");
    const timer = window.setInterval(() => {
      if (!document.hidden && mayChange()) void refresh();
    }, AGAIN_MS);
    const onVisible = () => !document.hidden && refresh();
    document.addEventListener("visibilitychange", onVisible);
    return () => { stop(); window.clearInterval(timer); document.removeEventListener("visibilitychange", onVisible); };
  }, []);
  return html`<div class="calls-content"><${DropTarget} />
    ${calls.value === null && html`<div class="list-head"><h1>Calls</h1></div>`}
    ${trouble.value && html`<p class="problem banner" role="alert">${trouble.value} <button type="button" class="button" onClick=${refresh}>Try again</button></p>`}
    ${calls.value === null ? !trouble.value && html`<div class="waiting-blocks"><div class="block"></div><div class="block"></div><div class="block"></div><p class="slow">The server is slow to answer.</p></div>`
      : calls.value.length || query.value.trim() ? html`<${Filled} list=${calls.value} />` : html`<${Empty} />`}
    <${Toasts} />
  </div>`;
}

draw(App);
