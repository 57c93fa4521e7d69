/** What this computer hears: two sources, each with its meter, before the call begins. */
import { letGo, useMeeting, useMicrophone } from "../capture/channels.js";
import { Meter } from "../capture/meter.js";
import { microphones } from "../capture/sources.js";
import { alone, meeting, microphone, moved } from "../capture/state.js";
import { html, useEffect, useSignal } from "../html.js";
import { Icon } from "../icons.js";

/** @param {boolean} to whether the microphone hears everybody; it is asked for anew, as echoes are then wanted */
function hearAlone(to) {
  alone.value = to;
  if (to) letGo(1);
  if (microphone.value.phase === "live") void useMicrophone();
}

/** @param {{can: "both"|"microphone"|"nothing"}} props */
export function Sources({ can }) {
  const wantsMicrophone = microphone.value.phase !== "live";
  return html`<section class="card" aria-labelledby="heard"><h2 id="heard">What is heard</h2>
    <${Source} channel=${0} name=${alone.value ? "Everyone" : "You"} what="the microphone" icon="microphone" source=${microphone.value}
      button="Allow the microphone" primary=${wantsMicrophone} onAsk=${() => useMicrophone()} todo="Say something"><${Choice} /><//>
    ${!alone.value && html`<${Source} channel=${1} name="Customer" what="the meeting’s sound" icon="screen" source=${meeting.value}
      button=${meeting.value.phase === "live" ? "Share something else" : "Share the meeting’s sound"} primary=${!wantsMicrophone && meeting.value.phase !== "live"} onAsk=${useMeeting} todo="Play a sound in the meeting">
      ${meeting.value.phase !== "live" && html`<p class="caption">Choose the meeting’s tab and tick ‘Share audio’. For a meeting program, share the whole screen with its sound. The picture is not used.</p>`}<//>`}
    ${can === "both" && html`<label class="check"><input type="checkbox" checked=${alone.value} onChange=${(/** @type {any} */ e) => hearAlone(e.currentTarget.checked)} />
      The microphone alone hears everyone</label>`}
    ${alone.value && html`<p class="caption">For a room, or a meeting on loudspeakers. Who speaks is then not known.</p>`}
    ${!alone.value && html`<p class="caption">Headphones keep the customer’s voice out of your microphone.</p>`}
    <p class="caption">Whoever sees your whole screen sees this panel: show the meeting a window or a tab.</p>
  </section>`;
}

/**
 * @param {{channel: number, name: string, what: string, icon: string, source: import("../capture/sign.js").Source, button: string,
 *   primary: boolean, onAsk: () => unknown, todo: string, children: any}} props
 */
function Source({ channel, name, what, icon, source, button, primary, onAsk, todo, children }) {
  const isLive = source.phase === "live";
  return html`<div class="source">
    <h3><${Icon} name=${icon} />${name} <span class="muted">${what}</span></h3>
    ${isLive && html`<div class="source-level"><${Meter} channel=${channel} />
      <span class=${moved.value[channel] ? "heard" : "todo"} role="status">${moved.value[channel] ? "✓ Heard" : todo}</span></div>`}
    ${source.words && html`<p class="problem" role="alert">${source.words}</p>`}
    ${(!isLive || channel === 1) && html`<button type="button" class=${`button ${primary ? "primary" : ""}`} aria-disabled=${source.phase === "asking"} onClick=${onAsk}>${source.phase === "asking" ? "Waiting for the browser" : button}</button>`}
    ${children}
  </div>`;
}

/** Another microphone, where there are several. */
function Choice() {
  const known = useSignal(/** @type {{id: string, label: string}[]} */ ([]));
  const isLive = microphone.value.phase === "live";
  useEffect(() => {
    if (!isLive) return undefined;
    const look = () => microphones().then((found) => { known.value = found; });
    void look();
    navigator.mediaDevices.addEventListener("devicechange", look);
    return () => navigator.mediaDevices.removeEventListener("devicechange", look);
  }, [isLive]);
  if (!isLive || known.value.length < 2) return null;
  return html`<label>Microphone<select onChange=${(/** @type {any} */ e) => useMicrophone(e.currentTarget.value)}>
    ${known.value.map(({ id, label }) => html`<option key=${id} value=${id}>${label}</option>`)}</select></label>`;
}
