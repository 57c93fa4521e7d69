/** The one button that a sign of the capture has. */
import { html } from "../html.js";
import { toastProblem } from "../toasts.js";
import { goOn } from "./capture.js";
import { useMeeting, useMicrophone, wake } from "./channels.js";
import { recall } from "./remembered.js";

/** @type {Record<Exclude<import("./sign.js").Act, "">, [string, () => unknown]>} */
const ACTS = {
  microphone: ["Microphone again", () => useMicrophone()],
  meeting: ["Share again", useMeeting],
  wake: ["Go on", wake],
  reload: ["Reload", () => location.reload()],
};

/** @param {{act: import("./sign.js").Act}} props */
export function SignButton({ act }) {
  if (!act) return null;
  const [words, does] = ACTS[act];
  return html`<button type="button" class="button" onClick=${does}>${words}</button>`;
}

/** Whether this browser captured the call before the page was reloaded. @param {string} callId */
export const canListenAgain = (callId) => recall(callId) !== null;

/** @param {{callId: string}} props */
export function ListenAgain({ callId }) {
  const again = () => goOn(callId).catch((error) => toastProblem(error.message));
  return html`<button type="button" class="button" onClick=${again}>Listen again</button>`;
}
