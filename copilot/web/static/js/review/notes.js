import { html } from "../html.js";
import { Notes as List } from "../panel/moments.js";

/** What was marked and noted during the call, for one's own side. */
export function Notes() {
  return html`<p class="caption">For your side alone: nothing of it goes into the email.</p><${List} />`;
}
