/** The value map: outcomes with what they need and how they are measured; what is missing has a dashed place. */
import { count, timeOfDay } from "../format.js";
import { computed, html, useLayoutEffect, useRef } from "../html.js";
import { connection, heardAt, now, state } from "../store.js";
import { announce, mapOpen } from "../ui.js";
import { valueMap } from "../value_map.js";
import { AddButton, Kept } from "./add_here.js";
import { active, focusRow, onTreeKey, undoing } from "./map_actions.js";
import { useKeptFocus } from "./kept_focus.js";
import { MapRow } from "./map_row.js";
import { ModelUse } from "./model_use.js";
import { Promises } from "./promises.js";
import { SetAside } from "./set_aside.js";

const UNDO_MS = 6000;
const SAY_EVERY_MS = 20000;

export const tree = computed(() => (state.value ? valueMap(state.value) : null));

/** What the tree shows, with what was just set aside still in its place. */
const shown = computed(() => {
  if (!state.value) return null;
  const held = new Set([...undoing.value].filter(([, at]) => now.value - at < UNDO_MS).map(([id]) => id));
  if (!held.size) return tree.value;
  /** @type {<T extends Api.Item>(list: T[]) => T[]} */
  const keep = (list) => list.map((x) => (held.has(x.id) && x.state === "rejected" ? { ...x, state: "heard", undo: true } : x));
  const known = state.value;
  const map = valueMap({ ...known, outcomes: keep(known.outcomes), capabilities: keep(known.capabilities), metrics: keep(known.metrics) });
  return { ...map, gaps: tree.value?.gaps ?? map.gaps };
});

/** @typedef {import("../value_map.js").Node} Node @typedef {ReturnType<typeof valueMap>} Map */

/** @param {Map} map @returns {Node[]} */
const rowsOf = (map) => [...map.outcomes.flatMap((n) => [n, ...n.children]), ...map.loose];

/** @param {{review?: boolean}} props */
export function ValueMap({ review = false }) {
  const map = shown.value;
  const scroller = useRef(/** @type {HTMLDivElement|null} */ (null));
  const rows = map ? rowsOf(map) : [];
  const fresh = useNewRows(rows, scroller);
  const broken = connection.value.phase === "down" || connection.value.phase === "refused";
  return html`<section class=${`map ${mapOpen.value ? "open" : ""}`} aria-label="Value map">
    <div class="map-head">
      <h2><button type="button" class="map-toggle" aria-expanded=${mapOpen.value} onClick=${() => { mapOpen.value = !mapOpen.value; }}>Value map</button><span class="map-title">Value map</span></h2>
      ${fresh.count > 0 && html`<button type="button" class="button link" onClick=${fresh.show}>${fresh.count} new ↓</button>`}
      <span class="caption">${map ? headWords(map) : ""}</span>
      ${map && !review && html`<${AddButton} kind="outcome" />`}
    </div>
    ${map && review && html`<div class="add-bar"><${AddButton} kind="outcome" /></div>`}
    ${broken && !review && html`<p class="as-of">As of ${timeOfDay(new Date(heardAt.value))}</p>`}
    <${SayNew} rows=${rows} />
    <div class="map-body" ref=${scroller} onScroll=${fresh.look}>
      <${Promises} />
      ${!map ? html`<div class="waiting-blocks"><div class="block"></div><div class="block"></div><p class="slow">The server is slow to answer.</p></div>`
        : html`${rows.length === 0 && html`<p class="nothing">${review ? "No outcome was heard." : "Outcomes appear here when the customer names one."}</p>`}
          ${rows.length > 0 && html`<${Tree} map=${map} rows=${rows} review=${review} />`}
          <${Kept} kinds=${["outcome", "capability", "metric"]} />
          <${SetAside} entries=${map.setAside.filter(({ item }) => !rows.some((n) => n.item.id === item.id))} />
          <${ModelUse} />`}
    </div>
  </section>`;
}

/** @param {Map} map */
function headWords(map) {
  const gaps = map.gaps ? ` · ${count(map.gaps, "gap")}` : "";
  return `${count(map.outcomes.length, "outcome")}${gaps}`;
}

/** @param {{map: Map, rows: Node[], review: boolean}} props */
function Tree({ map, rows, review }) {
  const ids = rows.map((n) => n.item.id);
  const first = ids.includes(active.value) ? active.value : ids[0];
  const keptFocus = useKeptFocus(ids);
  const row = (/** @type {Node} */ node, /** @type {number} */ level) => html`<${MapRow} key=${node.item.id} node=${node} level=${level} isActive=${node.item.id === first} open=${review} />`;
  return html`<div class="tree" role="tree" aria-label="Value map" onKeyDown=${(/** @type {KeyboardEvent} */ event) => onTreeKey(event, rows)} ...${keptFocus}>
    ${map.outcomes.map((n) => html`<div class="branch" role="none" key=${n.item.id}>${row(n, 1)}
      ${(n.children.length > 0) && html`<div class="children" role="group">${n.children.map((c) => row(c, 2))}</div>`}</div>`)}
    ${map.loose.length > 0 && html`<div class="branch loose" role="none"><h3 role="presentation">Not tied to an outcome (${map.loose.length})</h3>
      ${map.loose.map((n) => row(n, 1))}</div>`}
  </div>`;
}

/** Rows that came outside of what is in view. @param {Node[]} rows @param {{current: HTMLElement|null}} scroller */
function useNewRows(rows, scroller) {
  const seen = useRef(/** @type {Set<string>|null} */ (null));
  const unseen = useRef(/** @type {Set<string>} */ (new Set()));
  const key = rows.map((n) => n.item.id).join();
  const element = (/** @type {string} */ id) => scroller.current?.querySelector(`[data-item="${id}"]`);
  const look = () => {
    const box = scroller.current?.getBoundingClientRect();
    for (const id of unseen.current) {
      const at = element(id)?.getBoundingClientRect();
      if (!at || !box || (at.top < box.bottom && at.bottom > box.top)) unseen.current.delete(id);
    }
  };
  if (seen.current === null && rows.length) seen.current = new Set(rows.map((n) => n.item.id));
  for (const { item } of rows) {
    if (seen.current && !seen.current.has(item.id)) {
      seen.current.add(item.id);
      unseen.current.add(item.id);
    }
  }
  useLayoutEffect(look, [key]);
  const show = () => {
    mapOpen.value = true;
    const id = [...unseen.current][0];
    unseen.current.clear();
    if (id) focusRow(id, scroller.current?.ownerDocument);
  };
  return { count: unseen.current.size, look, show };
}

/** "2 new in the value map", at most every twenty seconds. @param {{rows: Node[]}} props */
function SayNew({ rows }) {
  const said = useRef({ at: 0, known: new Set(), words: "", ready: false });
  const memory = said.current;
  const ids = rows.map((n) => n.item.id);
  if (!memory.ready) {
    memory.known = new Set(ids);
    memory.ready = rows.length > 0 || state.value != null;
  }
  const fresh = ids.filter((id) => !memory.known.has(id));
  if (fresh.length && now.value - memory.at > SAY_EVERY_MS) {
    fresh.forEach((id) => memory.known.add(id));
    memory.at = now.value;
    memory.words = `${fresh.length} new in the value map`;
  }
  return html`<p class="visually-hidden" aria-live=${announce.value.map ? "polite" : "off"}>${memory.words}</p>`;
}

