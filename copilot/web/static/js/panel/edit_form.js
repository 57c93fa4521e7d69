/** Editing in place: one field where a gap was clicked, every field from the menu. What is typed outlasts being drawn anew: hence the defaults. */
import { html, useLayoutEffect, useRef } from "../html.js";
import { Icon } from "../icons.js";
import { gapQuestion } from "../playbook.js";
import { known, state } from "../store.js";
import { stands } from "../value_map.js";
import { closeEdit, save } from "./map_actions.js";

/** @type {Record<Api.ItemType, string[]>} */
const FIELDS = {
  outcome: ["text", "priority"],
  capability: ["text", "phase", "outcomes"],
  metric: ["text", "baseline", "target", "owner", "cadence", "kind", "outcomes"],
  next_step: ["text", "owner", "due"],
};
/** @type {Record<string, string[][]>} */
const CHOICES = {
  priority: [["", "not ranked"], ["1", "1"], ["2", "2"], ["3", "3"]],
  phase: [["", "open"], ["1", "Phase 1"], ["later", "Later"]],
  kind: [["leading", "leading"], ["lagging", "lagging"]],
};
/** What an outcome may lack. @type {Record<string, "capabilities"|"metrics">} */
const LISTS = { capability: "capabilities", metric: "metrics" };

/**
 * @typedef {import("../value_map.js").Gap} Gap
 * @typedef {Api.Item & Record<string, any>} Fields an item, by the names of its fields
 */

/** @param {{item: Api.Item, type: Api.ItemType, fields: string[], gap?: Gap}} props */
export function EditForm({ item, type, fields, gap }) {
  const form = useRef(/** @type {HTMLFormElement|null} */ (null));
  useLayoutEffect(() => {
    /** @type {HTMLElement|null|undefined} */ (form.current?.querySelector("textarea, input, select, button"))?.focus();
    form.current?.scrollIntoView({ block: "nearest" });
  }, []);
  const link = gap && LISTS[gap.field];
  const question = gap ? gapQuestion(state.value, gap.gap, item.id) : "";
  const onSubmit = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const data = new FormData(form.current ?? undefined);
    if (link) return saveLink(item, link, data);
    return save(item.id, changes(item, fields.length ? fields : FIELDS[type], data));
  };
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    event.stopPropagation();
    if (event.key === "Escape") closeEdit(item.id);
    if (event.key === "Enter" && event.target instanceof HTMLTextAreaElement && !event.shiftKey) {
      event.preventDefault();
      form.current?.requestSubmit();
    }
  };
  return html`<form class="edit-form" ref=${form} onSubmit=${onSubmit} onKeyDown=${onKeyDown} aria-label=${`Edit ${item.id}`}>
    ${question && html`<p class="ask"><b>Ask:</b> <span dir="auto">${question}</span></p>`}
    ${link ? html`<${LinkField} item=${item} gap=${gap} />` : (fields.length ? fields : FIELDS[type]).map((name) => html`<${Field} key=${name} item=${item} name=${name} />`)}
    <div class="form-buttons"><span class="caption"><${Icon} name="typed" /> typed by you</span><span class="spring"></span>
      <button type="button" class="button quiet" onClick=${() => closeEdit(item.id)}>Cancel</button><button type="submit" class="button">Save</button></div>
  </form>`;
}

/** @type {Record<string, string>} */
const WORDS = { text: "Text", priority: "Rank", phase: "Phase", outcomes: "Serves", baseline: "Baseline", target: "Target", owner: "Owner", cadence: "Cadence", kind: "Kind", due: "Due" };

/** @param {{item: Fields, name: string}} props */
function Field({ item, name }) {
  if (name === "outcomes") {
    const outcomes = known().outcomes.filter(stands);
    return html`<fieldset class="field"><legend>${WORDS.outcomes}</legend>${outcomes.map((o) => html`<label class="check" key=${o.id}>
      <input type="checkbox" name="outcomes" value=${o.id} defaultChecked=${item.outcomes.includes(o.id)} /> ${o.id} <span dir="auto">${o.text}</span></label>`)}</fieldset>`;
  }
  if (CHOICES[name]) {
    const chosen = String(item[name] ?? "");
    return html`<label class="field"><span>${WORDS[name]}</span><select name=${name}>${CHOICES[name].map(([value, words]) => html`<option key=${value} value=${value} selected=${value === chosen}>${words}</option>`)}</select></label>`;
  }
  if (name === "text") return html`<label class="field"><span>${WORDS.text}</span><textarea name="text" rows="2" dir="auto">${item.text}</textarea></label>`;
  return html`<label class="field"><span>${WORDS[name]}</span><input type="text" name=${name} defaultValue=${item[name] ?? ""} autocomplete="off" dir="auto" /></label>`;
}

/** @param {"capabilities"|"metrics"} list @returns {(Api.Capability|Api.Metric)[]} */
const linkable = (list) => known()[list];

/** An outcome lacks a capability or a metric: tie one that is there. @param {{item: Api.Item, gap: Gap}} props */
function LinkField({ item, gap }) {
  const open = linkable(LISTS[gap.field]).filter((x) => stands(x) && !x.outcomes.includes(item.id));
  if (!open.length) return html`<p class="muted">It appears here once it is named in the talk.</p>`;
  return html`<label class="field"><span>Tie</span><select name="link"><option value="">choose a ${gap.field}</option>${open.map((x) => html`<option key=${x.id} value=${x.id}>${x.id} ${x.text}</option>`)}</select></label>`;
}

/** @param {Api.Item} item @param {"capabilities"|"metrics"} list @param {FormData} data */
function saveLink(item, list, data) {
  const chosen = linkable(list).find((x) => x.id === data.get("link"));
  if (chosen) save(chosen.id, { outcomes: [...chosen.outcomes, item.id] });
  closeEdit(item.id);
}

/** Only what differs from what stands. @param {Fields} item @param {string[]} names @param {FormData} data */
function changes(item, names, data) {
  /** @type {Record<string, any>} */
  const changed = {};
  for (const name of names) {
    const value = typed(name, data);
    if (name === "text" && !value) continue;
    const before = item[name] ?? null;
    if (JSON.stringify(value) !== JSON.stringify(Array.isArray(before) ? [...before] : before)) changed[name] = value;
  }
  return changed;
}

/** @param {string} name @param {FormData} data */
function typed(name, data) {
  if (name === "outcomes") return data.getAll("outcomes");
  const value = String(data.get(name) ?? "").replace(/\s+/g, " ").trim();
  if (name === "priority") return value ? Number(value) : null;
  return value || null;
}
