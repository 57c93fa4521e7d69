/** The transcript: what was said, by whom, about what. It follows the talk until somebody scrolls. */
import { changeSpeakers } from "../decisions.js";
import { clock, count, ending } from "../format.js";
import { computed, html, useEffect, useLayoutEffect, useRef, useState } from "../html.js";
import { Icon } from "../icons.js";
import { Popover } from "../popover.js";
import { canPlay, followed, playing, playingNow } from "../sound/sound.js";
import { known, language, partials, state } from "../store.js";
import { toast } from "../toasts.js";
import { unheardWords } from "../unheard.js";
import { announce, drawerOpen, isNarrow, showUtterance, wanted } from "../ui.js";
import { AddHere, Pointing } from "./add_here.js";
import { placeIn, pointedAt, pointing } from "./adding.js";
import { goAlong, scrolledTo } from "./going_along.js";
import { MarkButton, NotesAt, momentsByPlace } from "./moments.js";
import { Passage, inPassages } from "./passage.js";
import { speakerName } from "./quote.js";
import { StageCode } from "./stage_code.js";

const NEAR_PX = 48;
const MOST_PLACED = 400; // in one decision
const running = computed(() => [...partials.value.values()]);

/** @param {{live: boolean}} props */
export function Transcript({ live }) {
  const [query, setQuery] = useState("");
  const list = useRef(/** @type {HTMLDivElement|null} */ (null));
  const [following, setFollowing] = useState(live);
  const [seen, setSeen] = useState(0);
  const utterances = state.value?.utterances ?? [];
  const shown = query ? utterances.filter((u) => `${u.speaker ?? ""} ${u.text}`.toLowerCase().includes(query.toLowerCase())) : utterances;
  const noted = momentsByPlace.value;
  const missed = query ? new Map() : missedByPlace();
  const isFollowing = live && following && !query;
  const passages = inPassages(shown);
  const rowsAt = (/** @type {Api.Said} */ u) => {
    const notes = noted.get(u.i);
    return [
      ...(missed.get(u.i) ?? []).map(UnheardRow),
      html`<${Row} key=${u.i} u=${u} marked=${wanted.value?.i === u.i && !playing.value} sounds=${!live && playingNow.value === u.i} />`,
      notes && html`<${NotesAt} key=${`noted-${u.i}`} moments=${notes} />`,
    ];
  };
  const toEnd = () => list.current && list.current.scrollTo({ top: list.current.scrollHeight });

  useLayoutEffect(() => {
    if (isFollowing) {
      toEnd();
      setSeen(utterances.length);
    }
  }, [utterances.length, running.value, isFollowing]);
  useEffect(() => {
    if (!wanted.value || wanted.value.done) return;
    setFollowing(false);
    if (query) setQuery("");
    else bringIntoView(list.current, wanted.value);
  }, [wanted.value, query]);
  useEffect(() => goAlong(list.current, live || query || !playing.value || !followed.value ? null : playingNow.value), [playingNow.value, playing.value, followed.value]);

  const onScroll = () => {
    const box = list.current;
    if (!box || !live) return;
    setFollowing(box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_PX);
  };
  return html`<section class=${`transcript ${pointing.value ? "pointed-at" : ""}`} aria-label="Transcript">
    ${pointing.value && html`<${Pointing} />`}
    <div class="transcript-head">
      <h2>Transcript</h2>
      <label class="search"><span class="visually-hidden">Search the transcript</span><${Icon} name="search" />
        <input type="search" placeholder="Search" value=${query} onInput=${(/** @type {{currentTarget: HTMLInputElement}} */ e) => setQuery(e.currentTarget.value)} /></label>
      ${query && html`<span class="caption">${shown.length} of ${utterances.length}</span>`}
      ${live && !isNarrow.value && html`<${MarkButton} />`}
    </div>
    <div class="utterances" role="log" aria-live=${announce.value.transcript && live ? "polite" : "off"} tabindex="0" aria-label="What was said" ref=${list} onScroll=${onScroll}>
      ${!utterances.length && !running.value.length && html`<p class="nothing">${live ? "What is said appears here." : "Nothing was said, or nothing that could be understood."}</p>`}
      ${passages.map((said, n) => html`<${Passage} key=${`${n} ${query}`} list=${list} said=${said} after=${passages.length - 1 - n} always=${!live}
        wanted=${said.some((u) => u.i === wanted.value?.i)} rows=${() => said.map(rowsAt)} />`)}
      ${missed.get(null)?.map(UnheardRow)}
      ${live && !query && running.value.map((p) => html`<${PartialRow} key=${p.utterance} partial=${p} />`)}
    </div>
    ${live && !following && !query && html`<button type="button" class="button back-to-live" onClick=${() => { setFollowing(true); toEnd(); }}>
      Back to live ↓ ${utterances.length > seen ? utterances.length - seen : ""}</button>`}
  </section>`;
}

/** @param {HTMLElement|null} list @param {import("../ui.js").Wanted} target */
function bringIntoView(list, target) {
  const row = list?.querySelector(`[data-i="${target.i}"]`);
  if (!list || !row) return;
  target.done = true;
  const offset = row.getBoundingClientRect().top - list.getBoundingClientRect().top;
  if (list.scrollHeight > list.clientHeight) list.scrollTo({ top: list.scrollTop + offset - list.clientHeight / 3 });
  else row.scrollIntoView({ block: "center" });
  scrolledTo(list);
}

/** @param {{u: Api.Said, marked: boolean, sounds: boolean}} props */
function Row({ u, marked, sounds }) {
  return html`<article class=${`utterance ${u.role} ${marked ? "marked" : ""} ${sounds ? "playing" : ""}`} data-i=${u.i} id=${`u${u.i}`} aria-current=${sounds ? "true" : undefined}
      onClick=${pointing.value ? () => pointedAt(placeIn(u)) : undefined}>
    <div class="utterance-head"><${Speaker} u=${u} /><${When} u=${u} /><${StageCode} id=${u.stage} /><${AddHere} u=${u} /></div>
    <p dir="auto" lang=${language.value}>${u.text}</p>
  </article>`;
}

/** When it was said; plays it, where there is sound. @param {{u: Api.Said}} props */
function When({ u }) {
  if (u.start_s == null) return html`<span class="caption">#${u.i + 1}</span>`;
  if (!canPlay.value) return html`<span class="caption">${clock(u.start_s)}</span>`;
  return html`<button type="button" class="play-from" aria-label=${`Play from ${clock(u.start_s)}`} onClick=${() => showUtterance(u.i)}>${clock(u.start_s)}</button>`;
}

/** @param {{partial: Api.Partial}} props */
function PartialRow({ partial }) {
  return html`<article class=${`utterance partial ${partial.role}`} aria-live="off"><div class="utterance-head"><span dir="auto">${speakerName(partial)}</span></div>
    <p dir="auto" lang=${language.value}>${partialText(partial)}</p></article>`;
}

const partialText = (/** @type {Api.Partial} */ { stable, tentative }) => `${[stable, tentative].filter(Boolean).join(" ").replace(/[\s.…]+$/, "")}…`;

/** A speaker's name opens name and role. @param {{u: Api.Said}} props */
function Speaker({ u }) {
  return html`<${Popover} className="speaker" label=${`${speakerName(u)}: name and role`} button=${html`<span dir="auto">${speakerName(u)}</span>`}>
    ${(/** @type {() => void} */ close) => html`<${SpeakerForm} u=${u} close=${close} />`}<//>`;
}

const ROLES = [["rep", "You or your side"], ["customer", "Customer"], ["unknown", "Unknown"]];

/** @param {{u: Api.Said, close: () => void}} props */
function SpeakerForm({ u, close }) {
  const submit = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const data = new FormData(/** @type {HTMLFormElement} */ (event.target));
    const typed = String(data.get("name") ?? "").trim();
    const name = typed && typed !== u.speaker ? typed : undefined;
    const role = data.get("role") === u.role ? undefined : /** @type {Api.Role} */ (data.get("role"));
    close();
    if (data.get("scope") && data.get("scope") !== "all") {
      if (role) placeUtterances(data.get("scope") === "on" ? unplacedFrom(u) : [u], role);
      return;
    }
    if (!name && !role) return;
    changeSpeakers({ speaker: u.speaker, name, role });
    const back = { speaker: name ?? u.speaker, name: u.speaker, role: u.role };
    toast("Changed. Working it out again.", u.speaker ? () => changeSpeakers(back) : undefined);
  };
  const unclear = known().utterances.some((other) => other.speaker === null && other.role === "unknown");
  return html`<form class="speaker-form" onSubmit=${submit}>
    ${(u.speaker !== null || !unclear) && html`<label>Name<input type="text" name="name" defaultValue=${u.speaker ?? ""} autocomplete="off" maxlength="200" /></label>`}
    ${u.speaker === null && html`<${Scope} u=${u} unclear=${unclear} />`}
    <fieldset><legend class="visually-hidden">Role</legend>${ROLES.map(([role, words]) => html`<label class="check" key=${role}>
      <input type="radio" name="role" value=${role} defaultChecked=${u.role === role} /> ${words}</label>`)}</fieldset>
    <div class="form-buttons"><button type="submit" class="button">Save</button><button type="button" class="button quiet" onClick=${close}>Cancel</button></div>
  </form>`;
}

/** Nobody is named: one name could be several people, so it is asked how far the side holds. @param {{u: Api.Said, unclear: boolean}} props */
function Scope({ u, unclear }) {
  const all = known().utterances.filter((other) => other.speaker === null).length;
  return html`<label>Set the side of<select name="scope"><option value="one" selected=${unclear}>these words alone</option>
    <option value="on">these and ${count(unplacedFrom(u).length - 1, "utterance")} after, up to the next that is known</option>
    <option value="all" selected=${!unclear}>everything that nobody is named for (${all})</option></select></label>`;
}

/** This utterance, and those after it of which the same is known. @param {Api.Said} u */
function unplacedFrom(u) {
  const after = known().utterances.slice(u.i + 1);
  const end = after.findIndex((other) => other.role !== u.role || other.speaker !== null);
  return [u, ...after.slice(0, end < 0 ? undefined : end)].slice(0, MOST_PLACED);
}

/** @param {Api.Said[]} placed @param {Api.Role} role */
function placeUtterances(placed, role) {
  const utterances = placed.map((u) => u.id);
  const before = placed[0].role;
  changeSpeakers({ utterances, role });
  toast("Changed. Working it out again.", () => changeSpeakers({ utterances, role: before }));
}

/** What was not heard, by the utterance that it stands before; null: after the last. */
function missedByPlace() {
  /** @type {Map<number|null, Api.Unheard[]>} */
  const places = new Map();
  for (const stretch of state.value?.unheard ?? []) {
    const place = state.value?.utterances.find((u) => u.start_s != null && u.start_s >= stretch.start_s)?.i ?? null;
    places.set(place, [...(places.get(place) ?? []), stretch]);
  }
  return places;
}

/** @param {Api.Unheard} stretch */
function UnheardRow(stretch) {
  return html`<p class=${`unheard-row ${stretch.reason}`} key=${stretch.id}>${unheardWords(stretch)} <span class="caption">from ${clock(stretch.start_s)}</span></p>`;
}

/** The drawer's handle: the running partial, or the last words. @param {{own?: boolean}} props `own`: it is in the window of its own, without a drawer */
export function Handle({ own = false }) {
  const partial = running.value.at(-1);
  const last = state.value?.utterances.at(-1);
  const who = partial ? speakerName(partial) : last ? speakerName(last) : "";
  const words = partial ? partialText(partial) : last?.text ?? "Transcript";
  const line = html`${who && html`<span class="who" dir="auto">${who}:</span>`}
    <span class=${`handle-words ${partial ? "partial" : ""}`} dir="auto">${ending(words, 42)}</span>`;
  if (own) return html`<div class="foot"><p class="handle">${line}</p><${MarkButton} own=${true} /></div>`;
  return html`<div class="foot"><button type="button" class="handle" aria-expanded=${drawerOpen.value} aria-controls="drawer" aria-label="Transcript" title="Transcript (T)"
      onClick=${() => { drawerOpen.value = !drawerOpen.value; }}>
    <span aria-hidden="true">${drawerOpen.value ? "▾" : "▴"}</span>
    ${line}
  </button><${MarkButton} /></div>`;
}
