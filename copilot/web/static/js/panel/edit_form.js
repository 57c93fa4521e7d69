/** Editing in place: one field where a gap was clicked, every field from the menu. What is typed outlasts being drawn anew: hence the defaults. */
import { html, onceDrawn, useLayoutEffect, useRef } from "../html.js";
import { Icon } from "../icons.js";
import { gapQuestion } from "../playbook.js";
import { known, state } from "../store.js";
import { stands } from "../value_map.js";
import { add } from "./adding.js";
import { FIELDS, Field, sendOnEnter, typed } from "./item_fields.js";
import { closeEdit, save } from "./map_actions.js";

/** What an outcome may lack. @type {Record<string, "capabilities"|"metrics">} */
const LISTS = { capability: "capabilities", metric: "metrics" };

/**
 * @typedef {import("../value_map.js").Gap} Gap
 * @typedef {import("./item_fields.js").Fields} Fields
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
    sendOnEnter(event);
  };
  return html`<form class="edit-form" ref=${form} onSubmit=${onSubmit} onKeyDown=${onKeyDown} aria-label=${`Edit ${item.id}`}>
    ${question && html`<p class="ask"><b>Ask:</b> <span dir="auto">${question}</span></p>`}
    ${link ? html`<${LinkField} item=${item} gap=${gap} />` : (fields.length ? fields : FIELDS[type]).map((name) => html`<${Field} key=${name} item=${item} name=${name} />`)}
    <div class="form-buttons"><span class="caption"><${Icon} name="typed" /> typed by you</span><span class="spring"></span>
      <button type="button" class="button quiet" onClick=${() => closeEdit(item.id)}>Cancel</button><button type="submit" class="button">Save</button></div>
  </form>`;
}

/** @param {"capabilities"|"metrics"} list @returns {(Api.Capability|Api.Metric)[]} */
const linkable = (list) => known()[list];

/** An outcome lacks a capability or a metric: tie one that is there. @param {{item: Api.Item, gap: Gap}} props */
function LinkField({ item, gap }) {
  const open = linkable(LISTS[gap.field]).filter((x) => stands(x) && !x.outcomes.includes(item.id));
  const toAdding = () => {
    closeEdit(item.id);
    onceDrawn(() => add({ kind: gap.field === "metric" ? "metric" : "capability", outcomes: [item.id] }));
  };
  const missed = html`<button type="button" class="button" onClick=${toAdding}>Add a ${gap.field} that was missed</button>`;
  if (!open.length) return html`<p class="muted">It appears here once it is named in the talk.</p><p>${missed}</p>`;
  return html`<label class="field"><span>Tie</span><select name="link"><option value="">choose a ${gap.field}</option>${open.map((x) => html`<option key=${x.id} value=${x.id}>${x.id} ${x.text}</option>`)}</select></label><p>${missed}</p>`;
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
