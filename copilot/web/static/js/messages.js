/** What comes over the socket, into the store. */
import { answered, resend } from "./decisions.js";
import { fold } from "./fold.js";
import { batch } from "./html.js";
import { heard as pitfallHeard, recheck } from "./notices.js";
import * as store from "./store.js";

/** What came since the last frame. @type {Api.Message[]} */
let come = [];

/**
 * Whatever comes between two frames is taken, and drawn, at once. A page that nobody sees has no frames.
 * @param {Api.Message} message
 */
export function receive(message) {
  come.push(message);
  if (document.hidden) takeAll();
  else if (come.length === 1) requestAnimationFrame(takeAll);
}

document.addEventListener("visibilitychange", () => {
  if (document.hidden) takeAll();
});

function takeAll() {
  const messages = come;
  come = [];
  if (!messages.length) return;
  batch(() => {
    store.heardAt.value = Date.now();
    messages.forEach(takeIn);
  });
}

/** @param {Api.Message} message */
function takeIn(message) {
  switch (message.type) {
    case "snapshot":
      return replaceAll(message);
    case "event":
      return take(message);
    case "partial":
      return hearPartial(message);
    case "status":
      return hearStatus(message);
    case "done":
    case "error":
      return answered(message);
    default:
      return undefined;
  }
}

/** @param {import("./store.js").Phase} phase @param {string} words */
export function changePhase(phase, words) {
  const before = store.connection.value;
  // A try that fails at once is the same break going on.
  const since = before.phase === phase ? before.since : Date.now();
  store.connection.value = { phase, since, words };
  if (phase === "open") resend();
}

/** @param {Api.Snapshot} message */
function replaceAll(message) {
  store.state.value = message.state;
  store.seq.value = message.seq;
  store.partials.value = new Map();
  store.lastClosed.value = null;
  recheck(message.state);
}

/** @param {Api.EventMessage} message */
function take(message) {
  if (!store.state.value || message.seq <= store.seq.value) return;
  const event = message.event;
  store.state.value = fold(store.state.value, event);
  store.seq.value = message.seq;
  if (event.type === "utterance") {
    store.utteranceAt.value = Date.now();
    dropPartial(event.utterance);
  } else if (event.type === "question_closed") {
    store.lastClosed.value = { question: event.question, by: event.by, at: Date.now() };
  } else if (event.type === "pitfall") {
    pitfallHeard(event, store.state.value);
  } else if (event.type === "speakers") {
    store.reworkingSince.value = Date.now();
  } else if (isCapture(event)) {
    store.lastCapture.value = { item: event.item, at: Date.now() };
  }
}

/** Whether something was heard for the map. @param {Api.Event} event @returns {event is Api.OutcomeNoted|Api.CapabilityNoted|Api.MetricNoted} */
function isCapture(event) {
  const isOfMap = event.type === "outcome" || event.type === "capability" || event.type === "metric";
  return isOfMap && event.by !== "person" && event.change !== "withdrawn";
}

/** @param {Api.Status} status */
function hearStatus(status) {
  if (status.listening) store.deafSince.value = null;
  else if (store.status.value?.listening) store.deafSince.value = Date.now();
  store.status.value = status;
}

/** @param {Api.Partial} partial */
function hearPartial(partial) {
  const known = store.partials.value.get(partial.utterance);
  if (known && known.rev > partial.rev) return;
  store.partials.value = new Map(store.partials.value).set(partial.utterance, { ...partial, since: known?.since ?? Date.now() });
}

/** @param {string|null} id */
function dropPartial(id) {
  if (id === null || !store.partials.value.has(id)) return;
  const left = new Map(store.partials.value);
  left.delete(id);
  store.partials.value = left;
}
