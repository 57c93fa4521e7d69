/** What the rep does with the capture while the call runs: mute a side, go off the record, end the call. */
import { html } from "../html.js";
import { Icon } from "../icons.js";
import { Popover } from "../popover.js";
import { end, pause, resume, toggleMute } from "./capture.js";
import { Meter } from "./meter.js";
import { alone, capturing, ending, muted, paused } from "./state.js";

export function CaptureBar() {
  if (!capturing.value) return null;
  const isPaused = paused.value;
  return html`<section class="capture-bar" aria-label="What this computer hears">
    <${Channel} channel=${0} name=${alone.value ? "Everyone" : "You"} />
    ${!alone.value && html`<${Channel} channel=${1} name="Customer" />`}
    <button type="button" class="button" aria-pressed=${isPaused} disabled=${ending.value} title="Off the record: nothing is heard, sent or kept"
      onClick=${isPaused ? resume : pause}><${Icon} name=${isPaused ? "play" : "pause"} />${isPaused ? "Resume" : "Pause"}</button>
    <${Popover} className="button" label="End the call" button="End" attrs=${{ disabled: ending.value }}>
      ${(/** @type {() => void} */ close) => html`<p>The call ends for everybody who watches it, and its review follows.</p>
        <div class="form-buttons"><button type="button" class="button primary" onClick=${() => { close(); void end(); }}>End the call</button>
          <button type="button" class="button quiet" onClick=${close}>Go on</button></div>`}
    <//>
  </section>`;
}

/** @param {{channel: number, name: string}} props */
function Channel({ channel, name }) {
  const isMuted = muted.value[channel];
  return html`<button type="button" class="button channel" aria-pressed=${isMuted} disabled=${ending.value} aria-label=${`${name}: mute`}
      title=${isMuted ? `${name}: muted. Click to hear again` : `${name}: click to mute`} onClick=${() => toggleMute(channel)}>
    <span class="channel-name"><${Icon} name=${channel ? "screen" : "microphone"} />${name}</span>
    ${isMuted ? html`<span class="channel-muted">muted</span>` : html`<${Meter} channel=${channel} />`}
  </button>`;
}
