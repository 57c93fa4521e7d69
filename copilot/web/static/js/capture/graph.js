/** The sound graph: two channels side by side, microphone and meeting, gathered into frames. */
import { RATE_HZ } from "./framing.js";

const WORKLET = new URL("./worklet.js", import.meta.url);
const ANSWER_MS = 500; // a context that stands still gives none

/**
 * @typedef {import("./framing.js").Frame} Frame
 * @typedef {{onFrame: (frame: Frame) => void, onGap: (ms: number) => void, onStateChange: (running: boolean) => void}} Listeners
 */

export class Graph {
  /** @param {MediaStreamTrack} track one that will be connected @param {Listeners} listeners */
  static async open(track, listeners) {
    const context = await contextFor(track);
    await context.audioWorklet.addModule(WORKLET);
    return new Graph(context, listeners);
  }

  /** @param {AudioContext} context @param {Listeners} listeners */
  constructor(context, listeners) {
    this.context = context;
    this.merger = new ChannelMergerNode(context, { numberOfInputs: 2 });
    this.gatherer = new AudioWorkletNode(context, "gatherer", {
      numberOfOutputs: 0, channelCount: 2, channelCountMode: "explicit", channelInterpretation: "discrete",
    });
    this.merger.connect(this.gatherer);
    /** @type {(MediaStreamAudioSourceNode|null)[]} */
    this.sources = [null, null];
    /** @type {(() => void)[]} */
    this.marks = [];
    this.gatherer.port.onmessage = ({ data }) => {
      if (data.frame) listeners.onFrame(data.frame);
      else if (data.gapMs) listeners.onGap(data.gapMs);
      else if (data.marked) this.marks.shift()?.();
      else if (data.rest) this.onRest?.(data.rest);
    };
    context.onstatechange = () => listeners.onStateChange(context.state === "running");
  }

  /** @param {number} channel @param {MediaStreamTrack|null} track */
  connect(channel, track) {
    this.sources[channel]?.disconnect();
    this.sources[channel] = track && new MediaStreamAudioSourceNode(this.context, { mediaStream: new MediaStream([track]) });
    this.sources[channel]?.connect(this.merger, 0, channel);
  }

  /** Begin a frame anew, of so many channels. @param {number} channels */
  begin(channels) {
    this.gatherer.port.postMessage({ begin: channels });
  }

  /** @param {boolean[]} muted by channel */
  mute(muted) {
    this.gatherer.port.postMessage({ muted });
  }

  /** Resolves once every frame that was heard before now has come: a busy page gets them late. */
  mark() {
    /** @type {Promise<void>} */
    const marked = new Promise((resolve) => { this.marks.push(resolve); });
    this.gatherer.port.postMessage({ mark: true });
    return atMost(marked, ANSWER_MS * 10);
  }

  resume() {
    return this.context.resume();
  }

  /** Stop; what there was of a last frame, if that can still be had. @returns {Promise<Frame|null>} */
  async close() {
    /** @type {Promise<Frame>} */
    const rest = new Promise((resolve) => { this.onRest = resolve; });
    this.gatherer.port.postMessage({ end: true });
    const frame = await atMost(rest, ANSWER_MS);
    await this.context.close();
    return frame;
  }
}

/**
 * At the wire's rate where the browser joins this track to such a context (Firefox does not); else at its own, to be resampled.
 * @param {MediaStreamTrack} track
 */
async function contextFor(track) {
  const context = new AudioContext({ sampleRate: RATE_HZ });
  try {
    new MediaStreamAudioSourceNode(context, { mediaStream: new MediaStream([track]) });
    return context;
  } catch {
    await context.close();
    return new AudioContext();
  }
}

/** @template T @param {Promise<T>} promise @param {number} ms @returns {Promise<T|null>} */
const atMost = (promise, ms) => Promise.race([promise, new Promise((resolve) => { window.setTimeout(() => resolve(null), ms); })]);
