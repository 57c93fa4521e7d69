import { html } from "./html.js";
import { Icon } from "./icons.js";
import { toast } from "./toasts.js";

/**
 * The line that sends a call from a terminal. The token is not in it: whoever looks over a shoulder would have it.
 * @param {{callId?: string}} props the call to go on with
 */
export function StreamCommand({ callId }) {
  const line = `COPILOT_TOKEN=… copilot stream FILE --to ${location.origin}${callId ? ` --call ${callId}` : ""}`;
  const copy = async () => {
    await navigator.clipboard.writeText(line);
    toast("Copied. Put the token and the file in.");
  };
  return html`<div class="stream-command"><code class="command">${line}</code>
    ${navigator.clipboard && html`<button type="button" class="button" onClick=${copy}><${Icon} name="copy" />Copy</button>`}
    <p class="caption">FILE is a transcript. The token, in place of …, stands after <code>token=</code> in the address that the server printed when it started, and in the file <code>token</code> in its data folder.</p></div>`;
}

/** Where a telephone service sends its calls. */
export function Telephony() {
  const address = `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws/twilio`;
  const copy = async () => {
    await navigator.clipboard.writeText(address);
    toast("Copied.");
  };
  return html`<div class="stream-command"><code class="command">${address}</code>
    ${navigator.clipboard && html`<button type="button" class="button" onClick=${copy}><${Icon} name="copy" />Copy</button>`}
    <p class="caption">Twilio's Media Streams send both tracks there. Twilio has to reach the address, with TLS; the program's documentation says how.</p></div>`;
}
