/** One row of the value map: how far it can be relied on, its words, its figures, its gaps. */
import { decide } from "../decisions.js";
import { html, useLayoutEffect, useRef, useState } from "../html.js";
import { Icon } from "../icons.js";
import { Popover } from "../popover.js";
import { isWaiting, known, language, refused, reworkingSince } from "../store.js";
import { RINGS, stateWords } from "../value_map.js";
import { EditForm } from "./edit_form.js";
import { active, confirm, edit, editing, isUndone, quotesOpen, reject, restore, rowKeys, toggleQuotes } from "./map_actions.js";
import { Moment, Quotes } from "./quote.js";

/** What goes with the words of an item, in its order. */
/** @type {Partial<Record<Api.ItemType, string[]>>} */
const FIGURES = { metric: ["baseline", "target", "owner", "cadence"], next_step: ["owner", "due"] };
const KINDS = { outcome: "Outcome", capability: "Capability", metric: "Metric", next_step: "Next step" };

const FIRST_QUOTES = 2;

/** @typedef {import("../value_map.js").Node} Node */

/** @param {{node: Node, level: number, isActive: boolean, open: boolean}} props */
export function MapRow({ node, level, isActive, open }) {
  const { item, type } = node;
  if (isUndone(item)) return html`<${UndoRow} item=${item} level=${level} isActive=${isActive} />`;
  const edited = editing.value?.id === item.id ? editing.value : null;
  const withQuotes = open || quotesOpen.value.has(item.id);
  const label = `${KINDS[type]}${type === "outcome" ? `, ${rankWords(node.item)}` : ""}: ${item.text}. ${stateWords(item, known().utterances)}. ${[...node.gaps.map((g) => g.words), ...earlierValues(item).map((v) => `earlier ${v.field} ${v.value}`)].join(", ")}`;
  return html`<div class=${`row ${type} ${item.state} ${reworkingSince.value && !item.locked.length ? "reworking" : ""}`} role="treeitem" aria-level=${level}
      aria-label=${label} aria-expanded=${withQuotes} data-item=${item.id} tabindex=${isActive ? 0 : -1} onFocusIn=${() => { active.value = item.id; }}>
    <div class="row-line">
      <${Ring} item=${item} />
      ${type === "outcome" && html`<span class="priority" title=${rankWords(node.item)}>${node.item.priority ?? "–"}</span>`}
      <${Text} node=${node} roomy=${open} />
      <${Marks} node=${node} />
      <${Menu} item=${item} />
    </div>
    ${FIGURES[type] ? html`<${Figures} node=${node} />` : node.gaps.length > 0 && html`<p class="chips">${node.gaps.map((g) => html`<${GapChip} key=${g.field} gap=${g} />`)}</p>`}
    ${["baseline", "target"].map((field) => html`<${Former} key=${field} field=${field} values=${earlierValues(item).filter((v) => v.field === field)} />`)}
    ${item.also_heard.map((a) => html`<${AlsoHeard} key=${`${a.field}-${a.value}`} item=${item} heard=${a} />`)}
    ${reworkingSince.value && !item.locked.length && html`<span class="visually-hidden">Being worked out again</span>`}
    ${refused.value.get(item.id) && html`<p class="caption problem">${refused.value.get(item.id)}</p>`}
    ${edited && html`<${EditForm} item=${item} type=${type} fields=${edited.fields} gap=${edited.gap} />`}
    ${withQuotes && html`<${Quotes} evidence=${item.evidence} most=${quotesOpen.value.has(item.id) ? Infinity : FIRST_QUOTES} more=${() => toggleQuotes(item.id)} />`}
  </div>`;
}

/** @param {Api.Outcome} outcome */
const rankWords = (outcome) => (outcome.priority ? `ranked ${outcome.priority}` : "not ranked");

/** @param {{item: Api.Item}} props */
export function Ring({ item }) {
  const words = stateWords(item, known().utterances);
  const quotes = item.state === "heard" ? `, ${item.evidence.length} ${item.evidence.length === 1 ? "quote" : "quotes"}` : "";
  return html`<span class=${`ring ${item.state}`} title=${`${words}${quotes}`}><${Icon} name=${RINGS[item.state]} /></span>`;
}

/** The words, two lines of them until asked for more; all where there is room. @param {{node: Node, roomy: boolean}} props */
function Text({ node, roomy }) {
  const { item } = node;
  const box = useRef(/** @type {HTMLElement|null} */ (null));
  const [isLong, setLong] = useState(false);
  const [isWhole, setWhole] = useState(roomy);
  const measure = () => {
    if (box.current && !isWhole) setLong(box.current.scrollHeight > box.current.clientHeight + 1);
  };
  useLayoutEffect(measure);
  useLayoutEffect(() => {
    const watch = new ResizeObserver(measure);
    if (box.current) watch.observe(box.current);
    return () => watch.disconnect();
  }, [isWhole]);
  return html`<span class="row-text"><span class=${`words ${isWhole ? "" : "clamped"} ${isLong ? "cut" : ""}`} ref=${box} lang=${language.value}><span dir="auto">${item.text}</span>${" "}<${Asides} node=${node} /></span>
    ${isLong && html`<button type="button" class=${`button link more ${isWhole ? "" : "over"}`} tabindex="-1" onClick=${() => setWhole(!isWhole)}>${isWhole ? "less" : "more"}</button>`}</span>`;
}

/** What goes with the words: phase or kind, other outcomes it serves. @param {{node: Node}} props */
function Asides({ node }) {
  return html`${node.type === "capability" && node.item.phase && html`<span class="aside">${node.item.phase === "1" ? "Phase 1" : "Later"}</span>`}
    ${node.type === "metric" && html`<span class="aside">${node.item.kind}</span>`}
    ${node.also.map((id) => html`${" "}<span class="chip" key=${id}>also ${id}</span>`)}`;
}

/** A person's hand, what is on its way, the id, the quotes. @param {{node: Node}} props */
function Marks({ node }) {
  const { item } = node;
  const n = item.evidence.length;
  const lockedByHand = item.locked.some((f) => f !== "state" && f !== "kept");
  const whose = item.found_by === "person" ? "Added by you: nothing will change it" : "Yours: nothing will change it";
  return html`${isWaiting(item.id) && html`<span class="id">waiting</span>`}
    ${lockedByHand && html`<span class="id yours" title=${whose}><${Icon} name="typed" label=${whose} /></span>`}
    <span class="id">${item.id}</span><button type="button" class="cite" tabindex="-1" aria-label=${`${n} ${n === 1 ? "quote" : "quotes"}`}
    title="Show the quotes" onClick=${() => toggleQuotes(item.id)}><span aria-hidden="true">❝</span>${n}</button>`;
}

/** @param {{item: Api.Item}} props */
function Menu({ item }) {
  return html`<${Popover} className="button quiet icon-only row-menu" label=${`Decide about ${item.id}`} title="Decide" panelClass="menu" attrs=${{ tabindex: -1 }} keys=${rowKeys(item.id)} button=${html`<${Icon} name="more" />`}>
    ${(/** @type {() => void} */ close) => {
      const act = (/** @type {(id: string) => void} */ what) => () => { close(); what(item.id); };
      return html`
        <button type="button" class="button" onClick=${act(confirm)}>Confirm <kbd>C</kbd></button>
        <button type="button" class="button" onClick=${act((id) => edit(id))}>Edit <kbd>E</kbd></button>
        <button type="button" class="button" onClick=${act(reject)}>Reject <kbd>R</kbd></button>
        <button type="button" class="button" onClick=${act(toggleQuotes)}>Show quote</button>`;
    }}
  <//>`;
}

/** "6 weeks → 4 weeks · Priya · monthly", or "Maya · Thursday", with a dashed place for each that is missing. @param {{node: Node}} props */
function Figures({ node }) {
  const figures = /** @type {Record<string, any>} */ (node.item);
  const gap = (/** @type {string} */ field) => node.gaps.find((g) => g.field === field);
  const part = (/** @type {string} */ field) => {
    const missing = gap(field);
    if (missing) return html`<${GapChip} key=${field} gap=${missing} />`;
    const typed = node.item.locked.includes(field);
    return html`<span class=${`figure ${field}`} key=${field} dir="auto">${figures[field]}${typed && html` <${Icon} name="typed" label="Typed" />`}</span>`;
  };
  return html`<p class="chips figures">${(FIGURES[node.type] ?? []).map((field) => html`${field === "target" && html`<span class="arrow" role="img" aria-label="to">→</span>`}${part(field)}`)}</p>`;
}

/** A named hole; a click opens the field that fills it. @param {{gap: import("../value_map.js").Gap}} props */
function GapChip({ gap }) {
  return html`<button type="button" class="gap" tabindex="-1" aria-label=${`${gap.item.id} has ${gap.words}. Fill in`} onClick=${() => edit(gap.item.id, [gap.field], gap)}>${gap.words}</button>`;
}

/** @param {Api.Item} item @returns {Api.EarlierValue[]} */
const earlierValues = (item) => ("earlier" in item ? item.earlier : []);

/** The figures that others took the place of, each with the moment it was said. @param {{field: string, values: Api.EarlierValue[]}} props */
function Former({ field, values }) {
  if (!values.length) return null;
  return html`<p class="former">Earlier ${field}: ${values.map((v, n) => html`${n > 0 && ", "}<s dir="auto" key=${v.value}>${v.value}</s> ${v.utterance == null ? "typed" : html`<${Moment} i=${v.utterance} />`}`)}</p>`;
}

/** What was heard for a field that a person has settled otherwise. @param {{item: Api.Item, heard: Api.Alternative}} props */
function AlsoHeard({ item, heard }) {
  return html`<p class="also-heard">Also heard: <span dir="auto">${heard.value}</span>${heard.field !== "text" && html` <span class="muted">(${heard.field})</span>`}
    <button type="button" class="button link" onClick=${() => decide(item.id, "edit", { [heard.field]: heard.value })}>Take it</button></p>`;
}

/** What was just set aside, in its place. @param {{item: Api.Item, level: number, isActive: boolean}} props */
function UndoRow({ item, level, isActive }) {
  return html`<div class="row undo" role="treeitem" aria-level=${level} aria-label=${`${item.text}. Set aside by you. Enter takes it back`} data-item=${item.id} tabindex=${isActive ? 0 : -1}>
    <div class="row-line"><span class="row-text muted">Set aside: <s dir="auto">${item.text}</s></span>
    <button type="button" class="button link" onClick=${() => restore(item.id)}>Undo</button></div></div>`;
}
