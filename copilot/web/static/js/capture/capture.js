/** The call is heard by this page: the frames of its channels, and the way to the server. */
import { clock } from "../format.js";
import { batch } from "../html.js";
import { toastProblem } from "../toasts.js";
import { beginFrames, listen, obey, stop, upToNow, useMeeting, useMicrophone } from "./channels.js";
import { FRAME_S } from "./framing.js";
import { Kept } from "./kept.js";
import { forget, recall, remember } from "./remembered.js";
import { Sender, ingestUrl } from "./sender.js";
import * as here from "./state.js";
import { lostWords, rounded, unheard } from "./stretches.js";

const MOVES = 0.01; // of full scale: louder than a quiet room
const GOOD_NEWS_MS = 4000;
const BAD_NEWS_MS = 15000;
/** @type {Api.Role[]} */
const SIDES = ["rep", "customer"];

/**
 * @typedef {import("./sender.js").Unheard} Unheard
 * @typedef {import("./sender.js").Phase} Phase
 * @typedef {import("./remembered.js").Begun} Begun
 * @typedef {import("./framing.js").Frame} Frame
 */

/** @type {Sender|null} */
let sender = null;
let kept = new Kept();
/** The number at which a break is caught up with, or null. */
let behindTo = /** @type {number|null} */ (null);
/** @type {Unheard|null} what is off the record, while it lasts */
let offRecord = null;
/** @type {(Unheard|null)[]} what is unheard of one channel, while it lasts */
const gaps = [null, null];

// ── frames ──

const seconds = () => kept.next * FRAME_S;

/** How far the call is, in seconds, once the frames up to now have come. */
async function nowInCall() {
  await upToNow();
  return rounded(seconds());
}

/** @param {Frame} frame */
function onFrame({ samples, peaks }) {
  batch(() => {
    here.levels.value = peaks;
    peaks.forEach((peak, c) => {
      if (peak < MOVES) return;
      here.soundAt[c] = Date.now();
      if (!here.moved.value[c]) here.moved.value = here.moved.value.with(c, true);
    });
    sender?.add(samples);
    tellHowFarBehind();
  });
}

/** Nothing was captured for a while: silence takes its place, so that what follows keeps its time. @param {number} ms */
function onGap(ms) {
  if (sender) skip(ms / 1000);
}

/** @param {number} missing_s */
function skip(missing_s) {
  const from_s = seconds();
  for (let n = Math.round(missing_s / FRAME_S); n > 0; n -= 1) kept.add(null);
  tellLost(from_s, seconds());
}

/** @param {number} start_s @param {number} end_s */
function tellLost(start_s, end_s) {
  sender?.miss(unheard("lost", null, start_s, end_s));
  here.news.value = { words: lostWords(here.begunAt.value, start_s, end_s), bad: true, until: Date.now() + BAD_NEWS_MS };
}

function tellHowFarBehind() {
  if (here.ending.value) behindTo ??= kept.next;
  if (behindTo === null) return;
  if (kept.first < behindTo) {
    here.behindS.value = (kept.next - kept.first) * FRAME_S;
    return;
  }
  behindTo = null;
  here.behindS.value = null;
  if (!here.news.value?.bad) here.news.value = { words: "Caught up, nothing lost", bad: false, until: Date.now() + GOOD_NEWS_MS };
}

// ── channels that come and go ──

/** @param {number} channel */
async function onLive(channel) {
  const at_s = await nowInCall();
  const gap = gaps[channel];
  gaps[channel] = null;
  if (gap) sender?.miss({ ...gap, end_s: at_s });
}

/** @param {number} channel */
async function onLost(channel) {
  if (!sender) return;
  const gap = unheard("no_sound", here.alone.value ? null : SIDES[channel], await nowInCall(), null);
  gaps[channel] = gap;
  sender.miss(gap);
}

listen({ onFrame, onGap, onLost: (channel) => void onLost(channel), onLive: (channel) => void onLive(channel) });

// ── the call ──

/** Begin a call; resolves once the server has it, and throws what it says where it does not take it. @param {string} id @param {object} call */
export function begin(id, call) {
  here.begunAt.value = Date.now();
  return connect(id, { call, alone: here.alone.value, begunAt: here.begunAt.value });
}

/** Go on with a call after the page was reloaded. @param {string} id */
export async function goOn(id) {
  const begun = recall(id);
  if (!begun) throw new Error("This browser does not know the call.");
  here.alone.value = begun.alone;
  if (!(await useMicrophone())) throw new Error(here.microphone.value.words);
  if (!begun.alone && !(await useMeeting())) throw new Error(here.meeting.value.words);
  here.begunAt.value = begun.begunAt;
  await connect(id, begun);
}

/** @param {string} id @param {Begun} begun @returns {Promise<void>} */
function connect(id, begun) {
  /** @type {Api.Role[]} */
  const channels = begun.alone ? ["unknown"] : ["rep", "customer"];
  kept = new Kept();
  beginFrames(channels.length);
  here.soundAt.fill(Date.now());
  return new Promise((resolve, reject) => {
    const made = new Sender({
      url: ingestUrl(id),
      start: { type: "start", protocol: 1, call: begun.call, audio: { encoding: "pcm_s16le", sample_rate_hz: 16000, channels } },
      channels: channels.length,
      kept,
      onSafe: tellHowFarBehind,
      onReady: (again) => (again ? returned() : arrived(id, begun, resolve)),
      onPhase: (phase, words) => (here.link.value ? changed(id, phase, words) : refused(made, phase, words, reject)),
    });
    sender = made;
  });
}

/** The server has the call. What an earlier page did not capture of it is marked. @param {string} id @param {Begun} begun @param {() => void} resolve */
function arrived(id, begun, resolve) {
  remember(id, begun);
  here.link.value = { phase: "open", words: "", since: Date.now() };
  window.addEventListener("beforeunload", askFirst);
  const missing_s = (Date.now() - here.begunAt.value) / 1000 - seconds();
  if (missing_s > 1) skip(missing_s);
  resolve();
}

/** A call that never began is not tried again by itself. @param {Sender} made @param {Phase} phase @param {string} words @param {(error: Error) => void} reject */
function refused(made, phase, words, reject) {
  sender = null;
  if (phase === "down") made.finish("refused", words);
  reject(new Error(words || "The server cannot be reached. Nothing was sent; try again."));
}

function returned() {
  behindTo = kept.next;
  for (const { from, to } of kept.takeLost()) tellLost(from * FRAME_S, to * FRAME_S);
}

/** @param {string} id @param {Phase} phase @param {string} words */
function changed(id, phase, words) {
  const before = here.link.value;
  const since = before?.phase === phase ? before.since : Date.now();
  here.link.value = { phase, words, since };
  if (phase !== "over" && phase !== "refused") return;
  window.removeEventListener("beforeunload", askFirst);
  if (phase === "over") forget(id);
  if (phase === "over" && words) toastProblem(`The call had ended meanwhile. ${clock((kept.next - kept.first) * FRAME_S)} of its sound came too late.`);
  sender = null;
  void stop();
}

/** @param {BeforeUnloadEvent} event */
function askFirst(event) {
  event.preventDefault();
}

// ── what the rep decides ──

/** @param {number} channel */
export function toggleMute(channel) {
  here.muted.value = here.muted.value.with(channel, !here.muted.value[channel]);
  here.soundAt[channel] = Date.now();
  obey();
}

/** Off the record: the tracks are switched off, so that no sound reaches this page; silence keeps the call's time. */
export async function pause() {
  here.paused.value = true;
  obey();
  offRecord = unheard("off_record", null, await nowInCall(), null);
  sender?.miss(offRecord);
}

export async function resume() {
  here.paused.value = false;
  obey();
  endPause(await nowInCall());
}

/** @param {number} end_s */
function endPause(end_s) {
  if (offRecord) sender?.miss({ ...offRecord, end_s });
  offRecord = null;
}

/** The call is over: what is left is sent, and then the server is told. */
export async function end() {
  here.ending.value = true;
  const rest = await stop();
  endPause(rounded(seconds()));
  if (rest?.samples.length) sender?.add(rest.samples);
  sender?.end();
}
