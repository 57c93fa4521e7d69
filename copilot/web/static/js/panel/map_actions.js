/** What a person does with a row of the map, by mouse or by key. */
import { decide } from "../decisions.js";
import { onceDrawn, signal } from "../html.js";

/** The row that the tree's Tab stop is on. */
export const active = signal("");
/** Rows whose quotes are open. */
export const quotesOpen = signal(/** @type {Set<string>} */ (new Set()));
/** What is being edited: {id, fields}; an empty list means every field. */
export const editing = signal(/** @type {{id: string, fields: string[], gap?: import("../value_map.js").Gap}|null} */ (null));
/** When a row was set aside here, by id. */
export const undoing = signal(/** @type {Map<string, number>} */ (new Map()));

/** @param {string} id */
export function toggleQuotes(id) {
  const open = new Set(quotesOpen.value);
  if (!open.delete(id)) open.add(id);
  quotesOpen.value = open;
}

/** @param {string} id */
export const confirm = (id) => decide(id, "confirm");

/** @param {string} id */
export function reject(id) {
  undoing.value = new Map(undoing.value).set(id, Date.now());
  decide(id, "reject");
}

/** Its place is kept until the server has brought it back. @param {string} id */
export const restore = (id) => decide(id, "edit");

/** Whether it was just set aside and keeps its place for the way back. @param {Api.Item} item */
export const isUndone = (item) => "undo" in item;

/** @param {string} id @param {string[]} [fields] @param {import("../value_map.js").Gap} [gap] */
export function edit(id, fields = [], gap = undefined) {
  editing.value = { id, fields, gap };
}

/** @param {string} id @param {object} fields */
export function save(id, fields) {
  if (Object.keys(fields).length) decide(id, "edit", fields);
  closeEdit(id);
}

/** Close the form and give focus back to its row. @param {string} id */
export function closeEdit(id) {
  editing.value = null;
  focusRow(id);
}

/** @param {string} id @param {Document} [where] */
export function focusRow(id, where = document) {
  active.value = id;
  onceDrawn(() => {
    const row = /** @type {HTMLElement|null} */ (where.querySelector(`[data-item="${id}"]`));
    row?.scrollIntoView({ block: "nearest" });
    row?.focus({ preventScroll: true });
  });
}

/** What the keys do with a row, on it or in its menu. @param {string} id */
export const rowKeys = (id) => ({ c: () => confirm(id), e: () => edit(id), r: () => reject(id) });

/** Arrows move, Enter opens the quotes, C, E and R decide. @param {KeyboardEvent} event @param {import("../value_map.js").Node[]} rows in order */
export function onTreeKey(event, rows) {
  const row = /** @type {HTMLElement} */ (event.target);
  if (row.getAttribute("role") !== "treeitem" || event.ctrlKey || event.metaKey || event.altKey) return;
  const ids = rows.map((n) => n.item.id);
  const at = ids.indexOf(row.dataset.item ?? "");
  const go = (/** @type {number} */ to) => ids[to] && focusRow(ids[to], row.ownerDocument);
  const parent = () => rows.slice(0, at).findLastIndex((n) => n.type === "outcome");
  /** @type {Record<string, () => void>} */
  const acts = {
    ArrowDown: () => go(at + 1), ArrowUp: () => go(at - 1), Home: () => go(0), End: () => go(ids.length - 1),
    ArrowRight: () => rows[at].type === "outcome" && rows[at].children.length && go(at + 1),
    ArrowLeft: () => rows[at].type !== "outcome" && go(parent()),
    Enter: () => (isUndone(rows[at].item) ? restore(ids[at]) : toggleQuotes(ids[at])), ...rowKeys(ids[at]),
  };
  const act = acts[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!act) return;
  event.preventDefault();
  act();
}
