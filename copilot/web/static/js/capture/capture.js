/** The call is heard by this page: its sources, their frames, and the way to the server. */
import { clock, timeOfDay } from "../format.js";
import { batch, wordsOf } from "../html.js";
import { FRAME_S } from "./framing.js";
import { Graph } from "./graph.js";
import { Kept } from "./kept.js";
import { forget, recall, remember } from "./remembered.js";
import { Sender } from "./sender.js";
import { meetingSound, microphone as askMicrophone } from "./sources.js";
import * as here from "./state.js";

const MOVES = 0.01; // of full scale: louder than a quiet room
const MUTED_MS = 2000; // a device that is switched over is silent for a moment
const GOOD_NEWS_MS = 4000;
const BAD_NEWS_MS = 15000;
const CHANNELS = [here.microphone, here.meeting];
/** @type {Api.Role[]} */
const SIDES = ["rep", "customer"];
const GONE = ["The microphone is gone.", "The share has stopped."];
const STILL = ["The system has muted the microphone.", "The share gives no sound."];

/**
 * @typedef {import("./sender.js").Unheard} Unheard
 * @typedef {import("./sender.js").Phase} Phase
 * @typedef {import("./remembered.js").Begun} Begun
 * @typedef {import("./framing.js").Frame} Frame
 */

/** @type {Graph|null} */
let graph = null;
/** @type {Sender|null} */
let sender = null;
let kept = new Kept();
/** The number at which a break is caught up with, or null. */
let behindTo = /** @type {number|null} */ (null);
/** @type {(MediaStreamTrack|null)[]} */
const tracks = [null, null];
/** @type {(Unheard|null)[]} what is unheard of one channel, while it lasts */
const gaps = [null, null];

// ── sources ──

/** @param {string} [deviceId] */
export const useMicrophone = (deviceId) => use(0, () => askMicrophone({ alone: here.alone.value, deviceId }));
export const useMeeting = () => use(1, meetingSound);

/**
 * Whether there is something new. What the channel had before stays where there is not.
 * @param {number} channel @param {() => Promise<MediaStreamTrack>} ask
 */
async function use(channel, ask) {
  const source = CHANNELS[channel];
  const before = source.value;
  if (before.phase !== "live") source.value = { ...before, phase: "asking" };
  try {
    const track = await ask();
    graph ??= await Graph.open(track, { onFrame, onGap, onStateChange: (running) => { here.running.value = running; } });
    take(channel, track);
    await graph.resume();
    return true;
  } catch (error) {
    source.value = before.phase === "live" ? before : { phase: before.phase === "none" ? "none" : "gone", words: wordsOf(error), since: before.since };
    return false;
  }
}

/** @param {number} channel @param {MediaStreamTrack} track */
function take(channel, track) {
  letGo(channel);
  tracks[channel] = track;
  graph?.connect(channel, track);
  track.enabled = here.paused.value === null;
  track.onended = () => lose(channel, track, GONE[channel]);
  track.onmute = () => window.setTimeout(() => track.muted && lose(channel, track, STILL[channel]), MUTED_MS);
  track.onunmute = () => tracks[channel] === track && regain(channel);
  here.moved.value = here.moved.value.with(channel, false);
  regain(channel);
}

/** @param {number} channel */
export function letGo(channel) {
  const track = tracks[channel];
  tracks[channel] = null;
  if (!track) return;
  track.onended = track.onmute = track.onunmute = null;
  track.stop();
  graph?.connect(channel, null);
  CHANNELS[channel].value = here.NONE;
}

/** @param {number} channel */
function regain(channel) {
  here.soundAt[channel] = Date.now();
  CHANNELS[channel].value = { phase: "live", words: "", since: Date.now() };
  const gap = gaps[channel];
  gaps[channel] = null;
  if (gap) sender?.miss({ ...gap, end_s: seconds() });
}

/** @param {number} channel @param {MediaStreamTrack} track @param {string} words */
function lose(channel, track, words) {
  if (tracks[channel] !== track || CHANNELS[channel].value.phase === "gone") return;
  CHANNELS[channel].value = { phase: "gone", words, since: Date.now() };
  if (!sender) return;
  const role = here.alone.value ? null : SIDES[channel];
  gaps[channel] = unheard("no_sound", role, seconds(), null);
  sender.miss(gaps[channel]);
}

// ── frames ──

const seconds = () => kept.next * FRAME_S;
/** @param {number} s */
const rounded = (s) => Math.round(s * 10) / 10;

/** @param {Unheard["reason"]} reason @param {Unheard["role"]} role @param {number} start_s @param {number|null} end_s @returns {Unheard} */
const unheard = (reason, role, start_s, end_s) => ({ id: crypto.randomUUID(), reason, role, start_s: rounded(start_s), end_s: end_s === null ? null : rounded(end_s) });

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
  const at = timeOfDay(new Date(here.begunAt.value + start_s * 1000)).slice(0, 5);
  here.news.value = { words: `${clock(end_s - start_s)} lost at ${at}`, bad: true, until: Date.now() + BAD_NEWS_MS };
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
  graph?.begin(channels.length);
  here.soundAt.fill(Date.now());
  return new Promise((resolve, reject) => {
    const made = new Sender({
      url: `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws/calls/${encodeURIComponent(id)}/ingest`,
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
export function pause() {
  const stretch = unheard("off_record", null, seconds(), null);
  here.paused.value = stretch;
  obey();
  sender?.miss(stretch);
}

export function resume() {
  endPause();
  obey();
}

function endPause() {
  const stretch = here.paused.value;
  here.paused.value = null;
  if (stretch) sender?.miss({ ...stretch, end_s: rounded(seconds()) });
}

function obey() {
  const off = here.paused.value !== null;
  for (const track of tracks) if (track) track.enabled = !off;
  graph?.mute(here.muted.value.map((muted) => muted || off));
  here.soundAt.fill(Date.now());
}

/** The call is over: what is left is sent, and then the server is told. */
export async function end() {
  here.ending.value = true;
  endPause();
  const rest = await stop();
  if (rest?.samples.length) sender?.add(rest.samples);
  sender?.end();
}

async function stop() {
  const old = graph;
  graph = null;
  const rest = await old?.close();
  [0, 1].forEach(letGo);
  return rest ?? null;
}

/** The browser has stopped the sound, and may be asked to go on. */
export const wake = () => graph?.resume();
