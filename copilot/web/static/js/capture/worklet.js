/** In the sound's own thread: gathers what is heard into frames, which go to the page. Nobody slows this down. */
import { ClockWatch } from "./clock_watch.js";
import { Framer } from "./framing.js";

/**
 * The page sends `{begin: channels}`, `{muted: boolean[]}`, `{mark: true}` and `{end: true}`; it gets `{frame}`, `{gapMs}`
 * before a frame that comes after a standstill, `{marked: true}` after all that was heard before the mark, and `{rest}`, the
 * last and shorter frame.
 */
class Gatherer extends AudioWorkletProcessor {
  constructor() {
    super();
    this.muted = [false, false];
    this.framer = new Framer(2, sampleRate);
    this.watch = new ClockWatch(Date.now());
    this.begunAt = currentFrame;
    this.over = false;
    this.port.onmessage = ({ data }) => this.told(data);
  }

  /** @param {{begin?: number, muted?: boolean[], mark?: boolean, end?: boolean}} message */
  told(message) {
    if (message.begin) this.begin(message.begin);
    if (message.muted) this.muted = message.muted;
    if (message.mark) this.port.postMessage({ marked: true });
    if (message.end) {
      this.port.postMessage({ rest: this.framer.take() });
      this.over = true;
    }
  }

  /** @param {number} channels */
  begin(channels) {
    this.framer = new Framer(channels, sampleRate);
    this.watch = new ClockWatch(Date.now());
    this.begunAt = currentFrame;
  }

  /** @param {Float32Array[][]} inputs */
  process(inputs) {
    if (this.over) return false;
    const input = inputs[0] ?? [];
    const length = input[0]?.length ?? 128;
    const gapMs = this.watch.tick(Date.now(), ((currentFrame - this.begunAt) / sampleRate) * 1000);
    if (gapMs) this.port.postMessage({ gapMs });
    const heard = this.muted.map((muted, c) => (muted ? null : input[c] ?? null));
    for (const frame of this.framer.add(heard, length)) this.port.postMessage({ frame }, [frame.samples.buffer]);
    return true;
  }
}

registerProcessor("gatherer", Gatherer);
