/** The fields of an item in a form, by its type. What is typed outlasts being drawn anew: hence the defaults. */
import { html } from "../html.js";
import { known } from "../store.js";
import { stands } from "../value_map.js";
import { DueField } from "./due_field.js";

/** @type {Record<Api.ItemType, string[]>} */
export const FIELDS = {
  outcome: ["text", "priority"],
  capability: ["text", "phase", "outcomes"],
  metric: ["text", "baseline", "target", "owner", "cadence", "kind", "outcomes"],
  next_step: ["text", "owner", "due"],
};
/** @type {Record<string, string[][]>} */
const CHOICES = {
  priority: [["1", "1"], ["2", "2"], ["3", "3"]],
  phase: [["1", "Phase 1"], ["later", "Later"]],
  kind: [["leading", "leading"], ["lagging", "lagging"]],
};
/** What a choice is called that is not made. @type {Record<string, string>} */
const OPEN = { priority: "not ranked", phase: "open", kind: "open" };
/** @type {Record<string, string>} */
const WORDS = { text: "Text", priority: "Rank", phase: "Phase", outcomes: "Serves", baseline: "Baseline", target: "Target", owner: "Owner", cadence: "Cadence", kind: "Kind" };

/** @typedef {Partial<Api.Item> & Record<string, any>} Fields an item or the beginnings of one, by the names of its fields */

/** @param {{item: Fields, name: string}} props */
export function Field({ item, name }) {
  if (name === "outcomes") return html`<${Serves} chosen=${item.outcomes ?? []} />`;
  if (name === "due") return html`<${DueField} due=${item.due} />`;
  if (CHOICES[name]) {
    const chosen = String(item[name] ?? "");
    const hasAlways = name === "kind" && chosen !== "";
    const choices = hasAlways ? CHOICES[name] : [["", OPEN[name]], ...CHOICES[name]];
    return html`<label class="field"><span>${WORDS[name]}</span><select name=${name}>${choices.map(([value, words]) => html`<option key=${value} value=${value} selected=${value === chosen}>${words}</option>`)}</select></label>`;
  }
  if (name === "text") return html`<label class="field"><span>${WORDS.text}</span><textarea name="text" rows="2" dir="auto">${item.text}</textarea></label>`;
  return html`<label class="field"><span>${WORDS[name]}</span><input type="text" name=${name} defaultValue=${item[name] ?? ""} autocomplete="off" dir="auto" /></label>`;
}

/** The outcomes that it may be tied to. @param {{chosen: readonly string[]}} props */
function Serves({ chosen }) {
  const outcomes = known().outcomes.filter(stands);
  return html`<fieldset class="field"><legend>${WORDS.outcomes}</legend>${outcomes.map((o) => html`<label class="check" key=${o.id}>
    <input type="checkbox" name="outcomes" value=${o.id} defaultChecked=${chosen.includes(o.id)} /> ${o.id} <span dir="auto">${o.text}</span></label>`)}</fieldset>`;
}

/** What a form has for a field; null where nothing was typed. @param {string} name @param {FormData} data */
export function typed(name, data) {
  if (name === "outcomes") return data.getAll("outcomes");
  const value = String(data.get(name) ?? "").replace(/\s+/g, " ").trim();
  if (name === "priority") return value ? Number(value) : null;
  return value || null;
}

/** Enter in a text field of several lines sends its form; Shift and Enter begin a line. @param {KeyboardEvent} event */
export function sendOnEnter(event) {
  if (event.key !== "Enter" || event.shiftKey || !(event.target instanceof HTMLTextAreaElement)) return;
  event.preventDefault();
  event.target.form?.requestSubmit();
}
