/** The live panel: one fixed part, the map beneath it, the transcript beside or below. */
import { CaptureBar } from "../capture/bar.js";
import { html } from "../html.js";
import { drawerOpen, isNarrow, ownWindow } from "../ui.js";
import { Coverage } from "./coverage.js";
import { bringBack } from "./own_window.js";
import { EarlierList, NoticeSlot } from "./pitfall.js";
import { BehindList, QuestionCard } from "./question.js";
import { StatusLine } from "./status.js";
import { Talk } from "./talk.js";
import { NotesList } from "./moments.js";
import { Handle, Transcript } from "./transcript.js";
import { ValueMap } from "./value_map.js";

/** Status to talk row. @param {{onRetry: () => void, onOwnWindow: () => void}} props */
export function FixedPart({ onRetry, onOwnWindow }) {
  return html`<div class="fixed-part">
    <${StatusLine} onRetry=${onRetry} onOwnWindow=${onOwnWindow} /><${QuestionCard} /><${NoticeSlot} /><${Coverage} /><${Talk} />
  </div>`;
}

/** @param {{onRetry: () => void, onOwnWindow: () => void}} props */
export function Panel(props) {
  return html`<div class=${`live ${drawerOpen.value ? "drawer-open" : ""}`}>
    <h1 class="visually-hidden">Live panel</h1>
    <div class="panel-column">
      ${ownWindow.value
        ? html`<div class="brought-out"><p>The panel is in its own window.</p><button type="button" class="button primary" onClick=${bringBack}>Bring back</button></div>`
        : html`<${FixedPart} ...${props} /><${CaptureBar} />`}
      ${!isNarrow.value && html`<div class="wide-asides"><${BehindList} /><${EarlierList} /><${NotesList} /></div>`}
    </div>
    <${ValueMap} />
    ${isNarrow.value
      ? html`${drawerOpen.value && html`<div class="drawer" id="drawer"><${Transcript} live=${true} /></div>`}<${Handle} />`
      : html`<${Transcript} live=${true} />`}
  </div>`;
}
