/** One-letter keys for the whole page; silent in fields and with a modifier held; they can be switched off. */
import { signal } from "./html.js";

const STORED = "copilot.keys";
export const keysOn = signal(localStorage.getItem(STORED) !== "off");

/** @param {boolean} on */
export function switchKeys(on) {
  keysOn.value = on;
  localStorage.setItem(STORED, on ? "on" : "off");
}

const IN_THE_PANEL = [
  ["A", "Question asked"], ["D", "Dismiss the question"], ["P", "Pin the question"], ["N", "Questions behind it"],
  ["X", "Close the notice"], ["W", "The notice is wrong"], ["B", "Mark this moment, with a note"], ["M", "To the value map"], ["T", "Transcript"],
  ["O", "Own window"],
];
const OF_THE_SOUND = [["K", "Play or pause the sound"], ["J L", "Five seconds back, on"]];
const EVERYWHERE = [
  ["I", "Add what was missed"], ["H", "Hide everything"], ["?", "This list"], ["Esc", "Close"],
  ["↑ ↓", "Move in the value map"], ["Enter", "Quotes of the row"], ["C E R", "Confirm, edit, reject the row"],
];

/** The keys that do something now, with what they do. @param {{live: boolean, sound: boolean}} page */
export const keysOf = ({ live, sound }) => [...(live ? IN_THE_PANEL : []), ...(!live && sound ? OF_THE_SOUND : []), ...EVERYWHERE];

/**
 * @param {Document} target
 * @param {() => Record<string, () => void>} actions what the keys do now, by lower-case key
 */
export function listen(target, actions) {
  target.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const element = /** @type {HTMLElement} */ (event.target);
    // A dialog has its own Escape; an open popover too.
    if (element.closest?.("input, textarea, select, [contenteditable], [role=dialog], dialog")) return;
    if (!keysOn.value && event.key !== "Escape" && event.key.toLowerCase() !== "h") return;
    const action = actions()[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });
}
