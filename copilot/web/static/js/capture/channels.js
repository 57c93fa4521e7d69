/** The two channels, microphone and meeting: where their sound comes from, and whether it still comes. */
import { wordsOf } from "../html.js";
import { Graph } from "./graph.js";
import { meetingSound, microphone as askMicrophone } from "./sources.js";
import * as here from "./state.js";

const MUTED_MS = 2000; // a device that is switched over is silent for a moment
const CHANNELS = [here.microphone, here.meeting];
const GONE = ["The microphone is gone.", "The share has stopped."];
const STILL = ["The system has muted the microphone.", "The share gives no sound."];

/**
 * @typedef {object} Listener
 * @property {(frame: import("./framing.js").Frame) => void} onFrame
 * @property {(ms: number) => void} onGap nothing was captured for so long
 * @property {(channel: number) => void} onLost
 * @property {(channel: number) => void} onLive
 */

/** @type {Listener|null} */
let listener = null;
/** @type {Graph|null} */
let graph = null;
/** @type {Promise<Graph>|null} one for both channels, also where both are asked for at once */
let opening = null;
/** @type {(MediaStreamTrack|null)[]} */
const tracks = [null, null];

/** @param {Listener} to who is told of what comes, and of what does not come any more */
export const listen = (to) => { listener = to; };

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
    const opened = await open(track);
    take(channel, track);
    await opened.resume();
    return true;
  } catch (error) {
    source.value = before.phase === "live" ? before : { phase: before.phase === "none" ? "none" : "gone", words: wordsOf(error), since: before.since };
    return false;
  }
}

/** The sound's graph: the first track that comes opens it. @param {MediaStreamTrack} track */
async function open(track) {
  const mine = (opening ??= Graph.open(track, {
    onFrame: (frame) => listener?.onFrame(frame),
    onGap: (ms) => listener?.onGap(ms),
    onStateChange: (running) => { here.running.value = running; },
  }));
  try {
    graph = await mine;
    return graph;
  } catch (error) {
    if (opening === mine) opening = null;
    throw error;
  }
}

/** @param {number} channel @param {MediaStreamTrack} track */
function take(channel, track) {
  letGo(channel);
  tracks[channel] = track;
  graph?.connect(channel, track);
  track.enabled = !here.paused.value;
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
  listener?.onLive(channel);
}

/** @param {number} channel @param {MediaStreamTrack} track @param {string} words */
function lose(channel, track, words) {
  if (tracks[channel] !== track || CHANNELS[channel].value.phase === "gone") return;
  CHANNELS[channel].value = { phase: "gone", words, since: Date.now() };
  listener?.onLost(channel);
}

/** Begin a frame anew. @param {number} count of channels */
export const beginFrames = (count) => graph?.begin(count);

/** Resolves once every frame that was heard before now has come. */
export const upToNow = async () => graph?.mark();

/** Let through what is neither muted nor off the record; of the latter, no sound reaches this page. */
export function obey() {
  const off = here.paused.value;
  for (const track of tracks) if (track) track.enabled = !off;
  graph?.mute(here.muted.value.map((muted) => muted || off));
  here.soundAt.fill(Date.now());
}

/** The browser has stopped the sound, and may be asked to go on. */
export const wake = () => graph?.resume();

/** Let go of everything; what there was of a last frame. */
export async function stop() {
  const old = graph;
  graph = opening = null;
  const rest = await old?.close();
  [0, 1].forEach(letGo);
  return rest ?? null;
}
