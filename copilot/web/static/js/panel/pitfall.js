/** The slot under the question: a pitfall, else what was heard last, else nothing. */
import { judgePitfall } from "../decisions.js";
import { clock } from "../format.js";
import { useHeldFocus } from "../held_focus.js";
import { effect, html, signal, useState } from "../html.js";
import { Icon } from "../icons.js";
import { acknowledge, earlier, expire, notice } from "../notices.js";
import { pitfallRule } from "../playbook.js";
import { Popover } from "../popover.js";
import { known, language, lastCapture, now, playbook, state } from "../store.js";
import { announce, showUtterance } from "../ui.js";
import { Quotes } from "./quote.js";

const attended = signal(false);
effect(() => expire(now.value, attended.value));

const find = (/** @type {string} */ id) => state.value?.pitfalls.find((p) => p.id === id);

/** Seen: put away. */
export function closeNotice() {
  if (!notice.value) return;
  if (!notice.value.words) judgePitfall(notice.value.id, "dismiss");
  notice.value = null;
}

/** Wrong: it counts nowhere. */
export function refuteNotice() {
  if (!notice.value || notice.value.words) return;
  judgePitfall(notice.value.id, "wrong");
  acknowledge("Noted. It will not count.");
}

export function NoticeSlot() {
  const shown = notice.value;
  const pitfall = shown && find(shown.id);
  const words = shown?.words;
  const attend = (/** @type {boolean} */ on) => () => { attended.value = on; };
  const focus = useHeldFocus((section) => section.focus());
  const onFocusIn = () => { focus.onFocusIn(); attended.value = true; };
  const onFocusOut = (/** @type {FocusEvent} */ event) => { focus.onFocusOut(event); attended.value = false; };
  return html`<section class=${`notice ${pitfall && !words ? "pitfall" : ""}`} aria-label="Notice" tabindex="-1" ref=${focus.ref}
      onPointerEnter=${attend(true)} onPointerLeave=${attend(false)} onFocusIn=${onFocusIn} onFocusOut=${onFocusOut}>
    <div class="notice-live" role="status" aria-live=${announce.value.notices ? "polite" : "off"}>
      ${pitfall ? (words ? html`<p class="muted">${words}</p>` : html`<${Notice} pitfall=${pitfall} />`) : html`<${Capture} />`}
    </div>
    ${pitfall && !words && html`<button type="button" class="button" onClick=${refuteNotice}>Wrong</button>
      <button type="button" class="button quiet icon-only" aria-label="Close" title="Close (X)" onClick=${closeNotice}><${Icon} name="close" /></button>`}
  </section>`;
}

/** @param {{pitfall: Api.Pitfall}} props */
function Notice({ pitfall }) {
  const { title } = pitfallRule(pitfall.kind);
  const words = html`<span class="notice-title"><${Icon} name="pitfall" />${title}</span><span class="notice-fact">${pitfall.fact ?? ""}</span>`;
  return html`<${Popover} className="notice-button" label=${`${title}: ${pitfall.fact ?? ""}. Open`} button=${words}><${PitfallDetail} pitfall=${pitfall} /><//>`;
}

/** What happened, when, and what to do instead; `plain` where title and fact stand above. @param {{pitfall: Api.Pitfall, plain?: boolean}} props */
export function PitfallDetail({ pitfall, plain = false }) {
  const rule = pitfallRule(pitfall.kind);
  return html`<div class="pitfall-detail">${!plain && html`<h2><${Icon} name="pitfall" /> ${rule.title}</h2>`}
    ${!plain && pitfall.fact && html`<p>${pitfall.fact}</p>`}
    ${rule.what && html`<p class="muted">${rule.what}</p>`}
    ${rule.instead && html`<p><b>Instead:</b> ${rule.instead}</p>`}
    <${Quotes} evidence=${pitfall.evidence} /></div>`;
}

/** "Heard: ‘six weeks’ → M1" */
function Capture() {
  const item = lastCapture.value?.item;
  const last = item?.evidence.at(-1);
  if (!item || !last) return null;
  return html`<button type="button" class="capture" onClick=${() => showUtterance(last.utterance)}>Heard: <span class="capture-words" dir="auto" lang=${language.value}>‘${last.quote}’</span> → ${item.id}</button>`;
}

/** `▲ n`: notices that have had their time. */
export function Earlier() {
  const list = earlier(state.value, playbook.value?.pitfalls);
  if (!list.length) return null;
  return html`<${Popover} className="notice-count" label=${`${list.length} earlier notices`} button=${html`<${Icon} name="pitfall" />${list.length}`}>
    <${EarlierItems} list=${list} /><//>`;
}

/** @param {{list: Api.Pitfall[]}} props */
function EarlierItems({ list }) {
  return html`<h2>Earlier notices</h2><ul class="earlier-list">${list.toReversed().map((p) => html`<${EarlierItem} key=${p.id} pitfall=${p} />`)}</ul>`;
}

/** What it is about is drawn once it is unfolded. @param {{pitfall: Api.Pitfall}} props */
function EarlierItem({ pitfall }) {
  const [open, setOpen] = useState(false);
  return html`<li><details onToggle=${(/** @type {{currentTarget: HTMLDetailsElement}} */ event) => setOpen(event.currentTarget.open)}>
    <summary><span class="earlier-words"><b>${pitfallRule(pitfall.kind).title}</b><span class="caption">${clock(known().utterances[pitfall.utterances[0]]?.start_s)}</span>
      <span class="earlier-fact">${pitfall.fact ?? ""}</span></span></summary>
    ${open && html`<${PitfallDetail} pitfall=${pitfall} plain=${true} />
      <button type="button" class="button" onClick=${() => judgePitfall(pitfall.id, "wrong")}>Wrong</button>
      <button type="button" class="button quiet" onClick=${() => judgePitfall(pitfall.id, "dismiss")}>Put away</button>`}</details></li>`;
}

/** Earlier notices for the column that has room. */
export function EarlierList() {
  const list = earlier(state.value, playbook.value?.pitfalls);
  return html`<section class="aside-list" aria-label="Earlier notices">${list.length ? html`<${EarlierItems} list=${list} />` : html`<h2>Earlier notices</h2><p class="muted">None so far.</p>`}</section>`;
}
