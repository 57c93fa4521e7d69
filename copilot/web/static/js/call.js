/** The call's page: the live panel, which turns into the review once the call is over. */
import { CaptureBar } from "./capture/bar.js";
import { link } from "./capture/state.js";
import { sendThrough } from "./decisions.js";
import { draw, effect, html } from "./html.js";
import { listen } from "./keys.js";
import { changePhase, receive } from "./messages.js";
import { loadPlaybook } from "./playbook.js";
import { PanelSocket } from "./socket.js";
import { now, page, reviewed, reworkingSince, seq, state, utterance } from "./store.js";
import { behindOpen, drawerOpen, hidden, keyListOpen, mapOpen, marking, ownWindow, showUtterance } from "./ui.js";
import { Toasts } from "./toasts.js";
import { AddDialog } from "./panel/add_form.js";
import { add, placeIn, pointedAt, pointing } from "./panel/adding.js";
import { Hidden } from "./panel/hidden.js";
import { KeyList } from "./panel/key_list.js";
import { active, focusRow } from "./panel/map_actions.js";
import { bringBack, openOwnWindow } from "./panel/own_window.js";
import { FixedPart, Panel } from "./panel/panel.js";
import { closeNotice, refuteNotice } from "./panel/pitfall.js";
import { judge } from "./panel/question.js";
import { current } from "./panel/status.js";
import { Handle } from "./panel/transcript.js";
import { tree } from "./panel/value_map.js";
import { Review } from "./review/review.js";
import { PLAYER_KEYS } from "./sound/player.js";
import { canPlay } from "./sound/sound.js";

const REWORKED_MS = 4000;

const socket = new PanelSocket(page.call_id ?? "", { after: () => seq.value, onMessage: receive, onPhase: changePhase });
sendThrough(socket);
const onRetry = () => socket.retry();
const onOwnWindow = () => void openOwnWindow(OwnWindow, (target) => listen(target, () => ({ ...LIVE_KEYS, ...KEYS })));
/** Where the sound gets through again, so do the words. */
effect(() => { if (link.value?.phase === "open") socket.retry(); });
const actions = { onRetry, onOwnWindow };

const LIVE_KEYS = {
  a: () => judge("asked"),
  d: () => judge("dismiss"),
  p: () => judge("pin"),
  n: () => { behindOpen.value = !behindOpen.value; },
  x: closeNotice,
  w: refuteNotice,
  m: toMap,
  b: () => { marking.value = true; },
  t: () => { drawerOpen.value = !drawerOpen.value; },
  o: onOwnWindow,
};
const KEYS = {
  h: () => { hidden.value = !hidden.value; },
  "?": () => { keyListOpen.value = true; },
  Escape: escape,
};

const keysNow = () => ({ ...(reviewed.value ? (canPlay.value ? PLAYER_KEYS : {}) : LIVE_KEYS), ...KEYS, i: addHere });

/** What was missed, at the utterance that has the focus, where one has. */
function addHere() {
  const row = /** @type {HTMLElement|null|undefined} */ (document.activeElement?.closest(".utterance[data-i]"));
  const said = row && utterance(Number(row.dataset.i));
  if (!pointing.value) add(said ? { place: placeIn(said) } : {});
}

function toMap() {
  mapOpen.value = true;
  const first = tree.value?.outcomes[0] ?? tree.value?.loose[0];
  const id = active.value || first?.item.id;
  if (id) focusRow(id);
}

function escape() {
  if (hidden.value) hidden.value = false;
  else if (pointing.value) pointedAt(null);
  else if (drawerOpen.value) {
    drawerOpen.value = false;
    /** @type {HTMLElement|null} */ (document.querySelector(".handle"))?.focus();
  } else mapOpen.value = false;
}

/** The name of the account in the page's title, with the state before it. */
effect(() => {
  const name = state.value?.call?.title ?? page.call_id ?? "Call";
  document.title = hidden.value ? "Copilot" : `${current.value.words} · ${name} · Copilot`;
});

/** What was swapped has been worked out again once the events about it have stopped. */
effect(() => {
  if (reworkingSince.value && now.value - reworkingSince.value > REWORKED_MS) reworkingSince.value = null;
});

window.setInterval(() => { now.value = Date.now(); }, 1000);

let playbookFor = "";
effect(() => {
  const kind = state.value?.call?.kind ?? page.kind ?? "other";
  if (kind === playbookFor) return;
  playbookFor = kind;
  void loadPlaybook(kind);
});

function App() {
  document.body.classList.toggle("is-live", !reviewed.value);
  document.body.classList.toggle("is-review", reviewed.value);
  return html`${reviewed.value ? html`<${Review} ...${actions} />` : html`<${Panel} ...${actions} />`}
    <${AddDialog} /><${KeyList} /><${Toasts} /><${Hidden} />`;
}

function OwnWindow() {
  return html`<${FixedPart} ...${actions} /><${CaptureBar} /><${Handle} own=${true} /><${KeyList} own=${true} /><${Toasts} /><${Hidden} />`;
}

/** A call that is over has no window of its own: its page is the review. */
effect(() => { if (reviewed.value && ownWindow.value) bringBack(); });

listen(document, keysNow);
draw(App);

const opensAt = new URLSearchParams(location.search).get("u");
if (opensAt !== null) {
  const stop = effect(() => {
    if (!state.value) return;
    showUtterance(Number(opensAt), { play: false });
    queueMicrotask(() => stop());
  });
}
