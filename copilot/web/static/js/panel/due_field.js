/** When it is due, as it was put; beneath, which day that is taken for. The words stand, whatever they are. */
import { ask } from "../ask.js";
import { day } from "../format.js";
import { html, useEffect, useId, useState } from "../html.js";
import { page } from "../store.js";

const RESTS_MS = 250;

/** @param {{due?: string|null}} props */
export function DueField({ due }) {
  const [said, setSaid] = useState(due ?? "");
  const [hint, setHint] = useState("");
  const id = useId();
  useEffect(() => {
    const words = said.trim();
    if (!words) return setHint("");
    let isLast = true;
    const timer = window.setTimeout(async () => {
      const told = await understood(words);
      if (isLast) setHint(told);
    }, RESTS_MS);
    return () => { isLast = false; window.clearTimeout(timer); };
  }, [said]);
  return html`<div class="field"><label class="field"><span>Due</span><input type="text" name="due" defaultValue=${due ?? ""} autocomplete="off" dir="auto" aria-describedby=${id}
      onInput=${(/** @type {{currentTarget: HTMLInputElement}} */ e) => setSaid(e.currentTarget.value)} /></label>
    <span id=${id} class="caption due-hint" aria-live="polite">${hint}</span></div>`;
}

/** @param {string} words @returns {Promise<string>} nothing where the server does not answer: the words can be saved all the same */
async function understood(words) {
  try {
    const found = /** @type {{day: string|null}} */ (await ask(`/api/calls/${page.call_id}/due?said=${encodeURIComponent(words)}`));
    return found.day ? `Understood as ${weekday(found.day)} ${day(found.day)}.` : "Not understood as a date; it will stand as written.";
  } catch {
    return "";
  }
}

/** @param {string} iso */
const weekday = (iso) => new Date(iso).toLocaleDateString("en-GB", { weekday: "short", timeZone: "UTC" });
