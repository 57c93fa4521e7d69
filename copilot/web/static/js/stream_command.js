import { html } from "./html.js";
import { Icon } from "./icons.js";
import { page } from "./store.js";
import { toast } from "./toasts.js";

/** A line to copy. @param {{line: string, copied?: string, children?: any}} props `copied`: what is said once it is */
export function Command({ line, copied = "Copied.", children }) {
  const copy = async () => {
    await navigator.clipboard.writeText(line);
    toast(copied);
  };
  return html`<div class="stream-command"><code class="command">${line}</code>
    ${navigator.clipboard && html`<button type="button" class="button" onClick=${copy}><${Icon} name="copy" />Copy</button>`}
    <p class="caption">${children}</p></div>`;
}

/**
 * The line that sends a call from a terminal. The token is not in it: whoever looks over a shoulder would have it.
 * @param {{callId?: string}} props the call to go on with
 */
export function StreamCommand({ callId }) {
  const line = `COPILOT_TOKEN=… copilot stream FILE --to ${location.origin}${callId ? ` --call ${callId}` : ""}`;
  return html`<${Command} line=${line} copied="Copied. Put the token and the file in.">FILE is a transcript. The token, in place of …, stands after <code>token=</code> in the address that the server printed when it started, and in the file <code>token</code> in its data folder.<//>`;
}

/** Where a telephone service sends its calls. */
export function Telephony() {
  const address = `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws/twilio`;
  return html`<${Command} line=${address}>${page.speech ? "" : "It needs a speech model on this server, too. "}Twilio's Media Streams send both tracks there. Twilio has to reach the address, with TLS; the program's documentation says how.<//>`;
}
